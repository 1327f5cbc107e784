"""The memory of each item of each learner: a projection of the events, kept for speed."""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.events.effective import about_each_other, effective_events
from quiz.core.events.model import Event, SessionHeader
from quiz.core.scheduling.card import A_DAY
from quiz.record.row_codec import EVENT, SESSION, Row, brief_opening_of, event_of
from quiz.record.sqlite.predicates import ABOUT_ANOTHER, FLAGGED, OF_ITEM

if TYPE_CHECKING:
    from quiz.core.scheduling.fsrs_schedule import Memory, SessionEvent

_EVENT = ", ".join(f"e.{column}" for column in EVENT)
_MANY = 4096


class SessionHeaders:
    """Openings of sessions without their items, each read once; they never change."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: dict[bytes, SessionHeader] = {}

    def __getitem__(self, key: bytes) -> SessionHeader:
        """Return the opening of a session. Raises KeyError where there is none."""
        found = self._known.get(key)
        if found is None:
            row = self._db.execute(
                f"SELECT {', '.join(SESSION[:-2])} FROM session WHERE id=?", (key,)
            ).fetchone()
            if row is None:
                raise KeyError(key)
            if len(self._known) >= _MANY:
                self._known.clear()
            found = self._known[key] = brief_opening_of(row)
        return found

    def forget(self) -> None:
        """Forget what was read, some of which may have been rolled back."""
        self._known.clear()


def suspended_among(db: sqlite3.Connection, learner: str, refs: Iterable[ItemRef]) -> set[ItemRef]:
    """Return which of some items a learner has suspended."""
    asked = "SELECT 1 FROM memory WHERE learner=? AND bank=? AND item=? AND is_suspended=1"
    return {ref for ref in refs if db.execute(asked, (learner, *ref)).fetchone()}


def session_events(
    db: sqlite3.Connection, headers: SessionHeaders, learner: str, ref: ItemRef
) -> list[SessionEvent]:
    """Return all effective events about a learner's item, each with its session's opening, without items."""
    from quiz.core.scheduling.fsrs_schedule import SessionEvent

    of_item = f"FROM event INDEXED BY event_of_item WHERE learner=? AND bank=? AND item=? AND {OF_ITEM}"
    rows: list[Row] = db.execute(f"SELECT {', '.join(EVENT)} {of_item}", (learner, *ref)).fetchall()
    marks: list[Row] = []
    if rows:
        marks = db.execute(
            f"SELECT {_EVENT} FROM event e INDEXED BY event_about_another WHERE e.{ABOUT_ANOTHER}"
            f" AND e.session IN (SELECT session {of_item})",
            (learner, *ref),
        ).fetchall()
    sessions: dict[bytes, list[Event]] = {}
    for row in (*rows, *marks):
        sessions.setdefault(row[0], []).append(event_of(row, headers[row[0]].learner))
    return [
        SessionEvent(headers[key], event)
        for key, events in sessions.items()
        for event in about_each_other(effective_events(events))
    ]


@cache
def _decoder() -> msgspec.json.Decoder[Memory]:
    from quiz.core.scheduling.fsrs_schedule import Memory

    return msgspec.json.Decoder(Memory)


def memory_in(card: str) -> Memory:
    """Return the memory in a row's column `card`."""
    return _decoder().decode(card)


def memory_of(db: sqlite3.Connection, learner: str, ref: ItemRef) -> Memory | None:
    """Return the memory of an item, or None if nothing ever happened to it."""
    row = db.execute(
        "SELECT card FROM memory WHERE learner=? AND bank=? AND item=?", (learner, *ref)
    ).fetchone()
    return None if row is None else memory_in(row[0])


def memory_rows(db: sqlite3.Connection, learner: str, banks: Iterable[str] | None) -> list[Row]:
    """Return the rows of a learner's items, of some banks or of all, for `memories_in`."""
    where, values = "learner=?", [learner]
    if banks is not None:
        values += (wanted := list(banks))
        where += f" AND bank IN ({', '.join('?' * len(wanted))})"
    return db.execute(f"SELECT bank, item, card FROM memory WHERE {where}", values).fetchall()


def memories_in(rows: Iterable[Row]) -> dict[ItemRef, Memory]:
    """Return the memories in some rows; this takes longer than reading them."""
    decode = _decoder().decode
    return {ItemRef(bank, item): decode(card) for bank, item, card in rows}


def flagged(db: sqlite3.Connection, learner: str) -> frozenset[ItemRef]:
    """Return the items that a learner marked to look at again."""
    of_learner = f"FROM memory INDEXED BY memory_flagged WHERE learner=? AND {FLAGGED}"
    rows = db.execute(f"SELECT bank, item {of_learner}", (learner,))
    return frozenset(ItemRef(bank, item) for bank, item in rows)


def due_by_day(db: sqlite3.Connection, learner: str, since_ms: int) -> dict[int, int]:
    """Count a learner's items that are due from a moment on, by whole days after it."""
    return dict(
        db.execute(
            "SELECT (due-?)/?, count(*) FROM memory WHERE learner=? AND due>=? GROUP BY 1",
            (since_ms, A_DAY, learner, since_ms),
        ).fetchall()
    )


def reviewed_since(db: sqlite3.Connection, learner: str, since_ms: int) -> int:
    """Count a learner's items that were first answered before a moment and answered again since."""
    (count,) = db.execute(
        "SELECT count(*) FROM memory WHERE learner=? AND first_at<? AND reviewed_at>=?",
        (learner, since_ms, since_ms),
    ).fetchone()
    return int(count)


def new_since(db: sqlite3.Connection, learner: str, since_ms: int) -> int:
    """Count a learner's items that were first answered since a moment."""
    (count,) = db.execute(
        "SELECT count(*) FROM memory WHERE learner=? AND first_at>=?", (learner, since_ms)
    ).fetchone()
    return int(count)


def new_by_bank(db: sqlite3.Connection, learner: str, since_ms: int) -> dict[str, int]:
    """Count a learner's items of each bank that were answered for the first time since a moment."""
    return dict(
        db.execute(
            "SELECT bank, count(*) FROM memory WHERE learner=? AND first_at>=? GROUP BY bank",
            (learner, since_ms),
        ).fetchall()
    )
