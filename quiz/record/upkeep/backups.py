"""Copies of the record: before every migration, and one a day kept for a week.

They are made by SQLite's backup API beside a record that is in use, checked row by row, and put in place
whole. The record's own file is never opened in any other way while it may be in use: closing it would take
away SQLite's locks.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from quiz.errors import RecordDamaged, RecordError, RecordLocked
from quiz.private_files import draft_of, put_in_place, sync_folder
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.sqlite.errors import RESTORE, translated
from quiz.record.upkeep.integrity import complaints, complaints_of_sqlite

IS_WINDOWS = os.name == "nt"
KEPT = 7
"""How many daily backups are kept."""

_PAGES_AT_A_TIME = 2048
_PAUSE = 0.005
"""Seconds between two lots of pages, in which others may write."""
_NAME = re.compile(r"-(?:(?P<day>\d{4}-\d{2}-\d{2})|before-schema-(?P<schema>\d+)(?:-\d+)?)\.db")


class Backup(NamedTuple):
    """A copy of the record as it was."""

    path: Path
    day: date | None
    """When it was made; None for one made before a migration."""
    schema: int | None
    """The schema that was about to be brought in; None for a daily one."""
    size: int
    """Bytes."""


def folder_of(path: Path) -> Path:
    """Return the folder of a record's backups."""
    return path.parent / "backups"


def backups_of(path: Path) -> list[Backup]:
    """Return a record's backups, the newest first."""
    found: list[tuple[float, Backup]] = []
    with suppress(OSError):
        for entry in folder_of(path).iterdir():
            named = _NAME.fullmatch(entry.name.removeprefix(path.stem))
            if named and entry.name.startswith(path.stem) and entry.is_file():
                status = entry.stat()
                day = date.fromisoformat(named["day"]) if named["day"] else None
                schema = int(named["schema"]) if named["schema"] else None
                found.append((status.st_mtime, Backup(entry, day, schema, status.st_size)))
    return [backup for _, backup in sorted(found, key=lambda pair: pair[0], reverse=True)]


def back_up_daily(path: Path, today: date, kept: int = KEPT) -> Path | None:
    """Make the backup of a day unless it is there; return its path, or None where there was nothing to do.

    Opens the record by itself, so it may run in a thread of its own. Older daily ones than the newest `kept`
    are removed. Raises RecordDamaged where the copy is not sound, and keeps all that there are then.
    """
    target = folder_of(path) / f"{path.stem}-{today.isoformat()}.db"
    if target.exists():
        return None
    source = connect(path, read_only=True)
    try:
        copy_to(source, target)
    finally:
        source.close()
    daily = sorted((made for made in backups_of(path) if made.day), key=lambda made: str(made.day))
    for old in daily[:-kept]:
        with suppress(OSError):
            old.path.unlink()
    return target


def back_up_before_migration(file: RecordFile, version: int) -> Path:
    """Make the backup before a schema's version is left behind; none is ever overwritten."""
    name = f"{file.path.stem}-before-schema-{version + 1}"
    target = folder_of(file.path) / f"{name}.db"
    count = 1
    while target.exists():
        count += 1
        target = target.with_name(f"{name}-{count}.db")
    return copy_to(file, target, complaints_of_sqlite)


def copy_to(source: RecordFile, target: Path, check: Callable[[RecordFile], list[str]] = complaints) -> Path:
    """Copy an open record to a path, checked. Raises RecordDamaged where the copy is not sound."""
    with translated(target):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with draft_of(target) as draft:
            _copy_pages(source, draft)
            copied = connect(draft)
            try:
                found = check(copied)
            finally:
                copied.close()
            if found:
                raise RecordDamaged(f"The record {source.path} is damaged: {found[0]}", RESTORE)
            put_in_place(draft, target)
    return target


def _copy_pages(source: RecordFile, draft: Path) -> None:
    copy = sqlite3.connect(draft, isolation_level=None)
    try:
        copy.execute("PRAGMA synchronous=EXTRA")
        with translated(source.path):
            source.db.backup(copy, pages=_PAGES_AT_A_TIME, sleep=_PAUSE)
    finally:
        copy.close()


def restore(path: Path, backup: Path) -> Path | None:
    """Put a backup in the record's place; return where the replaced file is now, None if there was none.

    Raises RecordDamaged where the backup itself is not sound, RecordLocked where a program is writing.
    A window that still has the old file open is refused at its next write.
    """
    path = path.resolve()
    with translated(path), draft_of(path) as draft:
        source = connect(backup, read_only=True)
        try:
            found = complaints(source)
            if found:
                raise RecordDamaged(f"The backup {backup} is damaged: {found[0]}", "Try an older one.")
            _copy_pages(source, draft)
        finally:
            source.close()
        return swap(draft, path)


def swap(draft: Path, path: Path) -> Path | None:
    """Put a new file in a record's place and the old one aside; return where that is."""
    held = _held_alone(path)
    try:
        aside = _put_aside(path)
        put_in_place(draft, path)
    finally:
        if held is not None:
            held.close()
    return aside


def _held_alone(path: Path) -> RecordFile | None:
    """Keep everybody from writing to a record while it is moved, where it is sound enough for that."""
    try:
        file = connect(path)
    except RecordError:
        return None
    try:
        with translated(path):
            file.db.execute("BEGIN EXCLUSIVE")
    except RecordError as error:
        file.close()
        if isinstance(error, RecordLocked):
            raise
        return None
    if IS_WINDOWS:  # no open file can be moved there
        file.close()
        return None
    return file


def _put_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    count = 1
    while (aside := path.with_name(f"{path.name}.replaced-{count}")).exists():
        count += 1
    path.rename(aside)
    with suppress(FileNotFoundError):
        path.with_name(f"{path.name}-journal").rename(aside.with_name(f"{aside.name}-journal"))
    sync_folder(path.parent)
    return aside
