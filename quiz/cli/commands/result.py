"""`quiz result`: an exam's score sheet, or a drill's report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse


NAME = "result"
HELP = "print an exam's score sheet, or a drill's report"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_settings_argument

    parser.add_argument(
        "session",
        metavar="SESSION",
        nargs="?",
        help="the id of an exam or drill, or how it begins (default: your last one)",
    )
    parser.add_argument(
        "--format", choices=["text", "json", "csv", "md"], default="text", help="the format of the report"
    )
    parser.add_argument(
        "--json", dest="format", action="store_const", const="json", help="the same as --format json"
    )
    parser.add_argument(
        "--banks", metavar="DIR", action="append", default=[], help="look for banks in this folder as well"
    )
    add_settings_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print the score sheet of a finished exam, or the report of a drill.

    Raises:
        UsageError: there is no such exam or drill, or the exam is not handed in.
    """
    from quiz.cli.render_diagnostics import print_lines
    from quiz.cli.startup import flags_of, open_workspace
    from quiz.core.events.model import Mode
    from quiz.exchange import drill_report, score_sheet
    from quiz.services.drill.start import report_of_drill
    from quiz.services.exam.results import finished_exam, result_of_exam
    from quiz.services.past_sessions import last_result, session_named, usable_banks

    with open_workspace(folders=args.banks, flags=flags_of(args)) as workspace:
        session = session_named(workspace, args.session) if args.session else last_result(workspace)
        header = workspace.record.header(session)
        if header.mode is Mode.DRILL:
            banks = usable_banks(workspace, header.banks).values()
            report = report_of_drill(workspace.record, session, banks)
            sheet = drill_report.FORMATS[args.format](report)
        else:
            result = result_of_exam(workspace, finished_exam(workspace, session))
            sheet = score_sheet.FORMATS[args.format](result)
    print_lines(sheet.removesuffix("\n"))
    return EXIT_FINE
