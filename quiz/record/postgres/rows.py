"""Sessions and events as rows of a school's database: the record's columns, and those that a school adds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from quiz.core.events.effective import targets_of
from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.record.row_codec import EVENT, SESSION, Row, event_of, header_of, opening_row, row_of

Part: TypeAlias = tuple[SessionHeader, Sequence[Event]]
"""A session with some of its events."""

SESSION_COLUMNS = ("owner", *SESSION)
EVENT_COLUMNS = ("owner", "also", *EVENT)
CRC_OF_SESSION = SESSION_COLUMNS.index("crc")
CRC_OF_EVENT = EVENT_COLUMNS.index("crc")
_TYPES = {
    "id": "uuid", "session": "uuid", "n": "bigint", "at": "bigint", "started": "bigint", "crc": "bigint",
    "duration_ms": "bigint", "score": "float8", "target": "bigint",
}  # fmt: skip

SESSION_LIST = ", ".join(SESSION)
EVENT_LIST = ", ".join(EVENT)


def role_of(learner: str) -> str:
    """Return the role as which a learner logs in."""
    return f"quiz_{learner}"


def session_row(header: SessionHeader) -> Row:
    """Return a session's opening as a row. Raises ValueError for an id that is not a UUID."""
    key, *rest = opening_row(header)
    return (role_of(header.learner), UUID(bytes=key), *rest)


def event_row(header: SessionHeader, event: Event) -> Row:
    """Return an event as a row. Raises ValueError for what cannot be recorded."""
    key, *rest = row_of(event, id_key(header.id), header.learner)
    also = targets_of(event) if event.kind is EventKind.UNDO else ()
    return (
        role_of(header.learner),
        f"{{{','.join(map(str, also))}}}" if also else None,
        UUID(bytes=key),
        *rest,
    )


def header_in(row: Sequence[Any]) -> SessionHeader:
    """Return the opening in the columns of `SESSION_LIST`. Raises DamagedRow."""
    return header_of((row[0].bytes, *row[1:]))


def event_in(row: Sequence[Any], learner: str) -> Event:
    """Return the event in the columns of `EVENT_LIST`; `learner` is the session's own. Raises DamagedRow."""
    return event_of((row[0].bytes, *row[1:]), learner)


def put_many(table: str, columns: Sequence[str]) -> str:
    """Return the statement that inserts rows given as one array a column; those that are there stay."""
    kinds = [f"%s::{_TYPES.get(column, 'text')}[]" for column in columns]
    chosen = ["u.also::bigint[]" if column == "also" else f"u.{column}" for column in columns]
    return (
        f"INSERT INTO quiz.{table}({', '.join(columns)}) SELECT {', '.join(chosen)}"  # noqa: S608 - our names
        f" FROM unnest({', '.join(kinds)}) AS u({', '.join(columns)}) ON CONFLICT DO NOTHING"
    )


def arrays(rows: Iterable[Row]) -> list[list[Any]]:
    """Return rows, of which there is at least one, as one list a column."""
    return [list(column) for column in zip(*rows, strict=True)]
