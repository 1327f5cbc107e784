"""Merging two records by session and event number."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, SessionHeader
from quiz.errors import RecordConflict
from quiz.record.append import NewRows, events_of, put_session
from quiz.record.name_rows import put_row
from quiz.record.projections.item_updates import News
from quiz.record.projections.memory import SessionHeaders
from quiz.record.projections.totals import (
    Addends,
    add_totals,
    difference,
    gather_session,
    session_totals,
    summed,
)
from quiz.record.read_models import Learner, Merged
from quiz.record.row_codec import as_kept
from quiz.record.upkeep.integrity import lacking

_MOST_WAITING = 200_000
"""How many events are held before what follows from them is written."""
_MOST_MISSING = 1_000_000
"""No session ever lacked more events than this: its numbers are not credible."""


def merge(
    db: sqlite3.Connection,
    headers: SessionHeaders,
    learners: Iterable[Learner],
    sessions: Iterable[tuple[SessionHeader, Sequence[Event]]],
    *,
    with_gaps: bool = False,
) -> Merged:
    """Record what is new in another record. Must run in a transaction; see Record.merge."""
    for learner in learners:
        _know(db, learner.id, learner.name)
    union = _Union(db, headers, with_gaps=with_gaps)
    count_before = _count(db, "session")
    for header, events in sessions:
        union.take(header, events)
    union.write()
    return Merged(
        _count(db, "session") - count_before,
        union.added,
        tuple(union.conflicts),
        tuple(_said_of(header, events) for header, events in union.waiting.values()),
        union.differing,
    )


class _Union:
    """Takes in sessions whole or in parts. A session that is incomplete waits for the rest."""

    def __init__(self, db: sqlite3.Connection, headers: SessionHeaders, *, with_gaps: bool) -> None:
        self._db = db
        self._headers = headers
        self._with_gaps = with_gaps
        self._owners: set[str] = set()
        self._is_first = db.execute("SELECT 1 FROM event LIMIT 1").fetchone() is None
        self._rows = NewRows(db)
        self._news = News()
        self._totals: Addends = defaultdict(list)
        self.added = 0
        self.conflicts: list[str] = []
        self.differing: dict[str, list[int]] = {}
        self.waiting: dict[str, tuple[SessionHeader, list[Event]]] = {}

    def take(self, header: SessionHeader, events: Sequence[Event]) -> None:
        """Take in a session or part of it, unless it lacks events that are not on record either."""
        if header.id in self.waiting:
            waiting = self.waiting.pop(header.id)
            header, events = waiting[0], [*waiting[1], *events]
        key = id_key(header.id)
        is_known = self._is_known(key)
        before = events_of(self._db, header, key) if is_known else []
        differing: list[int] = []
        if not before and _is_whole(events):
            new, after = events, events
        else:
            new, differing = _compared(header, key, before, events)
            after = sorted([*before, *new], key=lambda event: event.n)
        if not self._with_gaps and not _missing(after) <= _missing(before):
            self.waiting[header.id] = header, list(events)
            return
        for owner in {header.learner, *[event.learner for event in events if event.learner]} - self._owners:
            _know(self._db, owner, "")
            self._owners.add(owner)
        if is_known:
            try:
                put_session(self._db, header)
            except RecordConflict as error:
                self.conflicts.append(error.message)
                return
        else:
            self._rows.add_session(header, key)
        self._note(header, differing)
        if new or not is_known:
            self._rows.add(header, key, new, after)
        if new:
            if before:
                change = difference(session_totals(header, after), session_totals(header, before))
                for total, sums in change.items():
                    self._totals[total].append(sums)
            else:
                gather_session(self._totals, header, after)
            self._news.add(header, new, after)
            self.added += len(new)
            if self._news.count > _MOST_WAITING:
                self.write()

    def _note(self, header: SessionHeader, differing: Sequence[int]) -> None:
        for n in differing:
            self.conflicts.append(f"Event {n} of session {header.id} is another one here.")
            self.differing.setdefault(header.id, []).append(n)

    def write(self) -> None:
        """Write what was taken in, and what follows from it."""
        self._rows.finish()
        add_totals(self._db, summed(self._totals))
        self._news.update(self._db, self._headers, is_all=self._is_first)
        self._totals, self._news = defaultdict(list), News()
        self._is_first = False

    def _is_known(self, key: bytes) -> bool:
        if key in self._rows.sessions:
            self._rows.write()
        return self._db.execute("SELECT 1 FROM session WHERE id=?", (key,)).fetchone() is not None


def _is_whole(events: Sequence[Event]) -> bool:
    """Say whether these are all events of a session up to some one, in their order."""
    return [event.n for event in events] == list(range(1, len(events) + 1))


def _missing(events: Sequence[Event]) -> set[int]:
    """Return the numbers missing among events, which are in order."""
    last = events[-1].n if events else 0
    if last == len(events):
        return set()
    if last > len(events) + _MOST_MISSING:
        return {0}
    return set(range(1, last + 1)) - {event.n for event in events}


def _said_of(header: SessionHeader, events: Sequence[Event]) -> str:
    numbers = {event.n for event in events}
    said = lacking(id_key(header.id), max(numbers), numbers)
    return f"{said.rstrip('.')} and was left out."


def _compared(
    header: SessionHeader, key: bytes, before: Sequence[Event], events: Iterable[Event]
) -> tuple[list[Event], list[int]]:
    """Return the events that are new, and the numbers of those that are on record with another content."""
    known = {event.n: event for event in before}
    new: dict[int, Event] = {}
    differing: list[int] = []
    for event in events:
        there = known.get(event.n) or new.setdefault(event.n, event)
        if there != event and there != as_kept(event, key, header.learner):
            differing.append(event.n)
    return list(new.values()), differing


def _know(db: sqlite3.Connection, learner: str, name: str) -> None:
    put_row(db, "learner", learner, name, or_ignore=True)


def _count(db: sqlite3.Connection, table: str) -> int:
    (count,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(count)
