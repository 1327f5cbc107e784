"""Learners and class lists as rows of the record, each with a checksum over all its columns.

Names are not events: they can be forgotten. The checksum tells a name that a failing disk changed from one
that was given.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from quiz.record.read_models import Learner
from quiz.record.row_codec import DamagedRow, crc_of

COLUMNS = {
    "learner": ("id", "name"),
    "roster": ("id", "name"),
    "roster_learner": ("roster", "place", "learner"),
}
"""The tables that hold names or refer to them, and their columns before the checksum."""
SINCE = 4
"""The schema version from which these tables have checksums."""


def checksum(table: str, *columns: Any) -> int:
    """Return the checksum of a row. It depends on the table as well as on the columns."""
    return crc_of((table, *columns))


def put_row(db: sqlite3.Connection, table: str, *columns: Any, or_ignore: bool = False) -> None:
    """Insert a row into one of the tables. A row that is already there stays, or raises RecordConflict."""
    names = (*COLUMNS[table], "crc")
    db.execute(
        f"INSERT {'OR IGNORE ' if or_ignore else ''}INTO {table}({', '.join(names)})"
        f" VALUES({', '.join('?' * len(names))})",
        (*columns, checksum(table, *columns)),
    )


def rows_in(db: sqlite3.Connection, table: str, where: str = "", *values: Any) -> list[tuple[Any, ...]]:
    """Return rows of one of the tables without their checksums. Raises DamagedRow."""
    found = db.execute(
        f"SELECT {', '.join(COLUMNS[table])}, crc FROM {table} {where}",  # noqa: S608
        values,
    ).fetchall()
    return [checked(table, row) for row in found]


def checked(table: str, row: Sequence[Any]) -> tuple[Any, ...]:
    """Return a row without its checksum. Raises DamagedRow where the checksum is wrong."""
    if checksum(table, *row[:-1]) != row[-1]:
        what = {"learner": "a learner", "roster": "a class list"}.get(table, "a place on a class list")
        raise DamagedRow(f"{what} is not as it was written ({row[0]!r:.40})")
    return tuple(row[:-1])


def learners_in(db: sqlite3.Connection, where: str = "", *values: Any) -> list[Learner]:
    """Return learners. Raises DamagedRow."""
    return [Learner(*row) for row in rows_in(db, "learner", where, *values)]


def put_name(db: sqlite3.Connection, learner: str, name: str) -> None:
    """Give a learner another name."""
    db.execute(
        "UPDATE learner SET name=?, crc=? WHERE id=?", (name, checksum("learner", learner, name), learner)
    )


def forget_name(db: sqlite3.Connection, learner: str) -> None:
    """Clear a learner's name, in a record of any schema."""
    columns = {name for _, name, *_ in db.execute("PRAGMA table_info(learner)")}
    if "crc" in columns:
        db.execute(
            "UPDATE learner SET name='', crc=? WHERE id=?", (checksum("learner", learner, ""), learner)
        )
    else:
        db.execute("UPDATE learner SET name='' WHERE id=?", (learner,))
