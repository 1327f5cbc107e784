"""`quiz class results`: the results of a class as a table, with figures for each question, and as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from quiz.core.class_list import ClassList
    from quiz.core.statistics.class_answers import Sitting
    from quiz.core.statistics.class_decisions import DecisionKind
    from quiz.core.statistics.class_results import ClassResults
    from quiz.exchange.class_results import Sheet
    from quiz.services.workspace import Workspace


def add_results_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `quiz class results`."""
    add = parser.add_argument
    add(
        "class_list", metavar="CLASS", nargs="*",
        help="the class; with --school one or more, or none for all of them",
    )  # fmt: skip
    add(
        "--sessions", metavar="CODE", nargs="+", default=[],
        help="only these exams, by the code of any form, or these sessions, by id",
    )  # fmt: skip
    add("--school", action="store_true", help="a class of the school that you joined, from its database")
    add("--from", metavar="DATE", dest="since", help="only sessions since this day, such as 2026-11-30")
    add(
        "--attempts", choices=["first", "last"], default="first",
        help="which of a pupil's answers to the same question counts (default: the first)",
    )  # fmt: skip
    add("--grades", metavar="TABLE", default="per-cent", help="german, points, letters, gpa or per-cent")
    add("--anonymous", action="store_true", help="number the pupils instead of naming them")
    add(
        "--leave-out", metavar="N", type=int, action="append", default=[],
        help="from now on, leave question N out for everybody",
    )  # fmt: skip
    add(
        "--full-points", metavar="N", type=int, action="append", default=[],
        help="from now on, give everybody the full points for question N",
    )  # fmt: skip
    add(
        "--count-again", metavar="N", type=int, action="append", default=[],
        help="take back what was decided about question N",
    )  # fmt: skip
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="print everything as JSON")
    formats.add_argument("--csv", action="store_true", help="print a row for each pupil as CSV")
    formats.add_argument("--xlsx", action="store_true", help="write a row for each pupil into a spreadsheet")
    add("-o", "--output", metavar="FILE", help="write into this file, which only you can read")


def show_results(workspace: Workspace, args: argparse.Namespace) -> None:
    """Print or write the results of a class, after recording decisions about questions.

    Raises:
        UsageError: there is no such class, session, question or table of grades, or nothing was done.
    """
    import sys
    from functools import partial
    from pathlib import Path

    from quiz import paths
    from quiz.config.grades import grade_table
    from quiz.core.text.safe_text import one_line
    from quiz.errors import UsageError
    from quiz.exchange import class_results
    from quiz.services.classes import results_of

    class_list, sittings = _class_and_sittings(workspace, args)
    grades = grade_table(args.grades, paths.config_dir())
    if args.xlsx and not args.output:
        raise UsageError("A spreadsheet must be written to a file.", "Name one: -o results.xlsx")
    look = partial(
        results_of,
        workspace,
        class_list,
        sessions=_sessions(workspace, args),
        since=day_in("--from", args.since),
        last_counts=args.attempts == "last",
        sittings=sittings,
    )
    if args.leave_out or args.full_points or args.count_again:
        _decide(workspace, class_list, args, look())
    results = look()
    sheet = class_results.Sheet(results, grades, args.anonymous)
    written = _written(sheet, args)
    if args.output:
        from quiz.services.report_files import write_report

        write_report(Path(args.output), written, workspace.record.path)
        sys.stderr.write(f"Wrote {one_line(args.output)}.\n")
    elif isinstance(written, str):
        sys.stdout.write(written)


def _class_and_sittings(
    workspace: Workspace, args: argparse.Namespace
) -> tuple[ClassList, Sequence[Sitting]]:
    """Return the class, with what its pupils did."""
    import sys

    from quiz.core.text.safe_text import one_line
    from quiz.errors import UsageError
    from quiz.services.classes import sittings_of

    if not args.school:
        if len(args.class_list) != 1:
            raise UsageError(
                "Which class?", "Name one; several are shown from a school’s database (--school)."
            )
        class_list = workspace.record.class_lists.named(*args.class_list)
        return class_list, list(sittings_of(workspace, class_list))
    from quiz.services.school_results import classes_at_school

    found = classes_at_school(workspace, args.class_list, day_in("--from", args.since))
    sys.stderr.writelines(f"{one_line(flaw)}\n" for flaw in found.flaws)
    return found.class_list, found.sittings


def _sessions(workspace: Workspace, args: argparse.Namespace) -> list[str]:
    """Return the exams and sessions that are named; the school's are known by their whole ids alone."""
    from quiz.errors import UsageError
    from quiz.services.classes import occasion_named

    found = []
    for name in args.sessions:
        try:
            found.append(occasion_named(workspace, name))
        except UsageError:
            if not args.school:
                raise
            found.append(name.strip().lower())
    return found


def _written(sheet: Sheet, args: argparse.Namespace) -> str | bytes:
    from quiz.exchange import class_results

    if args.xlsx:
        return class_results.as_workbook(sheet)
    if args.json:
        return class_results.as_json(sheet)
    return class_results.as_csv(sheet) if args.csv else class_results.as_text(sheet)


def day_in(option: str, written: str | None) -> date | None:
    """Return the day that an option names, None where it is not given. Raises UsageError for no date."""
    from datetime import date

    from quiz.errors import UsageError

    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise UsageError(f"{option} needs a date such as 2026-11-30, not “{written}”.") from None


def _decide(
    workspace: Workspace, class_list: ClassList, args: argparse.Namespace, results: ClassResults
) -> None:
    """Record the decisions that the flags make; questions go by their numbers in these results."""
    from quiz.core.statistics.class_decisions import DecisionKind
    from quiz.errors import UsageError
    from quiz.services.classes import decide

    versions = {column.number: column.version for column in results.items}
    wanted: list[tuple[int, DecisionKind | None]] = [(n, DecisionKind.LEAVE_OUT) for n in args.leave_out]
    wanted += [(n, DecisionKind.FULL_POINTS) for n in args.full_points]
    wanted += [(n, None) for n in args.count_again]
    if not class_list.id:
        raise UsageError("A decision is for one class at a time.", "Name it: quiz class results 8b …")
    for number, _ in wanted:
        if number not in versions:
            raise UsageError(f"There is no question {number}; the numbers go to {len(versions)}.")
    for number, kind in wanted:
        decide(workspace, class_list, versions[number], kind)
