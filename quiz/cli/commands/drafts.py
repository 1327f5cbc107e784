"""`quiz drafts`: go through a bank's drafts and say what is to become of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

NAME = "drafts"
HELP = "go through a bank's drafts in the preview: accept, edit or reject each by one key"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import PLAIN_HELP, add_settings_argument

    parser.add_argument("bank", metavar="BANK", help="the bank's file, or its id")
    parser.add_argument("--list", action="store_true", help="only list the drafts")
    parser.add_argument("--json", action="store_true", help="only list the drafts, as JSON")
    parser.add_argument("--plain", action="store_true", help=PLAIN_HELP)
    add_settings_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Go through the drafts; nothing that is answered is recorded.

    Raises:
        UsageError: there is no such bank.
        BankError: a draft cannot be changed in its file.
    """
    import os
    import sys

    from quiz.cli.commands.preview import WatchedDraftFile, bank_path
    from quiz.cli.render_diagnostics import as_data, print_json, print_lines
    from quiz.cli.startup import flags_of, is_plain_terminal, read_settings
    from quiz.core.text.phrases import count
    from quiz.core.text.safe_text import one_line

    config = read_settings(flags_of(args))
    watched = WatchedDraftFile(bank_path(args.bank, config))
    state = watched.look()
    drafts = state.bank.items if state.bank else ()
    if args.json:
        print_json([{"id": item.id, "stem": item.stem, "findings": as_data(state.about(place))}
                    for place, item in enumerate(drafts)])  # fmt: skip
    elif args.list or not drafts:
        print_lines(*(one_line(f"{item.id}: {item.headline}") for item in drafts))
        print_lines(f"{count(len(drafts), 'draft')}.")
    elif args.plain or is_plain_terminal():
        from quiz.plain.console import Console
        from quiz.plain.drafts import go_through
        from quiz.services.editor import editor_command, run_editor

        def edit(line: int) -> None:
            run_editor(editor_command(watched.path, line, os.environ))

        go_through(Console(sys.stdin, sys.stdout), watched, edit)
    else:
        from quiz.clock import SystemClock
        from quiz.tui.preview.app import run_drafts

        return run_drafts(watched, config, SystemClock())
    return EXIT_FINE
