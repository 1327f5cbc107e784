"""Names that are forgotten are forgotten in the record's backups as well."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from quiz.errors import HistoryError
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.upkeep.backups import backups_of


def forget_in(db: sqlite3.Connection, learners: Sequence[str], roster: str = "") -> None:
    """Overwrite learners' names with nothing and take them off their rosters, in an open transaction.

    With a roster's id, that one is gone as well. `secure_delete` must be on.
    """
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    db.executemany("UPDATE learner SET name='' WHERE id=?", [(learner,) for learner in learners])
    if "roster_learner" in tables:
        db.executemany("DELETE FROM roster_learner WHERE learner=?", [(learner,) for learner in learners])
        if roster:
            db.execute("DELETE FROM roster_learner WHERE roster=?", (roster,))
            db.execute("DELETE FROM roster WHERE id=?", (roster,))


def forget_in_backups(path: Path, learners: Sequence[str], roster: str = "") -> list[Path]:
    """Forget learners and a roster in every backup of a record; return those that could not be written.

    A backup stays as old as it was.
    """
    refused = []
    for backup in backups_of(path):
        try:
            status = backup.path.stat()
            with closing(connect(backup.path)) as file:
                _forget(file, learners, roster)
            with suppress(OSError):
                os.utime(backup.path, ns=(status.st_atime_ns, status.st_mtime_ns))
        except (HistoryError, OSError):
            refused.append(backup.path)
    return refused


def _forget(file: RecordFile, learners: Sequence[str], roster: str) -> None:
    file.db.execute("PRAGMA secure_delete=ON")
    with file.writing() as db:
        forget_in(db, learners, roster)
