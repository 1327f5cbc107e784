"""Backups of the record: one before every migration, and one a day.

They are made by SQLite's backup API while the record is in use, checked row by row, and put in place whole.
The record's own file is never opened in any other way while it may be in use: closing it would release
SQLite's locks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from quiz.errors import RecordDamaged, RecordError
from quiz.private_files import draft_of, put_in_place
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.sqlite.errors import RESTORE, translated
from quiz.record.upkeep.integrity import complaints_in_place, complaints_of_sqlite
from quiz.record.upkeep.replacement import swap, tidy_replaced
from quiz.record.upkeep.retention import DatedBackup, holds_no_less, superseded
from quiz.record.upkeep.snapshot import copy_pages

_NAME = re.compile(r"-(?:(?P<day>\d{4}-\d{2}-\d{2})|before-schema-(?P<schema>\d+))(?:-(?P<nth>\d+))?\.db")


class Backup(NamedTuple):
    """A backup of the record."""

    path: Path
    day: date | None
    """The day it was made; None for one made before a migration."""
    schema: int | None
    """The schema version of the migration it precedes; None for a daily one."""
    nth: int
    """1 for the first of its day or schema version."""
    size: int
    """In bytes."""


def folder_of(path: Path) -> Path:
    """Return the folder of a record's backups."""
    return path.parent / "backups"


def backups_of(path: Path) -> list[Backup]:
    """Return a record's backups: daily ones, newest first, then those made before a migration.

    Their age is taken from their names, not from the files.
    """
    found: list[Backup] = []
    with suppress(OSError):
        for entry in folder_of(path).iterdir():
            named = _NAME.fullmatch(entry.name.removeprefix(path.stem))
            if named and entry.name.startswith(path.stem) and entry.is_file():
                day = _day_in(named["day"])
                schema = int(named["schema"]) if named["schema"] else None
                if day or schema:
                    found.append(Backup(entry, day, schema, int(named["nth"] or 1), entry.stat().st_size))
    return sorted(found, key=lambda one: (one.day or date.min, one.schema or 0, one.nth), reverse=True)


def _day_in(written: str | None) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(written or "")
    return None


def events_by_learner(path: Path) -> dict[str, int]:
    """Return how many events of each learner's sessions a copy of the record holds; empty if it is
    unreadable."""
    with suppress(RecordError), closing(connect(path, read_only=True)) as file:
        return _events_by_learner(file)
    return {}


def _events_by_learner(file: RecordFile) -> dict[str, int]:
    with file.reading() as db:
        return {
            learner: count
            for learner, count in db.execute("SELECT learner, sum(last_n) FROM progress GROUP BY learner")
            if isinstance(count, int)
        }


def back_up_daily(path: Path, today: date) -> Path | None:
    """Make a day's backup if it does not exist; return its path, or None where there was nothing to do.

    Opens the record itself, so it may run in its own thread. Superseded backups are removed. Raises
    RecordDamaged where the copy is not sound; all backups are kept then.
    """
    target = _daily(path, today, 1)
    if target.exists():
        return None
    with closing(connect(path, read_only=True)) as source:
        copy_to(source, target)
    _remove_superseded(path)
    tidy_replaced(path)
    return target


def back_up_now(path: Path, today: date) -> Path:
    """Make a backup and return its path. It replaces today's unless that one holds more.

    Raises RecordDamaged where the copy is not sound.
    """
    with closing(connect(path, read_only=True)) as source:
        target = _daily(path, today, 1)
        held, nth = _events_by_learner(source), 1
        while target.exists() and not holds_no_less(held, events_by_learner(target)):
            nth += 1
            target = _daily(path, today, nth)
        return copy_to(source, target)


def _daily(path: Path, today: date, nth: int) -> Path:
    return folder_of(path) / f"{path.stem}-{today.isoformat()}{f'-{nth}' if nth > 1 else ''}.db"


def _remove_superseded(path: Path) -> None:
    daily = [backup for backup in backups_of(path) if backup.day]
    dated = [
        DatedBackup(backup.day, backup.nth, events_by_learner(backup.path)) for backup in daily if backup.day
    ]
    for place in superseded(dated):
        with suppress(OSError):
            daily[place].path.unlink()


def back_up_before_migration(file: RecordFile, version: int) -> Path:
    """Make the backup before a migration. No backup is ever overwritten."""
    name = f"{file.path.stem}-before-schema-{version + 1}"
    target = folder_of(file.path) / f"{name}.db"
    count = 1
    while target.exists():
        count += 1
        target = target.with_name(f"{name}-{count}.db")
    return copy_to(file, target, complaints_of_sqlite)


def copy_to(
    source: RecordFile, target: Path, check: Callable[[RecordFile], list[str]] = complaints_in_place
) -> Path:
    """Copy an open record to a path and check the copy. Raises RecordDamaged where it is not sound."""
    with translated(target):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with draft_of(target) as draft:
            copy_pages(source, draft)
            copied = connect(draft)
            try:
                found = check(copied)
            finally:
                copied.close()
            if found:
                raise RecordDamaged(f"The record {source.path} is damaged: {found[0]}", RESTORE)
            put_in_place(draft, target)
    return target


def restore(path: Path, backup: Path) -> Path | None:
    """Replace the record by a backup. Returns the new path of the replaced file, or None if there was none.

    Raises RecordDamaged where the backup is not sound, RecordLocked where a program is writing. A window that
    still has the old file open is refused at its next write.
    """
    path = path.resolve()
    with translated(path), draft_of(path) as draft:
        source = connect(backup, read_only=True)
        try:
            found = complaints_in_place(source)
            if found:
                raise RecordDamaged(f"The backup {backup} is damaged: {found[0]}", "Try an older one.")
            copy_pages(source, draft)
        finally:
            source.close()
        return swap(draft, path)
