"""Totals of attempts, updated with every event so that statistics need not read a million events.

Each is a sum, so an undo subtracts exactly what the attempt added. Scores are whole millionths.
"""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add
from typing import TypeAlias

from quiz.core.content.grading import Verdict
from quiz.core.events.effective import effective_events, overridden
from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.scheduling.study_day import date_of, day_around

KEYS = {
    "item_total": ("learner", "bank", "item", "fingerprint"),
    "day_total": ("learner", "day", "bank", "mode"),
    "session_total": ("session", "learner", "bank"),
    "confidence_total": ("learner", "bank", "confidence"),
}
"""The tables of totals and their keys."""
SUMS = ("attempts", "correct", "partial", "skipped", "score", "duration_ms", "timed")
WHOLE = 1_000_000
"""A full score in millionths."""

Key: TypeAlias = tuple[str, tuple[str | bytes, ...]]
Sums: TypeAlias = tuple[int, ...]
Totals: TypeAlias = dict[Key, Sums]
Addends: TypeAlias = defaultdict[Key, list[Sums]]
"""What is to be added to each row, not summed up yet."""
WrongTotal: TypeAlias = tuple[Key, Sums | None, Sums | None]
"""The key of a wrong row, its value and what it should be; None is no row."""

_NOTHING: Sums = (0,) * len(SUMS)
_ATTEMPT, _SKIP, _SKIPPED = EventKind.ATTEMPT, EventKind.SKIP, Verdict.SKIPPED


def gather(
    into: Addends, header: SessionHeader, events: Iterable[Event], right: frozenset[int] = frozenset()
) -> None:
    """Note what a session's effective events add to the totals. Those in `right` were overridden."""
    from quiz.core.scheduling.policy import policy_of

    zone, starts_at, is_exam = header.zone, policy_of(header).day_starts_at, header.mode is Mode.EXAM
    groups: defaultdict[tuple[str, int, str, str | None], list[Sums]] = defaultdict(list)
    number, since, until = 0, 0, 0
    for event in events:
        if is_exam and event.kind is _SKIP:
            continue  # an exam's skipped item is counted by its attempt at the end
        sums = _sums_of(event, event.n in right)
        if sums is None:
            continue
        learner, bank, at = event.learner or header.learner, event.bank, event.at
        if not since <= at < until:
            number, since, until = day_around(at, zone, starts_at)
        into["item_total", (learner, bank, event.item, event.fingerprint)].append(sums)
        groups[learner, number, bank, event.confidence].append(sums)
    session, mode = id_key(header.id), str(header.mode)
    for (learner, number, bank, confidence), parts in groups.items():
        sums = _sum(parts)
        into["day_total", (learner, date_of(number).isoformat(), bank, mode)].append(sums)
        into["session_total", (session, learner, bank)].append(sums)
        if confidence is not None:
            into["confidence_total", (learner, bank, str(confidence))].append(sums)


def added(header: SessionHeader, events: Iterable[Event], right: frozenset[int] = frozenset()) -> Totals:
    """Return what a session's effective events add to the totals. Those in `right` were overridden."""
    gathered: Addends = defaultdict(list)
    gather(gathered, header, events, right)
    return summed(gathered)


def gather_session(into: Addends, header: SessionHeader, events: Sequence[Event]) -> None:
    """Note what all events of a session add, with undone and overridden ones taken into account."""
    counting = effective_events(events)
    gather(into, header, counting, overridden(counting))


def summed(gathered: Addends) -> Totals:
    """Return the totals of all that was gathered."""
    return {key: _sum(parts) for key, parts in gathered.items()}


def session_totals(header: SessionHeader, events: Sequence[Event]) -> Totals:
    """Return the totals of all events of a session, with undone and overridden ones taken into account."""
    gathered: Addends = defaultdict(list)
    gather_session(gathered, header, events)
    return summed(gathered)


def difference(after: Totals, before: Totals) -> Totals:
    """Return what must be added to `before` to get `after`."""
    changes: Totals = {}
    for key in after.keys() | before.keys():
        now, then = after.get(key, _NOTHING), before.get(key, _NOTHING)
        if now != then:
            changes[key] = tuple(one - other for one, other in zip(now, then, strict=True))
    return changes


def merge_totals(into: Totals, more: Totals) -> None:
    """Add totals to totals."""
    for key, sums in more.items():
        held = into.get(key)
        into[key] = sums if held is None else tuple(map(add, held, sums))


def add_totals(db: sqlite3.Connection, changes: Totals) -> None:
    """Add changes to the tables of totals, and delete rows that become zero."""
    rows: dict[str, list[tuple[str | bytes | int, ...]]] = {table: [] for table in KEYS}
    less: dict[str, list[tuple[str | bytes, ...]]] = {table: [] for table in KEYS}
    for (table, key), sums in changes.items():
        if not any(sums):
            continue  # what was answered and undone since adds no row
        rows[table].append((*key, *sums))
        if min(sums) < 0:
            less[table].append(key)
    for table in KEYS:
        db.executemany(_ADD[table], rows[table])
        db.executemany(_TIDY[table], less[table])


def wrong_totals(db: sqlite3.Connection, wanted: Totals) -> list[WrongTotal]:
    """Return the rows of totals that differ from `wanted`, each with its key and both values."""
    found = {
        (table, tuple(row[: len(key)])): tuple(row[len(key) :])
        for table, key in KEYS.items()
        for row in db.execute(f"SELECT {', '.join((*key, *SUMS))} FROM {table}")
    }
    return [
        (key, found.get(key), wanted.get(key))
        for key in wanted.keys() | found.keys()
        if wanted.get(key) != found.get(key)
    ]


def put_total(db: sqlite3.Connection, at: Key, before: Sums | None, after: Sums | None) -> None:
    """Replace a row that still has the value `before`; None is no row."""
    table, key = at
    row = db.execute(_LOOK[table], key).fetchone()
    if row == before:
        db.execute(_REMOVE[table], key)
        if after is not None:
            db.execute(_ADD[table], (*key, *after))


def _sum(parts: Sequence[Sums]) -> Sums:
    return parts[0] if len(parts) == 1 else tuple(map(sum, zip(*parts, strict=True)))


def _sums_of(event: Event, is_overridden: bool) -> Sums | None:
    is_skipped = event.kind is _SKIP or event.verdict is _SKIPPED
    if event.kind is not _ATTEMPT and not is_skipped:
        return None
    if is_skipped and not is_overridden:
        return (0, 0, 0, 1, 0, 0, 0)
    duration = event.duration_ms
    graded = _graded(1.0 if is_overridden else event.score or 0.0)
    return (*graded, 0, 0) if duration is None else (*graded, duration, 1)


@lru_cache(maxsize=256)
def _graded(score: float) -> Sums:
    verdict = Verdict.of(score)
    is_correct, is_partial = verdict is Verdict.CORRECT, verdict is Verdict.PARTIAL
    return 1, int(is_correct), int(is_partial), 0, round(score * WHOLE)


_ADD = {
    table: f"INSERT INTO {table}({', '.join((*key, *SUMS))})"
    f" VALUES({', '.join('?' * (len(key) + len(SUMS)))})"
    f" ON CONFLICT({', '.join(key)}) DO UPDATE SET "
    + ", ".join(f"{name}={name}+excluded.{name}" for name in SUMS)
    for table, key in KEYS.items()
}
_REMOVE = {
    table: f"DELETE FROM {table} WHERE {' AND '.join(f'{column} IS ?' for column in key)}"
    for table, key in KEYS.items()
}
_LOOK = {
    table: f"SELECT {', '.join(SUMS)} FROM {table} WHERE {' AND '.join(f'{column} IS ?' for column in key)}"
    for table, key in KEYS.items()
}
_TIDY = {table: f"{remove} AND attempts=0 AND skipped=0" for table, remove in _REMOVE.items()}
