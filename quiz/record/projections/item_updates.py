"""Updating what is derived from the events about an item: its memory, and what was predicted of its reviews.

Where all that is new about an item came after everything before, its memory goes on from the one on record.
Otherwise, and where something on record no longer counts as it did, all of its events are replayed.
"""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.events.effective import ABOUT_ANOTHER, changed_by, effective_events, targets_of
from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.scheduling.fsrs_schedule import Memory, MemoryChange, SessionEvent, replayed
from quiz.core.statistics.calibration import predictions
from quiz.record.projections.memory import SessionHeaders, memory_in, session_events
from quiz.record.projections.predictions import PredictionUpdates, Told, told_in, told_of
from quiz.record.row_codec import Row, as_kept
from quiz.record.sqlite.predicates import OF_ITEM

LearnersItem: TypeAlias = tuple[str, str, str]
"""A learner's id, a bank's id and an item's."""

_COLUMNS = (
    "due, attempts, misses, is_suspended, first_at, stability, reviewed_at, card, is_flagged, tags, decay"
)
_FIRST_AT, _CARD = (_COLUMNS.split(", ").index(name) for name in ("first_at", "card"))
_UPDATED = ", ".join(f"{column}=excluded.{column}" for column in _COLUMNS.split(", "))
_WHERE = "WHERE learner=? AND bank=? AND item=?"
_LOOK = f"SELECT {_COLUMNS} FROM memory {_WHERE}"
_PUT = (
    f"INSERT INTO memory(learner, bank, item, {_COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
    f" ON CONFLICT(learner, bank, item) DO UPDATE SET {_UPDATED}"
)
_HELD = f"SELECT count(*) FROM event INDEXED BY event_of_item {_WHERE} AND {OF_ITEM}"
_LATER = (
    f"SELECT count(*) FROM (SELECT session, n FROM event INDEXED BY event_of_item {_WHERE} AND {OF_ITEM}"
    " AND session>=?) i"
    " CROSS JOIN progress p ON p.session=i.session AND p.last_at>=?"
    " CROSS JOIN event e ON e.session=i.session AND e.n=i.n AND e.at>=?"
)
"""Only events of sessions that went on so long are looked at; those of a learner's years lie far apart."""
_FIRST_SINCE = "SELECT min(session) FROM progress INDEXED BY progress_by_time WHERE last_at>=?"
_FORGET, _TAG = EventKind.FORGET, EventKind.TAG
_KINDS = frozenset(kind for kind in EventKind if f"'{kind}'" in OF_ITEM)


class ItemUpdates:
    """Rows of memories and predictions that are to change, written together."""

    def __init__(self, db: sqlite3.Connection, headers: SessionHeaders) -> None:
        self._db = db
        self._headers = headers
        self._memories: list[Row] = []
        self._gone: list[Row] = []
        self._predictions = PredictionUpdates(db)

    def replay(self, learner: str, bank: str, item: str) -> int:
        """Work out an item's rows from all that happened to it; return how many of them change."""
        key = learner, bank, item
        steps = list(replayed(session_events(self._db, self._headers, learner, ItemRef(bank, item))))
        before = self._db.execute(_LOOK, key).fetchone()
        changed = self._predictions.put(key, told_of(predictions(steps)))
        return changed + self._put(key, before, _row_of(steps, None))

    def go_on(self, key: LearnersItem, news: ItemNews, first: bytes, *, is_all: bool) -> None:
        """Work out an item's rows after news about it, whose events were inserted.

        `first` is the first session that went on as late as any of the news; `is_all` says that nothing but
        the news is on record.
        """
        if not news.counting:
            return
        before = None if is_all else self._db.execute(_LOOK, key).fetchone()
        memory: Memory | None = None
        stored: Told | None = []
        if before is None:
            is_last = is_all or self._db.execute(_HELD, key).fetchone() == (news.inserted,)
        else:
            memory, stored = _memory(before), self._told(key)
            since = news.since()
            later = self._db.execute(_LATER, (*key, first, since, since)).fetchone()
            is_last = later == (news.inserted,)
        if not is_last or stored is None or (before is not None and memory is None):
            self.replay(*key)
            return
        steps = list(replayed(news.counting, memory))
        new = told_of(predictions(steps))
        if new:
            self._predictions.put(key, [*stored, *new], stored)
        self._put(key, before, _row_of(steps, before[_FIRST_AT] if before else None))

    def write(self) -> None:
        """Write all rows."""
        self._db.executemany(f"DELETE FROM memory {_WHERE}", self._gone)
        self._db.executemany(_PUT, self._memories)
        self._predictions.write()

    def _told(self, key: LearnersItem) -> Told | None:
        row = self._db.execute(f"SELECT told FROM prediction {_WHERE}", key).fetchone()
        return [] if row is None else told_in(row[0])

    def _put(self, key: LearnersItem, before: Row | None, after: Row | None) -> bool:
        if after is None and before is not None:
            self._gone.append(key)
        elif after is not None and after != before:
            self._memories.append((*key, *after))
        return after != before


class ItemNews:
    """What is new about an item."""

    def __init__(self) -> None:
        self.counting: list[SessionEvent] = []
        """The events about it that count, and those about these."""
        self.marks = 0
        """How many of those are about another event."""
        self.void: list[Event] = []
        """Events about it that do not count."""

    @property
    def inserted(self) -> int:
        """How many events about the item itself were inserted."""
        return len(self.counting) - self.marks + len(self.void)

    def since(self) -> int:
        """Return when the first of them happened."""
        return min([*[told.event.at for told in self.counting], *[event.at for event in self.void]])


class News:
    """What is new about items, gathered session by session."""

    def __init__(self) -> None:
        self.count = 0
        self._news: defaultdict[LearnersItem, ItemNews] = defaultdict(ItemNews)
        self._to_replay: set[LearnersItem] = set()

    def add(self, header: SessionHeader, new: Sequence[Event], after: Sequence[Event]) -> None:
        """Note the new events of a session, which has the events `after` now.

        Where none of either refers to another event, `after` may be the new ones alone.
        """
        self.count += len(new)
        news = self._news
        if ABOUT_ANOTHER.isdisjoint([event.kind for event in after]):
            for event in new:
                if (kind := event.kind) in _KINDS:
                    told = SessionEvent(header, event if kind is not _TAG else _kept(header, event))
                    news[event.learner or header.learner, event.bank, event.item].counting.append(told)
            return
        numbered = {event.n: event for event in new}
        counting = effective_events(after)
        for event in counting:
            if event.n in numbered and event.kind in _KINDS:
                news[_item_of(header, event)].counting.append(SessionEvent(header, _kept(header, event)))
            elif event.kind in ABOUT_ANOTHER:
                for target in filter(None, map(numbered.get, targets_of(event))):
                    about = news[_item_of(header, target)]
                    about.counting.append(SessionEvent(header, event))
                    about.marks += 1
        counted = {event.n for event in counting}
        for event in new:
            if event.kind in _KINDS and event.n not in counted:
                news[_item_of(header, event)].void.append(event)
        self._to_replay |= {
            _item_of(header, event)
            for event in changed_by(new, after)
            if event.n not in numbered and event.kind in _KINDS
        }

    def update(self, db: sqlite3.Connection, headers: SessionHeaders, *, is_all: bool = False) -> None:
        """Update what is derived from the events about these items; `is_all` says that no others exist."""
        updates = ItemUpdates(db, headers)
        for key in sorted(self._to_replay):
            updates.replay(*key)
        going_on = sorted(self._news.keys() - self._to_replay)
        first = b"" if is_all or not going_on else self._first_session(db, going_on)
        for key in going_on:
            updates.go_on(key, self._news[key], first, is_all=is_all)
        updates.write()

    def _first_session(self, db: sqlite3.Connection, items: Iterable[LearnersItem]) -> bytes:
        """Return the first session that went on as late as any of the news about some items."""
        since = min(self._news[key].since() for key in items)
        (first,) = db.execute(_FIRST_SINCE, (since,)).fetchone()
        return first or b""


def replay_items(db: sqlite3.Connection, headers: SessionHeaders, touched: Iterable[LearnersItem]) -> int:
    """Work out the rows of some items from all that happened to them; return how many rows changed."""
    updates = ItemUpdates(db, headers)
    changed = sum(updates.replay(*key) for key in touched)
    updates.write()
    return changed


def _item_of(header: SessionHeader, event: Event) -> LearnersItem:
    return event.learner or header.learner, event.bank, event.item


def _kept(header: SessionHeader, event: Event) -> Event:
    """Return an event as the record returns it, as far as a memory depends on that."""
    return as_kept(event, id_key(header.id), header.learner) if event.kind is _TAG else event


def _memory(row: Row) -> Memory | None:
    try:
        return memory_in(row[_CARD])
    except msgspec.DecodeError:
        return None


def _row_of(steps: Sequence[MemoryChange], first_at: int | None) -> Row | None:
    """Return the row of `memory` after some steps, before which the item was first answered at a time."""
    memory = steps[-1].after if steps else None
    if memory is None:
        return None
    for step in steps:
        event = step.told.event
        if event.kind is _FORGET:
            first_at = None
        elif first_at is None and step.rating is not None:
            first_at = event.at
    card = memory.card
    return (
        memory.asked_from,
        memory.attempts,
        memory.misses,
        int(memory.is_suspended),
        first_at,
        card.stability if card else None,
        card.last_review if card else None,
        msgspec.json.encode(memory).decode(),
        int(memory.is_flagged),
        "\n".join(memory.tags),
        card.decay if card else None,
    )
