"""Writing sessions and events to the record, together with everything derived from them."""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain

from quiz.core.events.effective import ABOUT_ANOTHER, effective_events
from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.errors import RecordConflict
from quiz.record.projections.memory import SessionHeaders
from quiz.record.projections.totals import add_totals, added, difference, session_totals
from quiz.record.row_codec import EVENT, SESSION, Row, as_kept, event_of, opening_row, row_of
from quiz.record.sqlite.late_indexes import LateIndexes

_ALL = f"SELECT {', '.join(EVENT)} FROM event WHERE session=? ORDER BY n"
_ONE = f"SELECT {', '.join(EVENT)} FROM event WHERE session=? AND n=?"
_PUT_EVENT = f"INSERT INTO event({', '.join(EVENT)}) VALUES({', '.join('?' * len(EVENT))})"
_AT_ONCE = 4096
"""How many events are held before they are inserted."""
_IN_ONE = 50
"""How many of them one statement inserts: older libraries of SQLite bind no more than 999 values."""
_PUT_MANY = _PUT_EVENT + f", ({', '.join('?' * len(EVENT))})" * (_IN_ONE - 1)
_PUT_SESSION = f"INSERT INTO session({', '.join(SESSION)}) VALUES({', '.join('?' * len(SESSION))})"
_PROGRESS = "session, learner, mode, last_n, last_at, is_ended, is_void"
_PUT_PROGRESS = f"INSERT OR REPLACE INTO progress({_PROGRESS}) VALUES(?,?,?,?,?,?,?)"


def put_session(db: sqlite3.Connection, header: SessionHeader) -> None:
    """Record a session's opening. Recording the same again has no effect.

    Raises RecordConflict where another opening has its id, ValueError for an id that is not a UUID.
    """
    row = opening_row(header)
    before = db.execute(f"SELECT {', '.join(SESSION)} FROM session WHERE id=?", row[:1]).fetchone()
    if before == row:
        return
    if before is not None:
        raise RecordConflict(f"Another session has the id {header.id}.", "Start a new one.")
    db.execute(_PUT_SESSION, row)
    put_progress(db, progress_of(header, ()))


def append_events(
    db: sqlite3.Connection, headers: SessionHeaders, session_id: str, events: Sequence[Event]
) -> None:
    """Record a session's next events, and update memories and totals.

    An event that is already recorded, equal in every respect, has no effect. Raises RecordConflict where
    another event has its number, KeyError for a session that was never started, ValueError for a gap.
    """
    from quiz.record.projections.item_updates import News

    key = id_key(session_id)
    header = headers[key]
    last_n, last_at, is_ended, was_void = _progress(db, header, key)
    new = _without_known(db, header, key, events, last_n)
    if not new:
        return
    is_simple = not was_void and not any(event.kind in ABOUT_ANOTHER for event in new)
    before = [] if is_simple else events_of(db, header, key)
    db.executemany(_PUT_EVENT, [row_of(event, key, header.learner) for event in new])
    last = (new[-1].n, max(last_at, *(event.at for event in new)))
    if is_simple:
        has_ended = is_ended or any(event.kind is EventKind.END for event in new)
        put_progress(db, (key, header.learner, str(header.mode), *last, int(has_ended), 0))
        add_totals(db, added(header, new))
        after = new
    else:
        after = [*before, *new]
        put_progress(db, progress_of(header, after))
        add_totals(db, difference(session_totals(header, after), session_totals(header, before)))
    news = News()
    news.add(header, new, after)
    news.update(db, headers)


class NewRows:
    """Sessions and events that are to be inserted together, with the progress of sessions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.sessions: set[bytes] = set()
        """The sessions of which something waits to be inserted."""
        self._openings: list[Row] = []
        self._events: list[Row] = []
        self._progress: dict[bytes, Row] = {}
        self._indexes = LateIndexes(db, "event")
        self._is_much = False

    def add_session(self, header: SessionHeader, key: bytes) -> None:
        """Add the opening of a session that is not on record. Raises ValueError for an id that is no UUID."""
        self._openings.append(opening_row(header))
        self.sessions.add(key)

    def add(self, header: SessionHeader, key: bytes, new: Iterable[Event], after: Sequence[Event]) -> None:
        """Add new events of a session, which has the events `after` with them."""
        self._events += [row_of(event, key, header.learner) for event in new]
        self._progress[key] = progress_of(header, after)
        self.sessions.add(key)
        if len(self._events) >= _AT_ONCE:
            self.write()

    def write(self) -> None:
        """Insert them. If they are many, the record can be asked about items only after `finish`."""
        if len(self._events) >= _AT_ONCE and not self._is_much:
            self._is_much = True
            self._indexes.drop_if_few(_AT_ONCE)
        self._db.executemany(_PUT_SESSION, self._openings)
        whole = len(self._events) - len(self._events) % _IN_ONE
        for first in range(0, whole, _IN_ONE):
            self._db.execute(_PUT_MANY, [*chain.from_iterable(self._events[first : first + _IN_ONE])])
        self._db.executemany(_PUT_EVENT, self._events[whole:])
        self._db.executemany(_PUT_PROGRESS, self._progress.values())
        self.sessions, self._openings, self._events, self._progress = set(), [], [], {}

    def finish(self) -> None:
        """Insert what is left, and make the indexes anew that were missing meanwhile."""
        self.write()
        self._indexes.make()


def _without_known(
    db: sqlite3.Connection, header: SessionHeader, key: bytes, events: Sequence[Event], last_n: int
) -> list[Event]:
    numbers = [event.n for event in events]
    if not numbers:
        return []
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or not 1 <= numbers[0] <= last_n + 1:
        raise ValueError(f"After event {last_n} of {header.id} come events {numbers}.")
    for event in events:
        if event.n <= last_n and not _is_known(db, header, key, event):
            raise RecordConflict(
                "Another window continued this session.",
                "Open it again to go on from there.",
            )
    return [event for event in events if event.n > last_n]


def _is_known(db: sqlite3.Connection, header: SessionHeader, key: bytes, event: Event) -> bool:
    row = db.execute(_ONE, (key, event.n)).fetchone()
    return row is not None and event_of(row, header.learner) == as_kept(event, key, header.learner)


def _progress(db: sqlite3.Connection, header: SessionHeader, key: bytes) -> Row:
    row = db.execute(f"SELECT {_PROGRESS} FROM progress WHERE session=?", (key,)).fetchone()
    is_sound = row is not None and all(isinstance(number, int) for number in row[3:])
    return tuple((row if is_sound else progress_of(header, events_of(db, header, key)))[3:])


def events_of(db: sqlite3.Connection, header: SessionHeader, key: bytes) -> list[Event]:
    """Return all events of a session, in their order. Raises DamagedRow."""
    return [event_of(row, header.learner) for row in db.execute(_ALL, (key,))]


def progress_of(header: SessionHeader, events: Sequence[Event]) -> Row:
    """Return the `progress` row of a session with these events."""
    kinds = {event.kind for event in events}
    has_ended = EventKind.END in kinds and any(
        event.kind is EventKind.END for event in effective_events(events)
    )
    return (
        id_key(header.id),
        header.learner,
        str(header.mode),
        max([event.n for event in events], default=0),
        max([header.started, *[event.at for event in events]]),
        int(has_ended),
        int(EventKind.VOID in kinds),
    )


def put_progress(db: sqlite3.Connection, row: Row) -> bool:
    """Replace a session's `progress` row, and return whether it changed."""
    before = db.execute(f"SELECT {_PROGRESS} FROM progress WHERE session=?", row[:1]).fetchone()
    if before != row:
        db.execute(_PUT_PROGRESS, row)
    return bool(before != row)
