"""`quiz export`: write banks for other programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from quiz.core.content.bank import Bank
    from quiz.exchange.declaration import Format
    from quiz.services.exporting import Export

NAME = "export"
HELP = "write banks for other programs, and say what their formats cannot hold"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_bank_arguments

    add_bank_arguments(parser)
    parser.add_argument(
        "--format", "-f", metavar="FORMAT", required=True, help="the format; docs/formats.md lists them"
    )
    parser.add_argument(
        "--output",
        "-o",
        metavar="FILE",
        help="the new file, or the folder for several banks (default: standard output)",
    )
    parser.add_argument("--check", action="store_true", help="only say what would be lost; write nothing")
    parser.add_argument(
        "--json", action="store_true", help="print what is lost as JSON; needs --output or --check"
    )


def run(args: argparse.Namespace) -> int:
    """Export banks.

    Raises:
        UsageError: no bank is named, or a file is there already.
        QuizError: a bank cannot be read, or not written in this format.
    """
    from pathlib import Path

    from quiz.cli.startup import chosen_banks, open_workspace
    from quiz.services.exchange import format_named
    from quiz.services.exporting import exported

    form = format_named(args.format, to_write=True)
    if not args.bank:
        raise UsageError("Name the bank to export.", "“quiz list” shows which there are.")
    if args.json and not (args.output or args.check):
        raise UsageError("--json needs --output or --check.", "The export itself goes to standard output.")
    with open_workspace(args.bank, args.banks) as workspace:
        names = chosen_banks(workspace, args.bank)
        banks = [workspace.library.whole_bank(name) for name in names]
        folders = [Path(workspace.library.summary(name).path).resolve().parent for name in names]
    targets = _targets(banks, form, args)
    exports = [exported(bank, form, folder) for bank, folder in zip(banks, folders, strict=True)]
    _say_losses(banks, exports, form, args)
    if not args.check:
        for target, export in zip(targets, exports, strict=True):
            _write(target, export, is_quiet=args.json)
    return EXIT_FINE


def _targets(banks: list[Bank], form: Format, args: argparse.Namespace) -> list[Path | None]:
    """Return where each bank goes: a path, or None for standard output. Raises UsageError."""
    from pathlib import Path

    if args.output in {None, "-"}:
        if len(banks) > 1 and not args.check:
            raise UsageError("Several banks need a folder.", "Name it with --output.")
        return [None] * len(banks)
    output = Path(args.output)
    if len(banks) > 1 or output.is_dir():
        if not output.is_dir():
            raise UsageError(f"There is no folder “{output}”.", "Make it, or name one bank.")
        return [output / f"{bank.bank}{form.endings[0]}" for bank in banks]
    return [output]


def _say_losses(banks: list[Bank], exports: list[Export], form: Format, args: argparse.Namespace) -> None:
    from quiz.cli.render_diagnostics import print_json
    from quiz.core.text.safe_text import one_line
    from quiz.services.losses import summary_lines

    if args.json:
        print_json(
            [
                {"bank": bank.bank, "format": form.name, "losses": [loss._asdict() for loss in export.losses]}
                for bank, export in zip(banks, exports, strict=True)
            ]
        )
        return
    for bank, export in zip(banks, exports, strict=True):
        if export.losses:
            sys.stderr.write(f"{one_line(f'{form.title} cannot hold all of “{bank.bank}”. Left out:')}\n")
        for line in summary_lines(export.losses):
            sys.stderr.write(f"  {one_line(line, 400)}\n")
        if args.check and not export.losses:
            sys.stderr.write(f"{one_line(f'{form.title} holds all of “{bank.bank}”.')}\n")
    sys.stderr.flush()


def _write(target: Path | None, export: Export, *, is_quiet: bool) -> None:
    from quiz.cli.render_diagnostics import print_lines
    from quiz.core.text.safe_text import one_line
    from quiz.services.exporting import write_export

    if target is None:
        if b"\x00" in export.data[:4096] and sys.stdout.isatty():
            raise UsageError("This format is not for a terminal.", "Name a file with --output.")
        sys.stdout.flush()
        sys.stdout.buffer.write(export.data)
        return
    write_export(target, export)
    if not is_quiet:
        print_lines(one_line(f"Wrote {target}."))
