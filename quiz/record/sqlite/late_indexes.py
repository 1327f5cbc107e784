"""Inserting much into a table: its indexes are made once all rows are there, in half the time."""

# ruff: noqa: S608 - only names of our own tables and indexes are put into these statements.

from __future__ import annotations

import sqlite3


class LateIndexes:
    """The indexes of a table that are missing while much is inserted, within one transaction.

    Whoever else reads the file never sees it without them, and a transaction that fails leaves them as they
    were. Until they are made again, nothing may be asked for by them.
    """

    def __init__(self, db: sqlite3.Connection, table: str) -> None:
        self._db = db
        self._table = table
        self._missing: list[str] = []

    def drop_if_few(self, rows: int) -> None:
        """Drop the indexes unless the table has more than some number of rows already."""
        count = f"SELECT count(*) FROM (SELECT 1 FROM {self._table} LIMIT ?)"
        if self._db.execute(count, (rows + 1,)).fetchone()[0] > rows:
            return
        of_table = "FROM sqlite_master WHERE type='index' AND tbl_name=? AND sql IS NOT NULL"
        for name, sql in self._db.execute(f"SELECT name, sql {of_table}", (self._table,)).fetchall():
            self._db.execute(f"DROP INDEX {name}")
            self._missing.append(sql)

    def make(self) -> None:
        """Make the indexes that were dropped."""
        for sql in self._missing:
            self._db.execute(sql)
        self._missing = []
