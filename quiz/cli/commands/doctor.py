"""`quiz doctor`: whether all is well with the record, and what to do where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quiz.errors import EXIT_FINDINGS, EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from pathlib import Path

NAME = "doctor"
HELP = "look after the record: check it, rebuild what follows from it, back it up, restore it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_settings_argument

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
    add_settings_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Examine the record and what belongs to it, or do one of the things asked for.

    Raises:
        UsageError: there is no backup to restore.
        RecordError: the record cannot be used at all.
    """
    from quiz import paths
    from quiz.cli.startup import flags_of

    file = paths.record_file()
    if args.backups or args.backup or args.restore is not None:
        return _backups(file, args)
    if args.mend:
        return _mend(file)
    return _examine(file, as_json=args.json, flags=flags_of(args))


def _backups(file: Path, args: argparse.Namespace) -> int:
    from datetime import datetime
    from pathlib import Path

    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.paths import on_disk
    from quiz.record.sqlite.connection import connect
    from quiz.record.upkeep import backups

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
    if not on_disk(chosen.is_file):
        raise UsageError(f"There is no file “{chosen}”.", "“quiz doctor --backups” lists the backups.")
    aside = backups.restore(file, chosen)
    print_lines(f"Restored {chosen}.", *([f"What was there before is kept as {aside}."] if aside else []))
    return EXIT_FINE


def _mend(file: Path) -> int:
    from quiz.cli.render_diagnostics import print_lines
    from quiz.record.upkeep.repair import mend

    mended = mend(file)
    print_lines(
        f"The record holds {mended.sessions:,} sessions and {mended.events:,} events again.",
        *([f"{mended.from_backups:,} events came from backups."] if mended.from_backups else []),
        *([f"What was there before is kept as {mended.aside}."] if mended.aside else []),
        *mended.lacking,
    )
    return EXIT_FINDINGS if mended.lacking else EXIT_FINE


def _examine(file: Path, *, as_json: bool, flags: Mapping[str, str]) -> int:
    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.cli.startup import open_workspace

    found: dict[str, Any] = {
        "versions": versions(),
        "record": str(file),
        "has_record": file.exists(),
        "complaints": [],
        "rebuilt": 0,
        "orphans": [],
        "broken_banks": [],
        "settings": [],
    }
    if file.exists():
        with open_workspace(flags=flags) as workspace:
            found["complaints"] = workspace.record.integrity()
            found["rebuilt"] = 0 if found["complaints"] else workspace.record.rebuild_memory()
            found["orphans"] = [str(ref) for ref in workspace.orphans()]
            cards = workspace.library.shelf()
            found["broken_banks"] = [card.path for card in cards if not card.is_usable]
            found["settings"] = list(workspace.remarks)
    if as_json:
        print_json(found)
    else:
        print_lines(*_lines(found))
    is_well = not any(found[name] for name in ("complaints", "rebuilt", "broken_banks", "settings"))
    return EXIT_FINE if is_well else EXIT_FINDINGS


def _lines(found: dict[str, Any]) -> list[str]:
    """Return what was found as lines for people."""
    from quiz.core.text.phrases import count
    from quiz.core.text.safe_text import one_line

    lines = [", ".join(f"{name} {version}" for name, version in found["versions"].items())]
    lines.append(one_line(f"Record: {found['record']}"))
    if not found["has_record"]:
        return [*lines, "There is no record yet."]
    lines += found["complaints"] or ["The record is sound."]
    lines.append(
        f"{count(found['rebuilt'], 'memory', 'memories')} had to be worked out anew."
        if found["rebuilt"]
        else "What is remembered of every item follows from the record."
    )
    if found["orphans"]:
        lines.append(f"{count(len(found['orphans']), 'item')} with a record that are in no bank now:")
        lines += [f"  {one_line(ref)}" for ref in found["orphans"]]
    lines += [one_line(f"{path} has errors: “quiz check” says which.") for path in found["broken_banks"]]
    if found["settings"]:
        lines.append("Some settings cannot be used: “quiz config” says which.")
    return lines


def versions() -> dict[str, str]:
    """Return the versions of quiz and of what it stands on."""
    import platform
    import sqlite3
    from importlib.metadata import PackageNotFoundError, version

    from quiz import __version__

    found = {"quiz": __version__, "Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    for name in ("textual", "fsrs", "msgspec", "PyYAML"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
