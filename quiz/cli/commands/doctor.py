"""`quiz doctor`: examine, back up, restore and repair the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quiz.errors import EXIT_FINDINGS, EXIT_FINE, RecordDamaged, RecordForeign, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from pathlib import Path

    from quiz.record.interface import Record
    from quiz.services.workspace import Workspace

NAME = "doctor"
HELP = "look after the record and the places it goes to: check, rebuild, back up, restore"


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
        help="restore a backup (default: the newest)",
    )
    what.add_argument(
        "--begin-anew", action="store_true", help="start an empty record where the old one is gone"
    )
    what.add_argument("--mend", action="store_true", help="build a sound record from a damaged one")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    add_settings_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Examine the record, or carry out the one task that was asked for.

    Raises:
        UsageError: there is no backup to restore.
        RecordError: the record cannot be used at all.
    """
    from quiz import paths
    from quiz.cli.startup import flags_of

    file = paths.record_file()
    if args.backup:
        return _back_up(file)
    if args.backups:
        return _list_copies(file, as_json=args.json)
    if args.restore is not None:
        return _restore(file, args.restore)
    if args.begin_anew:
        return _begin_anew(file)
    if args.mend:
        return _mend(file)
    return _examine(file, as_json=args.json, flags=flags_of(args))


def _back_up(file: Path) -> int:
    from datetime import datetime

    from quiz.cli.render_diagnostics import print_lines
    from quiz.record.upkeep.backups import back_up_now

    made = back_up_now(file, datetime.now().astimezone().date())
    print_lines(f"Backed up to {made}.")
    return EXIT_FINE


def _list_copies(file: Path, *, as_json: bool) -> int:
    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.core.text.phrases import count
    from quiz.record.upkeep.copies import copies_of

    copies = copies_of(file)
    if as_json:
        print_json(
            [
                {
                    "path": str(one.path),
                    "day": str(one.day or ""),
                    "size": one.size,
                    "sessions": one.sessions,
                    "events": one.events,
                    "is_readable": one.is_readable,
                }
                for one in copies
            ]
        )
        return EXIT_FINE
    for one in copies:
        held = f"{count(one.sessions, 'session')}, {count(one.events, 'event')}"
        print_lines(f"{one.path}  {one.size:,} bytes  {held if one.is_readable else 'cannot be read'}")
    if not copies:
        print_lines("There is no backup.")
    return EXIT_FINE


def _restore(file: Path, named: str) -> int:
    from pathlib import Path

    from quiz.cli.render_diagnostics import print_lines
    from quiz.core.text.phrases import count
    from quiz.paths import on_disk
    from quiz.record.upkeep.backups import restore
    from quiz.record.upkeep.copies import copies_of
    from quiz.services.places import look_anew

    copies = copies_of(file)
    if not named and not copies:
        raise UsageError("There is no backup to restore.")
    chosen = Path(named) if named else copies[0].path
    if not on_disk(chosen.is_file):
        raise UsageError(f"There is no file “{chosen}”.", "“quiz doctor --backups” lists the backups.")
    aside = restore(file, chosen)
    look_anew(file)
    print_lines(f"Restored {chosen}.", *([f"What was there before is kept as {aside}."] if aside else []))
    held = {one.path: one.events for one in copies}
    larger = [one for one in copies if one.events > held.get(chosen, one.events) and one.path != aside]
    print_lines(*(f"{one.path} holds more: {count(one.events, 'event')}." for one in larger[:1]))
    return EXIT_FINE


def _begin_anew(file: Path) -> int:
    import os
    from pathlib import Path

    from quiz.cli.render_diagnostics import print_lines
    from quiz.services.missing_record import begin_anew

    if file.exists():
        raise UsageError(f"There is a record at {file}.", "Move it away first, or go on with it.")
    begin_anew(Path(os.path.realpath(file)))
    print_lines(f"Began an empty record at {file}. The copies of the old one stay.")
    return EXIT_FINE


def _mend(file: Path) -> int:
    from quiz.cli.render_diagnostics import print_lines
    from quiz.record.upkeep.repair import mend
    from quiz.services.places import look_anew

    mended = mend(file)
    look_anew(file)
    print_lines(
        f"The record holds {mended.sessions:,} sessions and {mended.events:,} events again.",
        *([f"{mended.from_backups:,} events came from backups."] if mended.from_backups else []),
        *([f"What was there before is kept as {mended.aside}."] if mended.aside else []),
        *mended.losses,
    )
    return EXIT_FINDINGS if mended.losses else EXIT_FINE


def _examine(file: Path, *, as_json: bool, flags: Mapping[str, str]) -> int:
    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.cli.startup import open_workspace
    from quiz.record.upkeep.copies import copies_of

    found: dict[str, Any] = {
        "versions": versions(),
        "record": str(file),
        "has_record": file.exists(),
        "copies": [] if file.exists() else [str(one.path) for one in copies_of(file)],
        "is_read_only": False,
        "complaints": [],
        "gaps": [],
        "rebuilt": 0,
        "orphans": [],
        "broken_banks": [],
        "settings": [],
        "places": [],
    }
    if file.exists():
        try:
            with open_workspace(flags=flags) as workspace:
                _examine_record(workspace.record, found)
                found["orphans"] = [str(ref) for ref in workspace.orphans()]
                cards = workspace.library.summaries()
                found["broken_banks"] = [card.path for card in cards if not card.is_whole]
                found["settings"] = list(workspace.remarks)
                found["places"] = _places(workspace)
        except (RecordDamaged, RecordForeign) as error:
            found["complaints"] = [error.message]
    if as_json:
        print_json(found)
    else:
        print_lines(*_lines(found))
    is_well = not any(found[name] for name in ("copies", "complaints", "rebuilt", "broken_banks", "settings"))
    is_well = is_well and all(place["is_well"] for place in found["places"])
    return EXIT_FINE if is_well else EXIT_FINDINGS


def _places(workspace: Workspace) -> list[dict[str, Any]]:
    """Look at the places that the record goes to besides this machine."""
    if not workspace.config.is_synced:
        return []
    import msgspec

    from quiz.services.places import places_of

    return [msgspec.to_builtins(place) for place in places_of(workspace)]


def _examine_record(record: Record, found: dict[str, Any]) -> None:
    found["is_read_only"] = record.is_read_only
    found["complaints"] = record.integrity()
    if not found["complaints"]:
        found["gaps"] = record.gaps()
        found["rebuilt"] = 0 if record.is_read_only else record.rebuild_memory()


def _lines(found: dict[str, Any]) -> list[str]:
    """Return the findings as lines for people."""
    from quiz.core.text.phrases import count
    from quiz.core.text.safe_text import one_line

    lines = [", ".join(f"{name} {version}" for name, version in found["versions"].items())]
    lines.append(one_line(f"Record: {found['record']}"))
    if not found["has_record"]:
        if not found["copies"]:
            return [*lines, "There is no record yet."]
        return [
            *lines,
            "The record is gone. These copies of it are there, the newest first:",
            *(one_line(f"  {copy}") for copy in found["copies"]),
            "“quiz doctor --restore” puts the newest back; “quiz doctor --begin-anew” begins an empty one.",
        ]
    lines += found["complaints"] or ["The record is sound."]
    if found["complaints"]:
        lines.append(
            "“quiz doctor --mend” makes a sound record out of what it and its backups still say;"
            " “quiz doctor --restore” puts the newest backup in its place."
        )
    elif not found["is_read_only"]:
        lines.append(
            f"{count(found['rebuilt'], 'memory', 'memories')} had to be calculated again."
            if found["rebuilt"]
            else "The schedule of every item agrees with the record."
        )
    if found["gaps"]:
        lines.append("Some events were lost. Everything else is on record and goes on as usual:")
        lines += [f"  {one_line(sentence)}" for sentence in found["gaps"]]
    if found["orphans"]:
        lines.append(f"{count(len(found['orphans']), 'item')} with a record that are in no bank now:")
        lines += [f"  {one_line(ref)}" for ref in found["orphans"]]
    lines += [one_line(f"{path} has errors: “quiz check” lists them.") for path in found["broken_banks"]]
    lines += [
        one_line(f"{place['name'].capitalize()} {place['where']}: {place['said']}")
        for place in found["places"]
    ]
    if found["settings"]:
        lines.append("Some settings cannot be used: “quiz config” lists them.")
    return lines


def versions() -> dict[str, str]:
    """Return the versions of quiz and of the libraries it depends on."""
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
