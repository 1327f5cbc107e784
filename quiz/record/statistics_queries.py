"""Queries for statistics: sums and short rows, never all events."""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

from quiz.core.content.grading import Confidence
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.effective import effective_events, overridden
from quiz.core.events.model import Event, EventKind
from quiz.core.statistics.activity import Day
from quiz.core.statistics.item_counts import Tally
from quiz.record.projections.memory import SessionHeaders
from quiz.record.projections.totals import WHOLE
from quiz.record.read_models import Attempted
from quiz.record.row_codec import EVENT, Row, event_of
from quiz.record.sqlite.predicates import ABOUT_ANOTHER, OF_ITEM

_EVENT = ", ".join(EVENT)
_AT_ONCE = 500
"""How many sessions one query asks for."""


def days_of(db: sqlite3.Connection, learner: str) -> list[Day]:
    """Return what a learner did on each study day, oldest first."""
    rows = db.execute(
        "SELECT day, sum(attempts), sum(score), sum(duration_ms) FROM day_total WHERE learner=?"
        " GROUP BY day ORDER BY day",
        (learner,),
    )
    return [Day(date.fromisoformat(day), count, score / WHOLE, took) for day, count, score, took in rows]


def totals_by_bank(db: sqlite3.Connection, learner: str, today: date) -> dict[str, Day]:
    """Return a learner's totals of all days for each bank; `today` is the day in each of them."""
    rows = db.execute(
        "SELECT bank, sum(attempts), sum(score), sum(duration_ms) FROM item_total WHERE learner=?"
        " GROUP BY bank",
        (learner,),
    )
    return {bank: Day(today, count, score / WHOLE, took) for bank, count, score, took in rows}


def tallies(db: sqlite3.Connection, learner: str, bank: str, item: str | None = None) -> list[Tally]:
    """Return the totals of a learner's attempts at the items of a bank, by version of the item."""
    where, values = ("", [learner, bank]) if item is None else (" AND item=?", [learner, bank, item])
    rows = db.execute(
        "SELECT item, fingerprint, attempts, score, skipped FROM item_total WHERE learner=? AND bank=?"
        + where,
        values,
    )
    return [
        Tally(name, print_, count, score / WHOLE, skipped) for name, print_, count, score, skipped in rows
    ]


def asked(db: sqlite3.Connection, learner: str, bank: str | None = None) -> dict[str, dict[str, Tally]]:
    """Return what a learner's attempts at each item come to, all its versions together, by bank and item."""
    all_banks = "SELECT DISTINCT bank FROM item_total WHERE learner=?"
    banks = [one for (one,) in db.execute(all_banks, (learner,))] if bank is None else [bank]
    of_bank = (
        "SELECT item, sum(attempts), sum(score), sum(skipped) FROM item_total WHERE learner=? AND bank=?"
        " GROUP BY item"
    )
    return {
        one: {
            item: Tally(item, "", attempts, score / WHOLE, skipped)
            for item, attempts, score, skipped in db.execute(of_bank, (learner, one))
        }
        for one in banks
    }


def confidence_rows(
    db: sqlite3.Connection, learner: str, bank: str | None = None
) -> dict[Confidence, tuple[int, float]]:
    """Return the number of attempts given with each confidence, and the sum of their scores."""
    where, values = ("learner=?", [learner]) if bank is None else ("learner=? AND bank=?", [learner, bank])
    rows = db.execute(
        f"SELECT confidence, sum(attempts), sum(score) FROM confidence_total WHERE {where}"
        " GROUP BY confidence",
        values,
    )
    return {Confidence(name): (count, score / WHOLE) for name, count, score in rows if count}


def attempts_at(
    db: sqlite3.Connection,
    learner: str,
    ref: ItemRef,
    limit: int,
    before: tuple[bytes, int] | None = None,
) -> list[Attempted]:
    """Return a learner's effective attempts at an item, those of the newest sessions first.

    At most `limit` rows are read; `before` is the session and number of the last row read before.
    """
    rows = _rows_of_item(db, learner, ref, limit, before)
    return _counting(db, rows)


def _rows_of_item(
    db: sqlite3.Connection, learner: str, ref: ItemRef, limit: int, before: tuple[bytes, int] | None
) -> list[Row]:
    older = "" if before is None else " AND (session, n) < (?, ?)"
    return db.execute(
        f"SELECT {_EVENT} FROM event INDEXED BY event_of_item WHERE learner=? AND bank=? AND item=?"
        f" AND {OF_ITEM} AND kind='attempt'{older} ORDER BY session DESC, n DESC LIMIT ?",
        (learner, *ref, *(before or ()), limit),
    ).fetchall()


def _counting(db: sqlite3.Connection, rows: Sequence[Row]) -> list[Attempted]:
    """Leave out undone and voided attempts, and mark those that were overridden."""
    headers = SessionHeaders(db)
    keys = list(dict.fromkeys(row[0] for row in rows))
    marks: dict[bytes, list[Event]] = {key: [] for key in keys}
    for row in _marks(db, keys):
        marks[row[0]].append(event_of(row, ""))
    found = []
    for row in rows:
        header = headers[row[0]]
        event = event_of(row, header.learner)
        about = effective_events([event, *marks[row[0]]])
        if any(told.n == event.n and told.kind is EventKind.ATTEMPT for told in about):
            found.append(Attempted(header, event, event.n in overridden(about)))
    return found


def _marks(db: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[Row]:
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        yield from db.execute(
            f"SELECT {_EVENT} FROM event INDEXED BY event_about_another"
            f" WHERE {ABOUT_ANOTHER} AND session IN ({', '.join('?' * len(part))})",
            part,
        )
