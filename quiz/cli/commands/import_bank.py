"""`quiz import`: turn questions from other programs into a bank."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from quiz.errors import EXIT_FINDINGS, EXIT_FINE, ExchangeError, QuizError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from quiz.core.content.bank import Bank
    from quiz.services.exchange import ImportOutcome, Reading

NAME = "import"
HELP = "turn questions from other programs into a bank, and say what came and what did not"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "file", nargs="+", metavar="FILE", help="a file, a folder of files, or - for standard input"
    )
    parser.add_argument("--format", metavar="FORMAT", help="the format, where the content does not show it")
    parser.add_argument("--to", metavar="BANK.yaml", help="the bank file to write, or to add to")
    parser.add_argument("--bank", metavar="ID", help="the id of the new bank")
    parser.add_argument("--title", metavar="TEXT", help="the title of the new bank")
    parser.add_argument(
        "--theirs", action="store_true", help="replace items that were edited here by their newer version"
    )
    parser.add_argument("--check", action="store_true", help="only say what would be imported; write nothing")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """Import files. Returns 1 where a question or a file was left out.

    Raises:
        UsageError: a file is not there, or the options do not fit together.
        QuizError: the only file cannot be read, or a bank cannot be written.
    """
    from quiz.cli.render_diagnostics import print_json
    from quiz.services.exchange import format_named

    form = format_named(args.format, to_write=False) if args.format else None
    reports: list[dict[str, Any]] = []
    code = EXIT_FINE
    sources = list(_sources(args.file))
    if len(sources) > 1 and (args.to or args.bank or args.title):
        raise UsageError("--to, --bank and --title are for one file.", "Import the files one by one.")
    for path in sources:
        try:
            reading, outcome = _import(path, form, args)
        except QuizError as error:
            if len(sources) == 1:
                raise
            sys.stderr.write(f"quiz: {_safe(str(error))}\n")
            code = EXIT_FINDINGS
            continue
        reports.append(_as_data(reading, outcome))
        if not args.json:
            _print(reading, outcome, is_dry=args.check)
        if reading.imported.refusals or (outcome is not None and outcome.kept):
            code = EXIT_FINDINGS
    if args.json:
        print_json(reports)
    return code


def _sources(named: list[str]) -> Iterator[Path | None]:
    """Yield the paths that were named, None for standard input."""
    from pathlib import Path

    from quiz.services.exchange import files_of

    for name in named:
        if name == "-":
            yield None
        else:
            yield from files_of(Path(name))


def _import(path: Path | None, form: Any, args: argparse.Namespace) -> tuple[Reading, ImportOutcome | None]:
    """Read one file and write its bank. Raises QuizError."""
    from pathlib import Path

    from quiz.services.exchange import MOST_BYTES, put_away, read_bytes, read_foreign, titled

    if path is None:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
        reading = read_bytes(data, "imported", "standard input", form)
    else:
        reading = read_foreign(path, form)
    if reading.imported.bank is None:
        if not reading.imported.refusals:
            raise ExchangeError(f"{reading.source} holds no question.")
        return reading, None
    bank = titled(reading.imported, args.bank or "", args.title or "")
    to = Path(args.to) if args.to else None
    media = reading.imported.media
    outcome = put_away(bank, to, media=media, prefer_theirs=args.theirs, is_dry=args.check)
    if reading.imported.reviews and not args.check:
        outcome = outcome._replace(reviews=_put_on_record(reading, bank, outcome.bank))
    return reading, outcome


def _put_on_record(reading: Reading, bank: Bank, name: str) -> int:
    """Record the answers that came with the file and return how many are new. Raises QuizError."""
    from quiz.cli.startup import open_workspace
    from quiz.services.imported_reviews import put_on_record

    with open_workspace() as workspace:
        learner = workspace.learner.id
        return put_on_record(workspace.record, learner, name, bank.fingerprints, reading.imported.reviews)


def _as_data(reading: Reading, outcome: ImportOutcome | None) -> dict[str, Any]:
    imported = reading.imported
    return {
        "source": reading.source,
        "format": reading.format.name,
        "items": len(imported.bank.items) if imported.bank else 0,
        "losses": [loss._asdict() for loss in imported.losses],
        "refusals": [refusal._asdict() for refusal in imported.refusals],
        "remarks": list(imported.remarks),
        "to": {**outcome._asdict(), "path": str(outcome.path)} if outcome else None,
    }


def _safe(text: str) -> str:
    from quiz.core.text.safe_text import one_line

    return one_line(text, 400)


def _print(reading: Reading, outcome: ImportOutcome | None, *, is_dry: bool) -> None:
    from quiz.cli.render_diagnostics import print_lines
    from quiz.services.import_report import MOST_SHOWN, report_lines

    print_lines(*map(_safe, report_lines(reading, outcome, is_dry=is_dry)))
    if outcome is not None and outcome.kept:
        print_lines("--theirs takes theirs.")
    if len(reading.imported.refusals) > MOST_SHOWN:
        print_lines("--json has them all.")
