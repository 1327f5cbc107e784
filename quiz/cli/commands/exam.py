"""`quiz exam`: take an exam, set up with flags or on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from quiz.core.exam.form_code import FormCode
    from quiz.core.exam.settings import ExamSettings

NAME = "exam"
HELP = "take an exam: set up on the screen, or started at once if any option of the exam is given"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_bank_arguments, add_filter_arguments, add_plain_arguments

    add_bank_arguments(parser)
    add_filter_arguments(parser)
    add = parser.add_argument
    add_form_arguments(parser)
    limits = parser.add_mutually_exclusive_group()
    limits.add_argument("--minutes", type=int, metavar="N", help="the time for the whole exam")
    limits.add_argument("--seconds-per-item", type=int, metavar="N", help="the time for each item")
    add("--feedback", choices=["end", "at-once"], help="when verdicts are shown (default: at the end)")
    add("--confidence", action="store_true", help="ask how sure you are; adds certainty-based marks")
    add("--pass-mark", type=int, metavar="N", help="the percentage needed to pass")
    add_plain_arguments(parser)
    add("--set-up", action="store_true", help="show the set-up on the screen first")


def add_form_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that determine an exam's items and points."""
    add = parser.add_argument
    add("--count", metavar="TOPIC=N", action="append", default=[], help="the number of items of a topic")
    add("--items", type=int, metavar="N", help="the number of items (default: all)")
    add("--in-order", action="store_true", help="do not shuffle the items")
    add("--no-weights", action="store_true", help="give every item the same weight")
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument(
        "--form", metavar="CODE", help="the exam form with this code, such as BZE06-180MT-2GRE8"
    )
    forms.add_argument("--seed", type=int, metavar="N", help="the exam form drawn from this seed")
    parser.set_defaults(minutes=None, seconds_per_item=None, feedback=None, confidence=False, pass_mark=None)


def run(args: argparse.Namespace) -> int:
    """Open the app with an exam, or with its set-up if no option was given.

    Raises:
        UsageError: a bank, topic or tag is not there, a number makes no sense, nothing is left to ask, or
            there is no terminal.
    """
    from functools import partial

    from quiz.cli.startup import (
        ask_about_record,
        chosen_banks,
        flags_of,
        is_plain_terminal,
        open_app,
        open_workspace,
    )
    from quiz.core.exam.blueprint import drawn
    from quiz.services.exam.start import check_choice, with_code
    from quiz.services.nothing_to_ask import nothing_in_exam

    settings, seed, code = settings_from(args), seed_from(args), code_from(args)
    ask = partial(ask_about_record, in_lines=args.plain)
    with open_workspace(args.bank, args.banks, flags_of(args), ask) as workspace:
        bank_ids = chosen_banks(workspace, args.bank)
        banks = workspace.whole_banks(bank_ids)
        check_choice(banks, settings)
        if code is not None:
            settings, seed = with_code(workspace, bank_ids, settings, code), code.seed
        if not drawn(banks, settings.blueprint, 0):
            raise nothing_in_exam(workspace, bank_ids)
        if args.plain or is_plain_terminal():
            from quiz.plain.run import exam_in_lines

            return exam_in_lines(workspace, bank_ids, settings, seed, has_colour=args.colour)

        from quiz.services.exam.start import start_exam
        from quiz.tui.routes import SetUpExam, TakeExam

        if not is_set_up(args):
            return open_app(workspace, SetUpExam(bank_ids))
        if args.set_up:
            return open_app(workspace, SetUpExam(bank_ids, settings, seed))
        return open_app(workspace, TakeExam(start_exam(workspace, bank_ids, settings, seed)))


def is_set_up(args: argparse.Namespace) -> bool:
    """Return whether any option of the exam besides its banks was given."""
    beside = {"bank", "banks", "command", "settings", "set_up", "plain", "colour"}
    return any(value not in (None, False, []) for name, value in vars(args).items() if name not in beside)


def settings_from(args: argparse.Namespace) -> ExamSettings:
    """Return the exam's settings from the flags.

    Raises:
        UsageError: a number is out of its range, or a count says no number.
    """
    from quiz.core.exam.settings import ExamSettings, FeedbackTime
    from quiz.core.exam.setup import RANGES
    from quiz.errors import UsageError

    for name, (least, most) in RANGES.items():
        number = getattr(args, name)
        if number is not None and not least <= number <= most:
            flag = f"--{name.replace('_', '-')}"
            raise UsageError(f"{flag} needs a number from {least} to {most}, not {number}.")
    return ExamSettings(
        items=args.items,
        topics=tuple(args.topic),
        tags=tuple(args.tag),
        counts=dict(map(count_from, args.count)),
        shuffle=not args.in_order,
        weights=not args.no_weights,
        minutes=args.minutes,
        seconds_per_item=args.seconds_per_item,
        feedback=FeedbackTime(args.feedback or "end"),
        confidence=args.confidence,
        pass_mark=args.pass_mark,
    )


def count_from(written: str) -> tuple[str, int]:
    """Return a topic and how many items of it are meant. Raises UsageError for anything else."""
    from quiz.errors import UsageError

    topic, equals, number = written.partition("=")
    if not (equals and number.isascii() and number.isdigit() and len(number) <= 4):
        raise UsageError(f"--count needs a topic and a number, such as visit=5, not “{written}”.")
    return topic, int(number)


def code_from(args: argparse.Namespace) -> FormCode | None:
    """Return the code of the form that the flags name, or None.

    Raises:
        UsageError: it is not a code, or it has another number of items.
    """
    from quiz.core.exam.form_code import FormCode
    from quiz.errors import UsageError

    if args.form is None:
        return None
    try:
        code = FormCode.read(args.form)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if args.items is not None and args.items != code.items:
        raise UsageError(f"The form {code} has {code.items or 'all'} items.", "Leave --items out.")
    return code


def seed_from(args: argparse.Namespace) -> int | None:
    """Return the seed that the flags give, or None for a new one.

    Raises:
        UsageError: the seed is out of range.
    """
    from quiz.core.exam.blueprint import SEEDS
    from quiz.errors import UsageError

    if args.seed is not None and not 0 <= args.seed < SEEDS:
        raise UsageError(f"--seed needs a number from 0 to {SEEDS - 1}, not {args.seed}.")
    seed: int | None = args.seed
    return seed
