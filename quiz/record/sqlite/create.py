"""Opening a record: made where there is none, refused where it is not one."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from quiz.errors import RecordDamaged, RecordForeign, RecordReadOnly
from quiz.private_files import draft_of, sync_folder
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.sqlite.errors import RESTORE, translated
from quiz.record.sqlite.migrations import LATEST, bring_up_to_date, refuse_newer

TABLES = frozenset({"learner", "session", "event", "progress", "memory", "item_total", "day_total"})
"""Tables that no record lacks."""


def open_record(path: Path, *, read_only: bool) -> RecordFile:
    """Open the record at a path, made there if there is none and it may be written. See Record.open."""
    path = Path(os.path.realpath(path))
    with translated(path):
        if not read_only and not path.exists():
            make_record(path)
    file = connect(path, read_only=read_only)
    try:
        examine(file)
        _modernise(file)
    except BaseException:
        file.close()
        raise
    return file


def examine(file: RecordFile) -> None:
    """Raise the right RecordError for a file that is foreign, of a newer quiz, or visibly damaged."""
    path = file.path
    with file.reading() as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        if not file.is_ours():
            raise RecordForeign(
                f"{path} is a database, but not a record of quiz.", "Move it away, or choose another folder."
            )
        refuse_newer(file)
        if file.version() < 1 or not tables >= TABLES:
            raise RecordDamaged(f"The record {path} is damaged: a table is missing.", RESTORE)
        if file.is_cut():
            raise RecordDamaged(f"The record {path} is damaged: it was cut short.", RESTORE)


def _modernise(file: RecordFile) -> None:
    if not file.is_read_only:
        with translated(file.path):
            file.db.execute("PRAGMA journal_mode=DELETE")
        bring_up_to_date(file, _back_up)
    elif file.version() < LATEST:
        raise RecordReadOnly(
            f"The record {file.path} is of an older quiz and must be brought up to date first.",
            "Open it once where it may be written.",
        )


def _back_up(file: RecordFile, version: int) -> None:
    from quiz.record.upkeep.backups import back_up_before_migration

    back_up_before_migration(file, version)


def make_record(path: Path) -> None:
    """Make an empty record. Where another program makes one at the same moment, that one stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with draft_of(path) as draft:
        fill(draft)
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        except OSError:  # a file system without links
            if path.exists():
                return
            draft.rename(path)
    sync_folder(path.parent)


def fill(draft: Path) -> None:
    """Make an empty file a record without anything in it."""
    with translated(draft):
        db = sqlite3.connect(draft, isolation_level=None)
    file = RecordFile(db, draft)
    try:
        db.execute("PRAGMA synchronous=EXTRA")
        bring_up_to_date(file, lambda _file, _version: None)
    finally:
        file.close()
