"""`quiz add`: items that a person or a model wrote, into a bank as drafts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINDINGS, EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from quiz.authoring.additions import Additions

NAME = "add"
HELP = "check items in YAML or JSON and add them to a bank as drafts; what is wrong comes back as JSON"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("bank", metavar="BANK", help="the bank's file")
    parser.add_argument("answer", metavar="FILE", help="a file of items, or - for piped input")
    parser.add_argument("--check", action="store_true", help="only check them, and write nothing")
    parser.add_argument("--text", action="store_true", help="print findings for people instead of JSON")
    parser.add_argument(
        "--source", metavar="FILE", help="look for each item's quote in this text (.txt, .md, .html, .pdf)"
    )
    parser.epilog = "“quiz drafts BANK” goes through the drafts: accept, edit or reject each."


def run(args: argparse.Namespace) -> int:
    """Add what can be added, print the findings, and return 1 if anything is left to mend.

    Raises:
        UsageError: a file cannot be read.
        BankError: the bank has errors, or cannot be written.
    """
    from pathlib import Path

    from quiz.authoring.additions import additions, fails
    from quiz.authoring.articles import read_article
    from quiz.banks.drafts import bank_to_add_to, with_items
    from quiz.banks.edits import keep
    from quiz.paths import expanded

    path = expanded(args.bank)
    before = bytes_of_bank(path)
    bank = bank_to_add_to(before, str(path))
    article = read_article(Path(args.source)) if args.source else None
    found = additions(_answer(args.answer), "stdin" if args.answer == "-" else args.answer, bank, article)
    if found.items and not args.check:
        keep(path, before, with_items(before, str(path), found.items))
    _say(found, args)
    return EXIT_FINDINGS if fails(found.findings) else EXIT_FINE


def bytes_of_bank(path: Path) -> bytes:
    """Return a bank file's bytes. Raises UsageError."""
    from quiz.banks.file_bytes import bytes_of
    from quiz.paths import expanded

    try:
        return bytes_of(expanded(path))
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror or error}.", "Name the bank's file."
        ) from error


def _answer(named: str) -> bytes:
    from pathlib import Path

    from quiz.banks.file_bytes import MOST_BYTES

    if named == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    return bytes_of_bank(Path(named))


def _say(found: Additions, args: argparse.Namespace) -> None:
    """Print what was added and what is left to mend."""
    from quiz.cli.render_diagnostics import as_data, counted, print_json, print_lines, rendered

    added = [item.id for item in found.items if item.id not in found.replaced]
    if not args.text:
        print_json({"added": added, "replaced": list(found.replaced), "findings": as_data(found.findings)})
        return
    for finding in found.findings:
        print_lines(rendered(finding), "")
    said = f"{'Could add' if args.check else 'Added'} {counted(len(added), 'draft')}"
    if found.replaced:
        said += f" and replaced {counted(len(found.replaced), 'draft')}"
    print_lines(f"{said}; {counted(len(found.findings), 'finding')}.")
