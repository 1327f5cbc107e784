"""`quiz doctor`: whether all is well with the record, and what to do where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quiz.errors import EXIT_FINDINGS, EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

NAME = "doctor"
HELP = "look after the record: check it, rebuild what follows from it, back it up, restore it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--backup", action="store_true", help="make a backup now")
    what.add_argument("--backups", action="store_true", help="list the backups, newest first")
    what.add_argument(
        "--restore",
        metavar="FILE",
        nargs="?",
        const="",
        help="put a backup back, the newest if none is named",
    )
    what.add_argument("--mend", action="store_true", help="make a sound record out of a damaged one")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")


def run(args: argparse.Namespace) -> int:
    """Examine the record and what belongs to it, or do one of the things asked for.

    Raises:
        UsageError: there is no backup to restore.
        HistoryError: the record cannot be used at all.
    """
    from quiz import paths

    file = paths.history_file()
    if args.backups or args.backup or args.restore is not None:
        return _backups(file, args)
    if args.mend:
        return _mend(file)
    return _examine(file, as_json=args.json)


def _backups(file: Path, args: argparse.Namespace) -> int:
    from datetime import datetime
    from pathlib import Path

    from quiz.commands.report import print_json, print_lines
    from quiz.storage import backups
    from quiz.storage.connection import connect

    if args.backup:
        source = connect(file, read_only=True)
        try:
            name = f"{file.stem}-{datetime.now().astimezone():%Y-%m-%d}.db"
            made = backups.copy_to(source, backups.folder_of(file) / name)
        finally:
            source.close()
        print_lines(f"Backed up to {made}.")
        return EXIT_FINE
    kept = backups.backups_of(file)
    if args.backups:
        if args.json:
            print_json([{"path": str(one.path), "day": str(one.day or ""), "size": one.size} for one in kept])
        else:
            print_lines(
                *(f"{one.path}  {one.size:,} bytes" for one in kept) if kept else ["There is no backup."]
            )
        return EXIT_FINE
    if not args.restore and not kept:
        raise UsageError("There is no backup to restore.")
    chosen = Path(args.restore) if args.restore else kept[0].path
    if not chosen.is_file():
        raise UsageError(f"There is no file “{chosen}”.", "“quiz doctor --backups” lists the backups.")
    aside = backups.restore(file, chosen)
    print_lines(f"Restored {chosen}.", *([f"What was there before is kept as {aside}."] if aside else []))
    return EXIT_FINE


def _mend(file: Path) -> int:
    from quiz.commands.report import print_lines
    from quiz.storage.mending import mend

    mended = mend(file)
    print_lines(
        f"The record holds {mended.sessions:,} sessions and {mended.events:,} events again.",
        *([f"{mended.from_backups:,} events came from backups."] if mended.from_backups else []),
        *([f"What was there before is kept as {mended.aside}."] if mended.aside else []),
        *mended.lacking,
    )
    return EXIT_FINDINGS if mended.lacking else EXIT_FINE


def _examine(file: Path, *, as_json: bool) -> int:
    import platform
    import sqlite3

    from quiz import __version__
    from quiz.commands.common import open_workspace
    from quiz.commands.report import print_json, print_lines
    from quiz.core.wording import count

    if not file.exists():
        print_lines(f"quiz {__version__}, Python {platform.python_version()}.", "There is no record yet.")
        return EXIT_FINE
    with open_workspace() as workspace:
        complaints = workspace.history.integrity()
        mended = 0 if complaints else workspace.history.rebuild_memory()
        orphans = workspace.orphans()
        broken = [card.path for card in workspace.library.shelf() if not card.is_usable]
    found: dict[str, Any] = {
        "version": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "record": str(file),
        "complaints": complaints,
        "rebuilt": mended,
        "orphans": [str(ref) for ref in orphans],
        "broken_banks": broken,
    }
    if as_json:
        print_json(found)
    else:
        print_lines(
            f"quiz {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}.",
            f"Record: {file}",
            *(complaints or ["The record is sound."]),
            f"{count(mended, 'memory', 'memories')} had to be worked out anew." if mended
            else "What is remembered of every item follows from the record.",
        )  # fmt: skip
        if orphans:
            print_lines(f"{count(len(orphans), 'item')} with a record that are in no bank now:")
            print_lines(*(f"  {ref}" for ref in orphans))
        print_lines(*(f"{path} has errors: “quiz check” says which." for path in broken))
    return EXIT_FINDINGS if complaints or mended or broken else EXIT_FINE
