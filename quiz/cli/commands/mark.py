"""`quiz mark`: mark papers, a line for each pupil."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

NAME = "mark"
HELP = "mark the papers of a printed exam, on the screen or in lines, one a pupil"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_filter_arguments, add_plain_arguments, add_settings_argument

    add = parser.add_argument
    add("code", metavar="CODE", help="the code of any form of the exam")
    add("class_list", metavar="CLASS", help="the class list")
    add("bank", nargs="*", help="the banks, if the exam has more than one")
    add("--forms", metavar="LETTERS", default="ABCDEFGH", help="only these forms")
    add("--banks", metavar="DIR", action="append", default=[], help="look for banks in this folder as well")
    add("--count", metavar="TOPIC=N", action="append", default=[], help="as the exam was made with it")
    add("--in-order", action="store_true", help="as the exam was made with it")
    add("--no-weights", action="store_true", help="as the exam was made with it")
    parser.set_defaults(items=None, minutes=None, seconds_per_item=None, feedback=None)
    parser.set_defaults(confidence=False, pass_mark=None)
    add_filter_arguments(parser)
    add_settings_argument(parser)
    add_plain_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Read a line for each pupil: two letters, the form's letter, then the answers.

    Raises:
        UsageError: the code or the class list is none, or the banks are not those that the code was made of.
    """
    from quiz.cli.commands.exam import settings_from
    from quiz.cli.startup import chosen_banks, flags_of, is_plain_terminal, open_app, open_workspace
    from quiz.core.exam.form_code import FormCode
    from quiz.core.exam.marking import UnreadableMarks, forms_named
    from quiz.errors import UsageError
    from quiz.services.exam.marking import Marking
    from quiz.services.exam.paper import forms_of_code

    try:
        code, letters = FormCode.read(args.code), forms_named(args.forms)
    except (ValueError, UnreadableMarks) as error:
        raise UsageError(str(error)) from None
    settings = settings_from(args)
    with open_workspace(args.bank, args.banks, flags_of(args)) as workspace:
        class_list = workspace.record.class_lists.named(args.class_list)
        bank_ids = chosen_banks(workspace, args.bank)
        paper = forms_of_code(workspace, code, bank_ids, settings, letters)
        marking = Marking(workspace, class_list, paper)
        if args.plain or is_plain_terminal():
            from quiz.plain.marking import mark_in_lines

            mark_in_lines(marking, has_colour=args.colour)
            return EXIT_FINE
        from quiz.tui.routes import MarkPapers

        return open_app(workspace, MarkPapers(marking))
