"""`quiz result`: an exam's score sheet, or a drill's report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

    from quiz.services.workspace import Workspace

NAME = "result"
HELP = "print an exam's score sheet, or a drill's report"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_settings_argument

    parser.add_argument(
        "session",
        metavar="SESSION",
        nargs="?",
        help="an exam's or drill's id or its beginning; your last one if none",
    )
    parser.add_argument(
        "--format", choices=["text", "json", "csv", "md"], default="text", help="how it is written"
    )
    parser.add_argument(
        "--json", dest="format", action="store_const", const="json", help="the same as --format json"
    )
    parser.add_argument(
        "--banks", metavar="DIR", action="append", default=[], help="look for banks in this folder as well"
    )
    add_settings_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print the score sheet of an exam that was handed in, or the report of a drill.

    Raises:
        UsageError: there is no such exam or drill, or the exam is not handed in.
    """
    from quiz.cli.render_diagnostics import print_lines
    from quiz.cli.startup import flags_of, open_workspace
    from quiz.exchange.score_sheet import FORMATS
    from quiz.services.exam.results import finished_exam, found_test, result_of_test
    from quiz.services.past_sessions import last_result

    with open_workspace(folders=args.banks, flags=flags_of(args)) as workspace:
        named = args.session or last_result(workspace)
        sheet = _drill_report(workspace, named, args.format)
        if sheet is not None:
            print_lines(sheet)
            return EXIT_FINE
        result = result_of_test(workspace, finished_exam(workspace, found_test(workspace, named)))
    print_lines(FORMATS[args.format](result).removesuffix("\n"))
    return EXIT_FINE


def _drill_report(workspace: Workspace, name: str, form: str) -> str | None:
    """Return the report of the drill whose id is or begins with a name; None where it is no drill."""
    from quiz.core.events.model import Mode
    from quiz.errors import UsageError
    from quiz.exchange.drill_report import FORMATS
    from quiz.services.drill.start import drill_report
    from quiz.services.past_sessions import session_named, usable_banks

    try:
        session = session_named(workspace, name)
    except UsageError:
        return None
    header = workspace.record.header(session)
    if header.mode is not Mode.DRILL:
        return None
    report = drill_report(workspace.record, session, usable_banks(workspace, header).values())
    return FORMATS[form](report).removesuffix("\n")
