"""Lists of sessions, study days and items, for screens and reports."""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.events.effective import effective_events, overridden
from quiz.core.events.ids import id_key, id_text
from quiz.core.events.model import Event, EventKind, Mode
from quiz.record.projections.totals import SUMS, WHOLE
from quiz.record.read_models import Extent, SessionSummary, Unfinished
from quiz.record.row_codec import EVENT, SESSION, DamagedRow, event_of, header_of
from quiz.record.sqlite.predicates import UNFINISHED

_banks = msgspec.json.Decoder(tuple[str, ...])
_SUMS = ", ".join(f"coalesce(sum(t.{name}),0)" for name in SUMS)
_TAKES_PART = (
    "(p.learner=:learner OR EXISTS"
    "(SELECT 1 FROM session_total l WHERE l.session=p.session AND l.learner=:learner))"
)
_OF_LEARNER = (
    "SELECT id FROM session INDEXED BY session_of_learner WHERE learner=:learner"
    " UNION SELECT session FROM session_total INDEXED BY session_total_of_learner WHERE learner=:learner"
)
_FEW = 1000
"""Up to how many sessions of a learner are looked up, before all sessions are gone through, newest first."""
_HAS_CONTENT = (
    "(p.mode<>'study' OR p.is_ended=0 OR EXISTS(SELECT 1 FROM session_total c WHERE c.session=p.session))"
)
_ON_BANK = "EXISTS(SELECT 1 FROM session_total b WHERE b.session=p.session AND b.bank=:bank)"


def unfinished(db: sqlite3.Connection, learner: str, mode: Mode | None, limit: int) -> list[Unfinished]:
    """Return a learner's sessions that have neither ended nor been voided, newest first."""
    where = "" if mode is None else " AND p.mode=?"
    rows = db.execute(
        f"SELECT {', '.join(f's.{column}' for column in SESSION)}, p.last_at,"
        " (SELECT coalesce(sum(attempts),0) FROM session_total t WHERE t.session=s.id)"
        " FROM progress p INDEXED BY progress_open CROSS JOIN session s ON s.id=p.session"
        f" WHERE {UNFINISHED} AND p.learner=?{where} ORDER BY p.session DESC LIMIT ?",
        (learner, *([] if mode is None else [str(mode)]), limit),
    )
    return [
        Unfinished(header=header_of(row[: len(SESSION)]), last_at=row[-2], attempts=row[-1]) for row in rows
    ]


def sessions(
    db: sqlite3.Connection,
    *,
    learner: str | None,
    bank: str | None,
    mode: Mode | None,
    limit: int,
    before: str | None,
    only_ended: bool = False,
) -> list[SessionSummary]:
    """Return sessions that are not void, newest first, from those before the session `before`.

    Study sessions that ended without a question are left out. The sessions are chosen from narrow rows first,
    and the rest is read only for those. With a bank: sessions in which an item of it was attempted or
    skipped.
    """
    values = {
        "learner": learner,
        "bank": bank,
        "mode": mode and str(mode),
        "before": before and id_key(before),
        "limit": limit,
    }
    conditions = [
        "p.is_void=0",
        _HAS_CONTENT,
        *(["p.is_ended=1"] if only_ended else []),
        *(["p.mode=:mode"] if mode is not None else []),
        *(["p.session<:before"] if before is not None else []),
    ]
    if learner is not None and bank is not None:
        found = (
            "SELECT o.session FROM session_total o INDEXED BY session_total_of_learner"
            " CROSS JOIN progress p ON p.session=o.session"
            f" WHERE o.learner=:learner AND o.bank=:bank AND {' AND '.join(conditions)}"
            " ORDER BY o.session DESC LIMIT :limit"
        )
    else:
        if learner is not None:
            conditions.append(_takes_part(db, learner))
        conditions += [] if bank is None else [_ON_BANK]
        found = (
            f"SELECT p.session FROM progress p WHERE {' AND '.join(conditions)}"
            " ORDER BY p.session DESC LIMIT :limit"
        )
    rows = db.execute(
        "SELECT s.id, s.learner, s.mode, s.banks, s.started, s.zone, p.last_at, p.is_ended,"
        f" {_SUMS} FROM ({found}) f CROSS JOIN session s ON s.id=f.session"
        " CROSS JOIN progress p ON p.session=s.id LEFT JOIN session_total t ON t.session=s.id"
        f"{'' if learner is None else ' AND t.learner=:learner'}{'' if bank is None else ' AND t.bank=:bank'}"
        " GROUP BY s.id ORDER BY s.id DESC",
        values,
    )
    return [
        SessionSummary(
            id=id_text(key),
            learner=owner,
            mode=Mode(of_mode),
            banks=_banks.decode(banks),
            started=started,
            zone=zone,
            last_at=last_at,
            is_ended=bool(is_ended),
            share_of_points=_share_of_points(db, key, owner, bank) if of_mode == Mode.EXAM else None,
            **_named(sums),
        )
        for key, owner, of_mode, banks, started, zone, last_at, is_ended, *sums in rows
    ]


def _share_of_points(db: sqlite3.Connection, session: bytes, learner: str, bank: str | None) -> float | None:
    """Return which share of the points an exam came to, 0 to 1.

    None where all its items weigh the same, or where one of its events is damaged.
    """
    of_exam = "FROM event WHERE session=? AND kind IN ('attempt', 'override', 'undo')"
    weighs = f"SELECT 1 {of_exam} AND instr(body, '\"weight\"') LIMIT 1"
    if db.execute(weighs, (session,)).fetchone() is None:
        return None
    from quiz.core.item_result import weight_of

    rows = db.execute(f"SELECT {', '.join(EVENT)} {of_exam} ORDER BY n", (session,))
    try:
        events = effective_events([event_of(row, learner) for row in rows])
    except DamagedRow:
        return None
    right, points, out_of = overridden(events), 0.0, 0.0
    for event in events:
        if event.kind is EventKind.ATTEMPT and (bank is None or event.bank == bank):
            weight = weight_of(event)
            points += weight * (1.0 if event.n in right else event.score or 0.0)
            out_of += weight
    return points / out_of if out_of else None


def _takes_part(db: sqlite3.Connection, learner: str) -> str:
    """Return the condition that a session is a learner's: a pupil of a class has few among very many."""
    found = _OF_LEARNER.replace("UNION", "UNION ALL")  # which needs not find all of them to count the first
    counted = f"SELECT count(*) FROM (SELECT 1 FROM ({found}) LIMIT {_FEW + 1})"
    (count,) = db.execute(counted, {"learner": learner}).fetchone()
    return f"p.session IN ({_OF_LEARNER})" if count <= _FEW else _TAKES_PART


def extent(db: sqlite3.Connection, learner: str) -> Extent:
    """Return how much is on record about a learner."""
    begun, events, newest = db.execute(
        "SELECT count(*), ifnull(sum(last_n), 0), max(session) FROM progress WHERE learner=?", (learner,)
    ).fetchone()
    return Extent(learner, begun, events, id_text(newest) if newest else "")


def days_active(db: sqlite3.Connection, learner: str) -> list[date]:
    """Return the study days on which a learner attempted anything, oldest first."""
    rows = db.execute(
        "SELECT DISTINCT day FROM day_total WHERE learner=? AND attempts>0 ORDER BY day", (learner,)
    )
    return [date.fromisoformat(day) for (day,) in rows]


def attempted_since(
    db: sqlite3.Connection, learner: str, since_ms: int, not_session: str | None
) -> set[ItemRef]:
    """Return a learner's items that were attempted since a moment, in other sessions than `not_session`.

    What was only practised, without counting for the schedule, is left out.
    """
    sessions = _attempts_since(db, learner, since_ms, id_key(not_session) if not_session else b"")
    return {
        event.ref for settings, events in sessions if _feeds_schedule(settings) for event in events
        if event.kind is EventKind.ATTEMPT
    }  # fmt: skip


def missed_since(db: sqlite3.Connection, learner: str, since_ms: int) -> set[ItemRef]:
    """Return a learner's items of which an answer since a moment was not fully right."""
    found: set[ItemRef] = set()
    for _, events in _attempts_since(db, learner, since_ms, b""):
        right = overridden(events)
        found.update(
            event.ref
            for event in events
            if event.kind is EventKind.ATTEMPT and (event.score or 0.0) < 1 and event.n not in right
        )
    return found


def _attempts_since(
    db: sqlite3.Connection, learner: str, since_ms: int, but: bytes
) -> Iterator[tuple[str, tuple[Event, ...]]]:
    """Yield the settings of each session but one, with its attempts since a moment that count."""
    sessions = db.execute(
        "SELECT p.session, p.learner, s.settings FROM progress p INDEXED BY progress_by_time"
        " CROSS JOIN session s ON s.id=p.session WHERE p.last_at>=? AND p.is_void=0 AND p.session<>?",
        (since_ms, but),
    ).fetchall()
    for session, owner, settings in sessions:
        rows = db.execute(
            f"SELECT {', '.join(EVENT)} FROM event WHERE session=?"
            " AND (kind IN ('undo', 'override') OR (kind='attempt' AND learner=? AND at>=?)) ORDER BY n",
            (session, learner, since_ms),
        )
        yield settings, effective_events([event_of(row, owner) for row in rows])


def _feeds_schedule(settings: str) -> bool:
    from quiz.core.scheduling.policy import policy_in

    return policy_in(msgspec.json.decode(settings)).feeds_schedule


def _named(sums: Iterable[int]) -> dict[str, Any]:
    named: dict[str, Any] = dict(zip(SUMS, sums, strict=True))
    named["score"] /= WHOLE
    return named
