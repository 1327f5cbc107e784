"""Two records made one: their union by session and number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from quiz.core.content.item import ItemRef
from quiz.core.events.effective import changed_by
from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, SessionHeader
from quiz.errors import RecordConflict
from quiz.record.append import (
    events_of,
    insert_events,
    progress_of,
    put_progress,
    put_session,
    touched_by,
)
from quiz.record.projections.memory import SessionHeaders, update_projections
from quiz.record.projections.totals import add_totals, difference, session_totals
from quiz.record.read_models import Learner, Merged
from quiz.record.row_codec import as_kept


def merge(
    db: sqlite3.Connection,
    headers: SessionHeaders,
    learners: Iterable[Learner],
    sessions: Iterable[tuple[SessionHeader, Sequence[Event]]],
) -> Merged:
    """Take in what is not on record yet. To be run in a transaction; see Record.merge."""
    for learner in learners:
        _know(db, learner.id, learner.name)
    conflicts: list[str] = []
    touched: set[tuple[str, ItemRef]] = set()
    count_before = _count(db, "session")
    added = 0
    for header, events in sessions:
        for owner in {header.learner, *(event.learner for event in events if event.learner)}:
            _know(db, owner, "")
        try:
            put_session(db, header)
        except RecordConflict as error:
            conflicts.append(error.message)
            continue
        key = id_key(header.id)
        before = events_of(db, header, key)
        new, differing = _compared(header, key, before, events)
        conflicts += [f"Event {n} of session {header.id} is another one here." for n in differing]
        if new:
            after = sorted([*before, *new], key=lambda event: event.n)
            insert_events(db, header, key, new)
            put_progress(db, progress_of(header, after))
            add_totals(db, difference(session_totals(header, after), session_totals(header, before)))
            touched |= touched_by(header, changed_by(new, after))
            added += len(new)
    update_projections(db, headers, sorted(touched))
    return Merged(_count(db, "session") - count_before, added, tuple(conflicts))


def _compared(
    header: SessionHeader, key: bytes, before: Sequence[Event], events: Iterable[Event]
) -> tuple[list[Event], list[int]]:
    """Return the events that are new, and the numbers of those that are on record differently."""
    known = {event.n: event for event in before}
    new: dict[int, Event] = {}
    differing: list[int] = []
    for event in events:
        there = known.get(event.n) or new.setdefault(event.n, event)
        if there != event and there != as_kept(event, key, header.learner):
            differing.append(event.n)
    return list(new.values()), differing


def _know(db: sqlite3.Connection, learner: str, name: str) -> None:
    db.execute("INSERT OR IGNORE INTO learner(id, name) VALUES(?,?)", (learner, name))


def _count(db: sqlite3.Connection, table: str) -> int:
    (count,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(count)
