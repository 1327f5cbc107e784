"""`quiz plan`: simulate a year at other retentions, or plan the answers before an exam."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from quiz.services.planning import ExamPlan, WhatIf

NAME = "plan"
HELP = "simulate a year of study, or plan what to answer before an exam"
PER_DAY = 30
LISTED = 10
"""How many of today's items are listed. JSON holds those of all days."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_settings_argument

    parser.add_argument("bank", nargs="*", help="banks by id or file (default: all)")
    parser.add_argument("--by", metavar="DATE", help="plan for an exam on this day, such as 2026-12-12")
    parser.add_argument(
        "--per-day", metavar="N", type=int, default=PER_DAY,
        help=f"with --by: the number of answers a day (default: {PER_DAY})",
    )  # fmt: skip
    parser.add_argument(
        "--new", metavar="N", type=int, help="without --by: the number of new items a day (default: as set)"
    )
    parser.add_argument(
        "--banks", metavar="DIR", action="append", default=[], help="look for banks in this folder as well"
    )
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
    add_settings_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print the result of a simulated year, or the plan for an exam.

    Raises:
        UsageError: there is no such bank, or the day or a number cannot be.
        RecordError: the record cannot be read.
    """
    import msgspec

    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.cli.startup import chosen_banks, flags_of, open_workspace
    from quiz.services.planning import exam_plan, what_if

    for name, number in (("--per-day", args.per_day), ("--new", args.new)):
        if number is not None and not 0 <= number <= 9999:
            raise UsageError(f"{name} cannot be {number}: it needs a number from 0 to 9999.")
    day = _day(args.by)
    data: WhatIf | ExamPlan
    with open_workspace(args.bank, args.banks, flags_of(args)) as workspace:
        banks = chosen_banks(workspace, args.bank)
        if day is not None:
            data = exam_plan(workspace, banks, day, args.per_day)
            lines = exam_lines(data)
        else:
            data = what_if(workspace, banks, args.new)
            lines = what_if_lines(data)
    if args.json:
        print_json(msgspec.to_builtins(data))
    else:
        print_lines(*lines)
    return EXIT_FINE


def _day(written: str | None) -> date | None:
    from datetime import date

    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"--by cannot be “{written}”: it needs a date such as 2026-12-12.") from None


def what_if_lines(told: WhatIf) -> list[str]:
    """Return lines on what a year comes to at each retention."""
    from quiz.core.text.phrases import per_cent

    now, best = told.present, told.suggested
    lines = [
        f"A year with {told.items:,} items, {told.new_per_day:,} new a day:",
        f"{'retention':>9}{'minutes a day':>16}{'items known':>14}{'answers':>11}",
    ]
    for each in told.outcomes:
        figures = f"{each.minutes_per_day:>16.1f}{each.known:>14,.0f}{each.reviews:>11,}"
        mark = "  least time for each item known" if each == best else ""
        lines.append(f"{per_cent(each.retention):>9}{figures}{mark}")
    as_set = f"{now.minutes_per_day:.1f} minutes a day, {now.known:,.0f} items known"
    lines.append(f"As set, {per_cent(now.retention)}: {as_set}.")
    lines.append(
        f"Suggested: {per_cent(best.retention)}. Set it with “quiz config retention {best.retention:.2f}”."
    )
    return lines


def exam_lines(told: ExamPlan) -> list[str]:
    """Return lines on what to answer until an exam, and on what is left out."""
    from quiz.core.text.phrases import count, per_cent
    from quiz.core.text.safe_text import one_line

    answers = count(sum(len(day.items) for day in told.days), "answer")
    known = f"{told.known:,.0f} of {count(told.items, 'item')}"
    lines = [
        f"Until {told.day}, {count(len(told.days), 'day')}: {answers}, at most {told.per_day:,} a day.",
        f"Expected to be known on the day: {known}; {told.known_without:,.0f} without another answer.",
        *(f"  {day.day:%a %d %b}{len(day.items):>7,}" for day in told.days),
    ]
    today = told.days[0].items
    if today:
        more = f" and {len(today) - LISTED:,} more" if len(today) > LISTED else ""
        lines.append(f"Today: {', '.join(one_line(ref.item) for ref in today[:LISTED])}{more}.")
    if told.not_reached:
        lines.append(f"Left out: {count(len(told.not_reached), 'new item')} that there is no time for.")
    if told.unsafe:
        lines.append(
            f"Below {per_cent(told.aim)} on the day nevertheless: {count(len(told.unsafe), 'item')}."
        )
    return lines
