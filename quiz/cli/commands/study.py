"""`quiz study`: study due and new items at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from quiz.services.workspace import StudyFilter, Workspace

NAME = "study"
HELP = "study due and new items, from all banks or some"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_bank_arguments, add_filter_arguments, add_plain_arguments

    add_bank_arguments(parser)
    add_filter_arguments(parser)
    parser.add_argument("--limit", type=int, metavar="N", help="at most this many items")
    parser.add_argument("--minutes", type=int, metavar="N", help="end after this many minutes of answering")
    add_plain_arguments(parser)
    parser.add_argument("--confidence", action="store_true", help="ask how sure you are with every answer")


def _check(workspace: Workspace, study_filter: StudyFilter) -> None:
    """Raise UsageError where a topic or a tag is in none of the banks."""
    from quiz.services.exam.start import check_names

    candidates = workspace.candidates(study_filter.banks)
    check_names("topic", study_filter.topics, dict.fromkeys(one.topic for one in candidates if one.topic))
    check_names("tag", study_filter.tags, dict.fromkeys(tag for one in candidates for tag in one.tags))


def run(args: argparse.Namespace) -> int:
    """Open the app with a study session.

    Raises:
        UsageError: a bank, topic or tag is not there, a number makes no sense, or there is no terminal.
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
    from quiz.errors import UsageError
    from quiz.services.workspace import StudyFilter

    for name, number in (("--limit", args.limit), ("--minutes", args.minutes)):
        if number is not None and number < 1:
            raise UsageError(f"{name} needs a number from 1, not {number}.")
    flags = flags_of(args)
    if args.confidence:
        flags["confidence"] = "yes"
    ask = partial(ask_about_record, in_lines=args.plain)
    with open_workspace(args.bank, args.banks, flags, ask) as workspace:
        study_filter = StudyFilter(
            banks=chosen_banks(workspace, args.bank),
            topics=tuple(args.topic),
            tags=tuple(args.tag),
            limit=args.limit,
            minutes=args.minutes,
        )
        if study_filter.topics or study_filter.tags:
            _check(workspace, study_filter)
        if args.plain or is_plain_terminal():
            from quiz.plain.run import study_in_lines

            return study_in_lines(workspace, study_filter, has_colour=args.colour)
        from quiz.tui.routes import Study

        return open_app(workspace, Study(study_filter))
