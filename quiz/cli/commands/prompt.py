"""`quiz prompt`: what to give to a person or a model that is to write items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

NAME = "prompt"
HELP = "print what to give to a person or a model that is to write items; nothing is sent anywhere"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.authoring.prompt import LEVELS
    from quiz.core.content.kinds import all_kinds

    parser.add_argument(
        "bank", metavar="BANK", nargs="?", help="the bank's file: what it asks is not asked again"
    )
    parser.add_argument(
        "--from", metavar="FILE", dest="source", help="the text to ask about (.txt, .md, .html, .pdf)"
    )
    parser.add_argument(
        "--kinds", metavar="KIND", nargs="+", default=[], choices=list(all_kinds()), help="the kinds of items"
    )
    parser.add_argument("--items", metavar="N", type=int, default=10, help="how many items (default: 10)")
    parser.add_argument(
        "--levels", metavar="LEVEL", nargs="+", default=[], choices=LEVELS,
        help=f"what the items are to ask of learners: {', '.join(LEVELS)}",
    )  # fmt: skip
    parser.epilog = "For example: quiz prompt b.yaml --from b.txt | llm | quiz add b.yaml -"


def run(args: argparse.Namespace) -> int:
    """Print the rules of good items, the format, the text, what is asked already, and how it is checked.

    Raises:
        UsageError: neither a bank nor a text is named, or one of them cannot be read.
        BankError: the bank has errors.
    """
    from pathlib import Path

    from quiz.authoring.articles import read_article
    from quiz.authoring.prompt import prompt
    from quiz.banks.drafts import bank_to_add_to
    from quiz.cli.commands.add import bytes_of_bank
    from quiz.cli.render_diagnostics import print_lines
    from quiz.core.text.safe_text import visible

    if not args.bank and not args.source:
        raise UsageError("Name a bank, a text, or both.", "For example: quiz prompt b.yaml --from b.txt")
    if not 1 <= args.items <= 200:
        raise UsageError(f"--items wants a number from 1 to 200, not {args.items}.")
    bank = bank_to_add_to(bytes_of_bank(Path(args.bank)), args.bank) if args.bank else None
    article = read_article(Path(args.source)) if args.source else None
    print_lines(
        visible(prompt(bank, article, kinds=args.kinds, items=args.items, levels=args.levels)).rstrip()
    )
    return EXIT_FINE
