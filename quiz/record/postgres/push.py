"""Sending events to a school's database: each is answered, and sending it again has no effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from quiz.core.text.safe_text import one_line
from quiz.record.postgres.connection import PATIENCE, translated, within
from quiz.record.postgres.rows import (
    CRC_OF_EVENT,
    CRC_OF_SESSION,
    EVENT_COLUMNS,
    SESSION_COLUMNS,
    Part,
    arrays,
    event_row,
    put_many,
    session_row,
)

if TYPE_CHECKING:
    from uuid import UUID

    import psycopg

    from quiz.record.row_codec import Row

BATCH = 1000
"""The most events that are sent in one transaction."""
OTHERS = "Something else is there under its number."
"""Why an event is refused whose place is taken, by another event of its session or by somebody else's."""
_SESSION, _EVENT, _N = SESSION_COLUMNS.index("id"), EVENT_COLUMNS.index("session"), EVENT_COLUMNS.index("n")
_PUT_SESSIONS = put_many("session", SESSION_COLUMNS) + " RETURNING id"
_PUT_EVENTS = put_many("event", EVENT_COLUMNS) + " RETURNING session, n"


class Pushed(msgspec.Struct, frozen=True):
    """How each event that was sent was answered."""

    stored: int = 0
    present: int = 0
    """How many were there already."""
    refused: dict[str, dict[int, str]] = msgspec.field(default_factory=dict)
    """Why some were refused, by their sessions and numbers."""


def push(connection: psycopg.Connection[Any], parts: Sequence[Part], patience: float = PATIENCE) -> Pushed:
    """Send parts of sessions in one transaction. When this returns, all that is not refused is durable there.

    Raises SchoolUnreachable where no answer comes within `patience` seconds, and other RecordErrors.
    """
    with translated(), within(connection, patience):
        if _are_all_new(connection, parts):
            return Pushed(sum(len(events) for _, events in parts))
        answers = _Answers(connection)
        with connection.transaction():
            answers.put(parts)
        return Pushed(answers.stored, answers.present, answers.refused)


def _are_all_new(connection: psycopg.Connection[Any], parts: Sequence[Part]) -> bool:
    """Put parts of sessions there where all of them are new and none is refused; otherwise nothing.

    That takes two trips to the server, where asking about each step takes eight.
    """
    from psycopg import Pipeline, Rollback, errors

    if not Pipeline.is_supported():
        return False
    try:
        sessions = list({header.id: session_row(header) for header, _ in parts}.values())
        events = [event_row(header, event) for header, events in parts for event in events]
    except ValueError:
        return False
    if not events:
        return False
    with suppress(errors.DataError, errors.IntegrityError, errors.InsufficientPrivilege):
        with connection.pipeline(), connection.transaction():
            opened = connection.execute(_PUT_SESSIONS, arrays(sessions))
            put = connection.execute(_PUT_EVENTS, arrays(events))
            are_new = (len(opened.fetchall()), len(put.fetchall())) == (len(sessions), len(events))
            if not are_new:
                raise Rollback
        return are_new
    return False


def batches(parts: Iterator[Part], size: int = BATCH) -> Iterator[list[Part]]:
    """Yield parts of sessions in batches of no more than `size` events, each part with its opening."""
    batch: list[Part] = []
    room = size
    for header, events in parts:
        rest: Sequence[Any] = events
        while True:
            batch.append((header, rest[:room]))
            taken = len(rest[:room])
            rest, room = rest[taken:], room - taken
            if not room:
                yield batch
                batch, room = [], size
            if not rest:
                break
    if batch:
        yield batch


class _Answers:
    """Puts rows into the tables. A batch that is refused is halved until it is known what is wrong."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._db = connection
        self.stored = 0
        self.present = 0
        self.refused: dict[str, dict[int, str]] = {}

    def put(self, parts: Sequence[Part]) -> None:
        sessions = {header.id: session_row(header) for header, _ in parts}
        unfit = self._put_sessions(list(sessions.values()))
        rows = []
        for header, events in parts:
            row = sessions[header.id]
            for event in events:
                if row[_SESSION] in unfit:
                    self._refuse(row[_SESSION], event.n, unfit[row[_SESSION]])
                    continue
                try:
                    rows.append(event_row(header, event))
                except ValueError as error:
                    self._refuse(row[_SESSION], event.n, str(error))
        self._put_events(rows)

    def _put_sessions(self, rows: list[Row]) -> dict[UUID, str]:
        """Put the openings of sessions there; return those that are refused, and why."""
        stored, unfit = self._put(_PUT_SESSIONS, rows)
        found = {row[_SESSION]: why for row, why in unfit}
        left = {row[_SESSION]: row[CRC_OF_SESSION] for row in rows} if len(stored) < len(rows) else {}
        left = {key: crc for key, crc in left.items() if (key,) not in stored and key not in found}
        if not left:
            return found
        there = self._db.execute("SELECT id, crc FROM quiz.session WHERE id = ANY(%s)", (list(left),))
        known = dict(there.fetchall())
        return found | {key: OTHERS for key, crc in left.items() if known.get(key) != crc}

    def _put_events(self, rows: list[Row]) -> None:
        stored, unfit = self._put(_PUT_EVENTS, rows)
        self.stored += len(stored)
        for row, why in unfit:
            self._refuse(row[_EVENT], row[_N], why)
        refused = {(row[_EVENT], row[_N]) for row, _ in unfit}
        left = [row for row in rows if (row[_EVENT], row[_N]) not in stored | refused]
        if not left:
            return
        there = self._db.execute(
            "SELECT e.session, e.n, e.crc FROM unnest(%s::uuid[], %s::bigint[]) AS k(session, n)"
            " JOIN quiz.event e ON e.session = k.session AND e.n = k.n",
            ([row[_EVENT] for row in left], [row[_N] for row in left]),
        )
        known = {(session, n): crc for session, n, crc in there.fetchall()}
        for row in left:
            if known.get((row[_EVENT], row[_N])) == row[CRC_OF_EVENT]:
                self.present += 1
            else:
                self._refuse(row[_EVENT], row[_N], OTHERS)

    def _put(self, statement: str, rows: list[Row]) -> tuple[set[tuple[Any, ...]], list[tuple[Row, str]]]:
        """Put rows there; return the keys of those that are new, and the rows that are refused, and why."""
        from psycopg import errors

        if not rows:
            return set(), []
        try:
            with self._db.transaction():
                return set(self._db.execute(statement, arrays(rows)).fetchall()), []
        except (errors.DataError, errors.IntegrityError, errors.InsufficientPrivilege) as error:
            if len(rows) == 1:
                return set(), [(rows[0], one_line(str(error).partition("\n")[0], 200))]
        half = len(rows) // 2
        first, second = self._put(statement, rows[:half]), self._put(statement, rows[half:])
        return first[0] | second[0], first[1] + second[1]

    def _refuse(self, session: UUID, n: int, why: str) -> None:
        self.refused.setdefault(str(session), {})[n] = why
