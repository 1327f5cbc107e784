"""`quiz schema`: the bank format as a JSON Schema, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

NAME = "schema"
HELP = "print the JSON Schema of the bank format, for editors that complete and check bank files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    import argparse

    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "To have an editor complete and check a bank, save the schema beside it and name it in the bank's\n"
        "first line:\n"
        "  quiz schema > bank.schema.json\n"
        "  # yaml-language-server: $schema=bank.schema.json"
    )


def run(args: argparse.Namespace) -> int:  # noqa: ARG001
    """Print the schema."""
    from quiz.authoring.schema import bank_schema
    from quiz.cli.render_diagnostics import print_json

    print_json(bank_schema())
    return EXIT_FINE
