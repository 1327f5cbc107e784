"""Forgetting names: in the record, in every copy of it, and in files that were left behind."""

from __future__ import annotations

import mmap
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from quiz.errors import RecordError
from quiz.private_files import drafts_in
from quiz.record.name_rows import forget_name
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.sqlite.errors import translated
from quiz.record.upkeep.backups import backups_of, folder_of
from quiz.record.upkeep.replacement import replaced_records, tidy_replaced
from quiz.record.upkeep.saved_reports import reports_with


def forget(file: RecordFile, learners: Sequence[str], class_list: str = "") -> list[Path]:
    """Forget learners' names, and a class list if its id is given, in the record and all files beside it.

    Drafts that killed programs left behind are removed. Returns the files that still hold a name: copies that
    cannot be changed, and reports that the person saved. Raises RecordError where the record refuses.
    """
    path = file.path
    names = _forget_in(file, learners, class_list)
    left = []
    try:
        with translated(path):
            file.db.execute("VACUUM")  # names may remain in the unused parts of pages
    except RecordError:
        left.append(path)
    tidy_replaced(path)
    for copy in (*(backup.path for backup in backups_of(path)), *replaced_records(path)):
        try:
            names |= _forget_in_copy(copy, learners, class_list)
        except (RecordError, sqlite3.Error, OSError):
            left.append(copy)
    for litter in (*drafts_in(path.parent), *drafts_in(folder_of(path)), path.parent / "crash.txt"):
        if _holds(litter, names):
            with suppress(OSError):
                litter.unlink()
    return [*left, *reports_with(path, names)]


def _forget_in_copy(path: Path, learners: Sequence[str], class_list: str) -> set[str]:
    """Forget names in a copy without changing its date, and return the names that it held."""
    status = path.stat()
    with closing(connect(path)) as file:
        names = _forget_in(file, learners, class_list)
        if _holds(path, names):
            file.db.execute("VACUUM")
    with suppress(OSError):
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return names


def _forget_in(file: RecordFile, learners: Sequence[str], class_list: str) -> set[str]:
    """Forget names in an open file, and return the names that it held."""
    file.db.execute("PRAGMA secure_delete=ON")
    with file.writing() as db:
        names = _names_of(db, learners)
        for learner in learners:
            forget_name(db, learner)
        if db.execute("SELECT 1 FROM sqlite_master WHERE name='roster_learner'").fetchone():
            db.executemany("DELETE FROM roster_learner WHERE learner=?", [(one,) for one in learners])
            if class_list:
                db.execute("DELETE FROM roster_learner WHERE roster=?", (class_list,))
                db.execute("DELETE FROM roster WHERE id=?", (class_list,))
    return names


def _names_of(db: sqlite3.Connection, learners: Iterable[str]) -> set[str]:
    found = (db.execute("SELECT name FROM learner WHERE id=?", (one,)).fetchone() for one in learners)
    return {row[0] for row in found if row and row[0]}


def _holds(path: Path, names: Iterable[str]) -> bool:
    """Return whether a file other than the record holds any of some names.

    Opening and closing the record again would release SQLite's locks on it.
    """
    sought = [name.encode("utf-8", "replace") for name in names]
    try:
        if not sought or not path.stat().st_size:
            return False
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as content:
        os.close(descriptor)
        return any(content.find(name) >= 0 for name in sought)
