"""Checking whether a record is still what was written."""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice

from quiz.core.events.ids import id_text
from quiz.errors import DiskFull, RecordError
from quiz.record.name_rows import COLUMNS, SINCE, checked
from quiz.record.row_codec import EVENT, SESSION, DamagedRow, event_of, header_of
from quiz.record.sqlite.connection import RecordFile
from quiz.record.upkeep.snapshot import is_large, snapshot_of

ENOUGH = 100
"""The most complaints of one sort."""
AT_ONCE = 50
"""How many sessions are looked through before others may write."""


def complaints(file: RecordFile) -> list[str]:
    """Return a sentence for everything in a record that is not as it was written.

    A large record is checked in a copy, if there is room for one, so that others can go on writing.
    """
    if is_large(file) and not file.is_read_only:
        with suppress(DiskFull), snapshot_of(file) as copy:
            return [*_complaints(file, (_size,)), *_complaints(copy, _CHECKS)]
    return complaints_in_place(file)


def complaints_in_place(file: RecordFile) -> list[str]:
    """Return the same for a file that nobody is waiting for."""
    return _complaints(file, (_size, *_CHECKS))


def complaints_of_sqlite(file: RecordFile) -> list[str]:
    """Return what SQLite finds wrong with a record of any schema."""
    return _complaints(file, (_size, _by_sqlite))


def _complaints(file: RecordFile, checks: Iterable[Callable[[RecordFile], Iterator[str]]]) -> list[str]:
    found: list[str] = []
    for check in checks:
        try:
            with file.reading():
                for complaint in check(file):
                    if len(found) >= ENOUGH:
                        return found
                    found.append(complaint)
        except RecordError as error:
            found.append(error.message)
    return list(dict.fromkeys(found))


def _size(file: RecordFile) -> Iterator[str]:
    if file.is_cut():
        yield f"{file.path} is shorter or longer than it says: it was cut, or something was added."


def _by_sqlite(file: RecordFile) -> Iterator[str]:
    for (line,) in file.db.execute(f"PRAGMA integrity_check({ENOUGH})"):
        if line != "ok":
            yield f"SQLite says: {line}."


def _references(file: RecordFile) -> Iterator[str]:
    for table, _, parent, _ in file.db.execute("PRAGMA foreign_key_check"):
        yield f"A row of {table} is about a {parent} that is not on record."


def _rows(file: RecordFile) -> Iterator[str]:
    for row in file.db.execute(f"SELECT {', '.join(SESSION)} FROM session"):
        try:
            header_of(row)
        except DamagedRow as error:
            yield f"{str(error).capitalize()}."
    for row in file.db.execute(f"SELECT {', '.join(EVENT)} FROM event"):
        try:
            event_of(row, "")
        except DamagedRow as error:
            yield f"{str(error).capitalize()}."


def _names(file: RecordFile) -> Iterator[str]:
    if file.version() < SINCE:
        return
    for table, columns in COLUMNS.items():
        for row in file.db.execute(f"SELECT {', '.join(columns)}, crc FROM {table}"):
            try:
                checked(table, row)
            except DamagedRow as error:
                yield f"{str(error).capitalize()}."


def gaps(file: RecordFile) -> list[str]:
    """Return a sentence for each session that lacks some of its events, at most a hundred.

    Lost events are not damage: a record with gaps is sound, backed up and usable. Others may write meanwhile.
    """
    found: list[str] = []
    session = b""
    while len(found) < ENOUGH:
        with file.reading() as db:
            rows = db.execute(
                "SELECT session, max(n), count(*) FROM event WHERE session>?"
                " GROUP BY session ORDER BY session LIMIT ?",
                (session, AT_ONCE),
            ).fetchall()
            for key, last, there in rows:
                if there < last:
                    numbers = db.execute("SELECT n FROM event WHERE session=?", (key,))
                    found.append(lacking(key, last, (n for (n,) in numbers)))
        if len(rows) < AT_ONCE:
            break
        session = rows[-1][0]
    return found[:ENOUGH]


def lacking(key: bytes, last: int, there: Iterable[int]) -> str:
    """Describe which of the events up to `last` a session lacks."""
    known = set(there)
    missing = list(islice((n for n in range(1, last + 1) if n not in known), 6))
    more = max(0, last - len(known) - 5)
    named = ", ".join(map(str, missing[:5])) + (f" and {more:,} more" if more else "")
    noun = "event" if len(missing) == 1 else "events"
    return f"Session {id_text(key)} lacks {noun} {named} of its {last:,}."


_CHECKS = (_by_sqlite, _references, _names, _rows)
