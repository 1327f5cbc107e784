"""`quiz list`: which banks there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

    from quiz.banks.library import BankSummary

NAME = "list"
HELP = "show which banks there are and where they are"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_settings_argument

    parser.add_argument("file", metavar="FILE", nargs="*", help="a bank's file, beside those found anyway")
    parser.add_argument(
        "--banks", metavar="DIR", action="append", default=[], help="look in this folder as well"
    )
    parser.add_argument("--json", action="store_true", help="print the banks as JSON")
    add_settings_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print every bank with its id, what it holds and where it is.

    Raises:
        UsageError: a file or folder is not there.
    """
    from pathlib import Path

    from quiz.banks.library import Library
    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.cli.startup import bank_folders, flags_of, read_settings
    from quiz.core.text.safe_text import one_line
    from quiz.paths import on_disk

    folders = bank_folders(read_settings(flags_of(args)), args.banks)
    files = [Path(name) for name in args.file]
    for file in files:
        if not on_disk(file.exists):
            raise UsageError(f"There is no file “{file}”.", "Check its name.")
    cards = Library.within_reach([*files, *folders]).shelf()
    if args.json:
        print_json([_as_data(card) for card in cards])
        return EXIT_FINE
    for card in cards:
        counts = ((card.items, "item"), (card.topics, "topic"), (card.sources, "source"))
        held = ", ".join(counted(number, word) for number, word in counts)
        name = f"{card.id}: {card.title}" if card.is_usable else card.title
        what = held if card.is_usable else _why_not(card)
        print_lines(one_line(name), f"  {what}", f"  {one_line(card.path)}")
    if not cards:
        print_lines("There are no banks.")
    return EXIT_FINE


def _why_not(card: BankSummary) -> str:
    """Return why a bank cannot be used: the first of its errors."""
    from quiz.core.text.safe_text import one_line

    wrong = next(finding for finding in card.findings if finding.is_error)
    return one_line(f"cannot be used. Line {wrong.line}: {wrong.message} “quiz check” says more.", 400)


def _as_data(card: BankSummary) -> dict[str, Any]:
    """Return what JSON says of a bank."""
    import msgspec

    return {**msgspec.structs.asdict(card), "is_usable": card.is_usable, "findings": len(card.findings)}
