"""Putting sessions and events on record, together with all that is derived from them."""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from quiz.core.content.item import ItemRef
from quiz.core.events.effective import ABOUT_ANOTHER, changed_by, is_void, live
from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, EventKind, Opening
from quiz.errors import HistoryConflict
from quiz.record.projections.memory import Openings, project
from quiz.record.projections.totals import add_totals, added, difference, session_totals
from quiz.record.row_codec import EVENT, SESSION, Row, as_kept, event_of, opening_row, row_of

_ALL = f"SELECT {', '.join(EVENT)} FROM event WHERE session=? ORDER BY n"
_ONE = f"SELECT {', '.join(EVENT)} FROM event WHERE session=? AND n=?"
_PUT_EVENT = f"INSERT INTO event({', '.join(EVENT)}) VALUES({', '.join('?' * len(EVENT))})"
_PUT_SESSION = f"INSERT INTO session({', '.join(SESSION)}) VALUES({', '.join('?' * len(SESSION))})"
_PROGRESS = "session, learner, mode, last_n, last_at, is_ended, is_void"


def put_session(db: sqlite3.Connection, opening: Opening) -> None:
    """Put a session's opening on record. The same again is nothing.

    Raises HistoryConflict where another opening has its id, ValueError for an id that is no UUID.
    """
    row = opening_row(opening)
    before = db.execute(f"SELECT {', '.join(SESSION)} FROM session WHERE id=?", row[:1]).fetchone()
    if before == row:
        return
    if before is not None:
        raise HistoryConflict(f"Another session has the id {opening.id}.", "Start a new one.")
    db.execute(_PUT_SESSION, row)
    put_progress(db, progress_of(opening, ()))


def put_events(db: sqlite3.Connection, openings: Openings, session_id: str, events: Sequence[Event]) -> None:
    """Put a session's next events on record, and keep memories and totals in step.

    An event that is on record already, the same in everything, is nothing. Raises HistoryConflict where
    another one has its number, KeyError for a session that was never started, ValueError for a gap.
    """
    key = id_key(session_id)
    opening = openings[key]
    last_n, last_at, is_ended, was_void = _progress(db, opening, key)
    new = _without_known(db, opening, key, events, last_n)
    if not new:
        return
    is_simple = not was_void and not any(event.kind in ABOUT_ANOTHER for event in new)
    before = [] if is_simple else events_of(db, opening, key)
    insert_events(db, opening, key, new)
    last = (new[-1].n, max(last_at, *(event.at for event in new)))
    if is_simple:
        has_ended = is_ended or any(event.kind is EventKind.END for event in new)
        put_progress(db, (key, opening.learner, str(opening.mode), *last, int(has_ended), 0))
        add_totals(db, added(opening, new))
        project(db, openings, touched_by(opening, new))
    else:
        after = [*before, *new]
        put_progress(db, progress_of(opening, after))
        add_totals(db, difference(session_totals(opening, after), session_totals(opening, before)))
        project(db, openings, touched_by(opening, changed_by(new, after)))


def insert_events(db: sqlite3.Connection, opening: Opening, key: bytes, events: Iterable[Event]) -> None:
    """Insert events as they are, and nothing that follows from them."""
    db.executemany(_PUT_EVENT, [row_of(event, key, opening.learner) for event in events])


def _without_known(
    db: sqlite3.Connection, opening: Opening, key: bytes, events: Sequence[Event], last_n: int
) -> list[Event]:
    numbers = [event.n for event in events]
    if not numbers:
        return []
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or not 1 <= numbers[0] <= last_n + 1:
        raise ValueError(f"After event {last_n} of {opening.id} come events {numbers}.")
    for event in events:
        if event.n <= last_n and not _is_known(db, opening, key, event):
            raise HistoryConflict(
                "Another window went on with this session.",
                "Open it again to go on from where that one is.",
            )
    return [event for event in events if event.n > last_n]


def _is_known(db: sqlite3.Connection, opening: Opening, key: bytes, event: Event) -> bool:
    row = db.execute(_ONE, (key, event.n)).fetchone()
    return row is not None and event_of(row, opening.learner) == as_kept(event, key, opening.learner)


def _progress(db: sqlite3.Connection, opening: Opening, key: bytes) -> Row:
    row = db.execute(f"SELECT {_PROGRESS} FROM progress WHERE session=?", (key,)).fetchone()
    is_sound = row is not None and all(isinstance(number, int) for number in row[3:])
    return tuple((row if is_sound else progress_of(opening, events_of(db, opening, key)))[3:])


def events_of(db: sqlite3.Connection, opening: Opening, key: bytes) -> list[Event]:
    """Return all events of a session, in their order. Raises DamagedRow."""
    return [event_of(row, opening.learner) for row in db.execute(_ALL, (key,))]


def progress_of(opening: Opening, events: Sequence[Event]) -> Row:
    """Return the row of `progress` for a session with all its events."""
    return (
        id_key(opening.id),
        opening.learner,
        str(opening.mode),
        max((event.n for event in events), default=0),
        max((opening.started, *(event.at for event in events))),
        int(any(event.kind is EventKind.END for event in live(events))),
        int(is_void(events)),
    )


def put_progress(db: sqlite3.Connection, row: Row) -> bool:
    """Put a row of `progress` in the place of the session's earlier one; say whether it was another."""
    before = db.execute(f"SELECT {_PROGRESS} FROM progress WHERE session=?", row[:1]).fetchone()
    if before != row:
        db.execute(f"INSERT OR REPLACE INTO progress({_PROGRESS}) VALUES(?,?,?,?,?,?,?)", row)
    return bool(before != row)


def touched_by(opening: Opening, events: Iterable[Event]) -> set[tuple[str, ItemRef]]:
    """Return whose memory of which items some events may have changed."""
    return {(event.learner or opening.learner, event.ref) for event in events if event.item}
