"""`quiz result`: a test's score sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

NAME = "result"
HELP = "print a test's score sheet"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "session", metavar="SESSION", nargs="?", help="a test's id or its beginning; your last test if none"
    )
    parser.add_argument(
        "--format", choices=["text", "json", "csv", "md"], default="text", help="how it is written"
    )
    parser.add_argument(
        "--banks", metavar="DIR", action="append", default=[], help="look for banks in this folder as well"
    )


def run(args: argparse.Namespace) -> int:
    """Print the score sheet of a test that was handed in.

    Raises:
        UsageError: there is no such test, or it is not handed in.
    """
    from quiz.commands.common import open_workspace
    from quiz.commands.report import print_lines
    from quiz.exchange.score_sheet import FORMATS
    from quiz.storage.test_record import finished_test, found_test, last_test, result_of_test

    with open_workspace(folders=args.banks) as workspace:
        session = found_test(workspace, args.session) if args.session else last_test(workspace)
        result = result_of_test(workspace, finished_test(workspace, session))
    print_lines(FORMATS[args.format](result).removesuffix("\n"))
    return EXIT_FINE
