"""Names that are forgotten are forgotten in the record's backups as well."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from quiz.errors import RecordError
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.upkeep.backups import backups_of


def forget_in(db: sqlite3.Connection, learners: Sequence[str], class_list: str = "") -> None:
    """Overwrite learners' names with nothing and take them off their class lists, in an open transaction.

    With a class list's id, that one is gone as well. `secure_delete` must be on.
    """
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    db.executemany("UPDATE learner SET name='' WHERE id=?", [(learner,) for learner in learners])
    if "roster_learner" in tables:
        db.executemany("DELETE FROM roster_learner WHERE learner=?", [(learner,) for learner in learners])
        if class_list:
            db.execute("DELETE FROM roster_learner WHERE roster=?", (class_list,))
            db.execute("DELETE FROM roster WHERE id=?", (class_list,))


def forget_in_backups(path: Path, learners: Sequence[str], class_list: str = "") -> list[Path]:
    """Forget learners and a class list in every backup of a record; return those that could not be written.

    A backup stays as old as it was.
    """
    refused = []
    for backup in backups_of(path):
        try:
            status = backup.path.stat()
            with closing(connect(backup.path)) as file:
                _forget(file, learners, class_list)
            with suppress(OSError):
                os.utime(backup.path, ns=(status.st_atime_ns, status.st_mtime_ns))
        except (RecordError, OSError):
            refused.append(backup.path)
    return refused


def _forget(file: RecordFile, learners: Sequence[str], class_list: str) -> None:
    file.db.execute("PRAGMA secure_delete=ON")
    with file.writing() as db:
        forget_in(db, learners, class_list)
