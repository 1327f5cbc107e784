"""The event store in PostgreSQL, as the school's owner sees it, or as much of it as a role may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, SessionHeader
from quiz.errors import RecordConflict
from quiz.record.interface import later_events
from quiz.record.postgres.connection import translated
from quiz.record.postgres.rows import (
    EVENT_COLUMNS,
    EVENT_LIST,
    SESSION_COLUMNS,
    SESSION_LIST,
    arrays,
    event_in,
    event_row,
    header_in,
    put_many,
    session_row,
)
from quiz.record.row_codec import as_kept

if TYPE_CHECKING:
    import psycopg

_PUT_SESSION = put_many("session", SESSION_COLUMNS)
_PUT_EVENTS = put_many("event", EVENT_COLUMNS)


class PostgresEventStore:
    """The sessions and events of a school. `EventStore` in `interface.py` documents its methods."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._db = connection

    def start_with(self, header: SessionHeader, events: Sequence[Event]) -> None:
        with self._writing(header.id):
            self._db.execute(_PUT_SESSION, arrays([session_row(header)]))
            if self._header(header.id) != header:
                raise RecordConflict(f"Another session has the id {header.id}.", "Start a new one.")
            self._append(header, events)

    def append(self, session_id: str, events: Sequence[Event]) -> None:
        with self._writing(session_id):
            self._append(self._header(session_id), events)

    def heads(self) -> dict[str, int]:
        with translated():
            rows = self._db.execute(
                "SELECT s.id, coalesce(max(e.n), 0) FROM quiz.session s"
                " LEFT JOIN quiz.event e ON e.session = s.id GROUP BY s.id ORDER BY s.id"
            ).fetchall()
        return {str(key): last for key, last in rows}

    def since(self, heads: Mapping[str, int]) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
        return later_events(self, heads)

    def header(self, session_id: str) -> SessionHeader:
        with translated():
            return self._header(session_id)

    def events(self, session_id: str) -> tuple[Event, ...]:
        with translated():
            return self._events(self._header(session_id))

    def forget(self, learners: Sequence[str]) -> list[Path]:
        from quiz.record.postgres.people import forget

        with translated():
            forget(self._db, learners)
        return []

    @contextmanager
    def _writing(self, session_id: str) -> Iterator[None]:
        """Write to a session that nobody else writes to meanwhile, all or nothing."""
        with translated(), self._db.transaction():
            self._db.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (session_id,))
            yield

    def _header(self, session_id: str) -> SessionHeader:
        row = self._db.execute(
            f"SELECT {SESSION_LIST} FROM quiz.session WHERE id=%s",  # noqa: S608 - our columns
            (UUID(bytes=id_key(session_id)),),
        ).fetchone()
        if row is None:
            raise KeyError(session_id)
        return header_in(row)

    def _events(self, header: SessionHeader) -> tuple[Event, ...]:
        rows = self._db.execute(
            f"SELECT {EVENT_LIST} FROM quiz.event WHERE session=%s ORDER BY n",  # noqa: S608 - our columns
            (UUID(bytes=id_key(header.id)),),
        )
        return tuple(event_in(row, header.learner) for row in rows)

    def _append(self, header: SessionHeader, events: Sequence[Event]) -> None:
        known = self._events(header)
        numbers, last = [event.n for event in events], known[-1].n if known else 0
        if numbers and (
            numbers != list(range(numbers[0], numbers[0] + len(numbers))) or not 1 <= numbers[0] <= last + 1
        ):
            raise ValueError(f"After event {last} of {header.id} come events {numbers}.")
        there = {event.n: event for event in known}
        kept = [as_kept(event, id_key(header.id), header.learner) for event in events]
        if any(there.get(event.n, event) != event for event in kept):
            raise RecordConflict(
                "Another window continued this session.", "Open it again to go on from there."
            )
        new = [event_row(header, event) for event in kept if event.n > last]
        if new:
            self._db.execute(_PUT_EVENTS, arrays(new))
