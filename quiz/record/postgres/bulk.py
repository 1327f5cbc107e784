"""Bringing the sessions of many learners into a school's database at once, as its owner."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from quiz.record.postgres.connection import translated
from quiz.record.postgres.rows import EVENT_COLUMNS, SESSION_COLUMNS, Part, event_row, session_row

if TYPE_CHECKING:
    import psycopg

_STAGED = {"session": SESSION_COLUMNS, "event": EVENT_COLUMNS}


class BroughtIn(NamedTuple):
    """How many events were new, were there already, and were refused: something else has their place."""

    stored: int
    present: int
    refused: int


def bring_in(connection: psycopg.Connection[Any], parts: Iterable[Part]) -> BroughtIn:
    """Put sessions and their events into the database, all or nothing; what is there stays as it is.

    They are copied into a table of this connection's first, from which one statement takes what is new. An
    event of a session whose opening is another one there is refused. Raises RecordError.
    """
    with translated(), connection.transaction():
        for table, columns in _STAGED.items():
            connection.execute(
                f"CREATE TEMP TABLE staged_{table} ON COMMIT DROP AS"  # noqa: S608 - our names
                f" SELECT {', '.join(columns)} FROM quiz.{table} WITH NO DATA"
            )
        sessions = []
        with connection.cursor() as cursor:
            with cursor.copy(_copy("event")) as copy:
                for header, events in parts:
                    sessions.append(session_row(header))
                    for event in events:
                        copy.write_row(event_row(header, event))
            with cursor.copy(_copy("session")) as copy:
                for row in sessions:
                    copy.write_row(row)
        ids = [row[SESSION_COLUMNS.index("id")] for row in sessions]
        span = min(ids, default=None), max(ids, default=None)
        connection.execute("ANALYZE staged_session (id)")
        _put(connection, "session")
        refused = connection.execute(
            "DELETE FROM staged_event e WHERE e.session IN (SELECT s.id FROM staged_session s"
            " JOIN quiz.session t ON t.id = s.id WHERE t.crc <> s.crc AND t.id BETWEEN %s AND %s)",
            span,
        ).rowcount
        connection.execute("ANALYZE staged_event (session, n)")
        told = connection.execute(
            "WITH known AS (DELETE FROM staged_event s USING quiz.event t"
            " WHERE t.session = s.session AND t.n = s.n AND t.session BETWEEN %s AND %s"
            " RETURNING t.crc = s.crc AS is_same)"
            " SELECT count(*) FILTER (WHERE is_same), count(*) FILTER (WHERE NOT is_same) FROM known",
            span,
        ).fetchone()
        present, differing = told or (0, 0)
        stored = _put(connection, "event")
        left = connection.execute("SELECT count(*) FROM staged_event").fetchone()
    taken = (left[0] if left else stored) - stored  # by another connection, this very moment
    return BroughtIn(stored, present, refused + differing + taken)


def _copy(table: str) -> str:
    return f"COPY staged_{table}({', '.join(_STAGED[table])}) FROM STDIN"


def _put(connection: psycopg.Connection[Any], table: str) -> int:
    columns = ", ".join(_STAGED[table])
    return connection.execute(
        f"INSERT INTO quiz.{table}({columns}) SELECT {columns} FROM staged_{table} ON CONFLICT DO NOTHING"  # noqa: S608
    ).rowcount
