"""Opening a record: created where there is none, refused where the file is not one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from quiz.errors import RecordDamaged, RecordForeign, RecordMissing, RecordReadOnly
from quiz.record.name_rows import put_row
from quiz.record.read_models import Learner
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.sqlite.errors import RESTORE, translated
from quiz.record.sqlite.migrations import LATEST, bring_up_to_date, refuse_newer

TABLES = frozenset({"learner", "session", "event", "progress", "memory", "item_total", "day_total"})
"""The tables that every record has."""


def open_record(path: Path, *, read_only: bool, first: Learner | None = None) -> RecordFile:
    """Open the record at a path, creating it if there is none and it may be written. See SqliteRecord.open.

    A record that is created holds its first learner, which saves them a transaction of their own.

    A record that may be read but not written is opened for reading. Where that takes more than reading,
    because an older quiz wrote it or a program was killed while writing, a copy is opened instead.
    """
    named, path = path, Path(os.path.realpath(path))
    with translated(path):
        if not read_only and not path.exists():
            _refuse_to_replace_a_lost_one(named, path)
            make_record(path, first)
    if not read_only and _may_be_written(path):
        return _opened(path)
    try:
        return _opened(path, read_only=True)
    except RecordReadOnly:
        return _opened_copy(path)


def _may_be_written(path: Path) -> bool:
    """Return whether the record and its folder may be written, as far as the system tells."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _opened(path: Path, *, read_only: bool = False) -> RecordFile:
    file = connect(path, read_only=read_only)
    try:
        examine(file)
        _modernise(file)
    except BaseException:
        file.close()
        raise
    return file


def _opened_copy(path: Path) -> RecordFile:
    """Open a migrated copy of a record in place of the record. Raises a RecordError."""
    from tempfile import TemporaryDirectory

    with translated(path):
        folder = TemporaryDirectory(prefix="quiz-", ignore_cleanup_errors=True)
        try:
            copy = Path(folder.name) / path.name
            _copy(path, copy)
            file = connect(copy)
            try:
                examine(file)
                file.db.execute("PRAGMA journal_mode=DELETE")
                bring_up_to_date(file, lambda _file, _version: None)
                return RecordFile.of_copy(file, path, folder)
            except BaseException:
                file.close()
                raise
        except BaseException:
            folder.cleanup()
            raise


def _copy(path: Path, copy: Path) -> None:
    """Copy a record that may be in use, with the journal if a killed program left one."""
    import shutil

    try:
        with closing(connect(path, read_only=True)) as source, closing(sqlite3.connect(copy)) as target:
            source.db.backup(target)
    except (sqlite3.OperationalError, RecordReadOnly):
        for ending in ("", "-journal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{path}{ending}", f"{copy}{ending}")


def _refuse_to_replace_a_lost_one(named: Path, path: Path) -> None:
    """Raise RecordMissing where there used to be a record: a new one would hide that the old one is gone."""
    if named.is_symlink() and not path.parent.exists():
        raise RecordMissing(
            f"The record {named} is a link to {path}, whose folder is not there.",
            "Bring in the disk that it is on, or remove the link.",
        )
    copies = {copy for place in (named, path) for copy in _copies_beside(place)}
    if copies and not path.exists():  # another program may have created it just now
        raise RecordMissing(
            f"The record {path} is gone. Copies that are left: {len(copies)}.",
            "“quiz doctor --restore” puts the newest back, “quiz doctor --backups” lists them,"
            " “quiz doctor --begin-anew” begins an empty record.",
        )


def _copies_beside(path: Path) -> list[Path]:
    from quiz.record.upkeep.replacement import replaced_records

    found = replaced_records(path)
    if (path.parent / "backups").is_dir():  # otherwise there is nothing to load these for
        from quiz.record.upkeep.backups import backups_of

        found += [backup.path for backup in backups_of(path)]
    return found


def examine(file: RecordFile) -> None:
    """Raise the fitting RecordError for a file that is foreign, newer than this quiz, or visibly damaged."""
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
            "Open it once in a place where it can be written.",
        )


def _back_up(file: RecordFile, version: int) -> None:
    from quiz.record.upkeep.backups import back_up_before_migration

    back_up_before_migration(file, version)


def make_record(path: Path, first: Learner | None = None) -> None:
    """Create a record that is empty but for its first learner.

    If another program creates one at the same moment, that one stays. Raises a RecordError where it cannot be
    written.
    """
    with translated(path):
        _make_record(path, first)


def _make_record(path: Path, first: Learner | None) -> None:
    from quiz.private_files import draft_of, sync_folder

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with draft_of(path) as draft:
        fill(draft, first)
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        except OSError:  # a file system without links
            if path.exists():
                return
            draft.rename(path)
    sync_folder(path.parent)


def fill(draft: Path, first: Learner | None = None) -> None:
    """Turn an empty file into a record, empty but for its first learner, which is on the disk on return.

    Nobody uses it before that, and a draft that was not finished is thrown away: it needs no journal.
    """
    from quiz.private_files import sync_file

    with translated(draft):
        db = sqlite3.connect(draft, isolation_level=None)
    file = RecordFile(db, draft)
    try:
        db.execute("PRAGMA journal_mode=OFF")
        db.execute("PRAGMA synchronous=OFF")
        with file.writing():
            bring_up_to_date(file, lambda _file, _version: None)
            if first is not None:
                put_row(db, "learner", first.id, first.name)
    finally:
        file.close()
    with translated(draft):
        sync_file(draft)
