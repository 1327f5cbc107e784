"""What was predicted of each review and what happened: a projection of the events, kept for calibration.

`prediction` holds each item's reviews in order, `prediction_total` their sums per bin, so that a million
reviews come to a few hundred rows. Sums are whole millionths, so that what was added can be subtracted
exactly.
"""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import msgspec

from quiz.core.statistics.calibration import IntervalBin, Place, Prediction, Reviews, bin_sums
from quiz.record.projections.totals import WHOLE

Whole: TypeAlias = tuple[int, int, int, int]
"""Reviews, how many were recalled, and the sums of probability and loss in millionths."""

Told: TypeAlias = list[tuple[int, int, int]]
"""An item's reviews as they are stored: days, predicted recall in millionths, and 1 if it was recalled."""

WrongPredictionTotal: TypeAlias = tuple[str, str, Place, Whole | None, Whole | None]
"""The learner, bank and bin of a wrong total, its row and what the row should be; None is no row."""

_NOTHING: Whole = (0, 0, 0, 0)
_told = msgspec.json.Decoder(list[tuple[int, int, int]])
_WHERE = "WHERE learner=? AND bank=? AND item=?"
_OF_BIN = "WHERE learner=? AND bank=? AND tenth=? AND days=? AND nth=? AND lapses=?"
_SUMS = "reviews, recalled, predicted, loss"
_ADD = (
    f"INSERT INTO prediction_total(learner, bank, tenth, days, nth, lapses, {_SUMS})"
    " VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT(learner, bank, tenth, days, nth, lapses) DO UPDATE SET"
    " reviews=reviews+excluded.reviews, recalled=recalled+excluded.recalled,"
    " predicted=predicted+excluded.predicted, loss=loss+excluded.loss"
)


def told_of(found: Iterable[Prediction]) -> Told:
    """Return an item's reviews as they are stored."""
    return [(days, round(recall * WHOLE), int(was_recalled)) for days, recall, was_recalled in found]


def told_in(text: str) -> Told | None:
    """Return an item's stored reviews, or None if they cannot be read."""
    try:
        return _told.decode(text)
    except msgspec.DecodeError:
        return None


class PredictionUpdates:
    """Reviews of items and their sums that are to change, written together."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: list[tuple[str, ...]] = []
        self._gone: list[tuple[str, ...]] = []
        self._changes: defaultdict[tuple[str, str], dict[Place, list[int]]] = defaultdict(dict)

    def put(self, key: tuple[str, str, str], after: Told, before: Told | None = None) -> bool:
        """Replace the reviews of a learner's item; return whether that changes anything.

        `key` is the learner, the bank and the item; `before` are the reviews on record, if they are known.
        """
        if before is None:
            row = self._db.execute(f"SELECT told FROM prediction {_WHERE}", key).fetchone()
            before = told_in(row[0]) if row else []
        if before == after:
            return False
        if after:
            self._rows.append((*key, msgspec.json.encode(after).decode()))
        else:
            self._gone.append(key)
        self._change(key, after, 1)
        self._change(key, before or [], -1)
        return True

    def _change(self, key: tuple[str, str, str], told: Told, sign: int) -> None:
        """Add what an item's reviews add to the sums, or take it away."""
        changes = self._changes[key[:2]]
        for place, (reviews, recalled, predicted, loss) in _sums(told).items():
            held = changes.get(place)
            if held is None:
                held = changes[place] = [0, 0, 0, 0]
            held[0] += sign * reviews
            held[1] += sign * recalled
            held[2] += sign * predicted
            held[3] += sign * loss

    def write(self) -> None:
        """Write all reviews and sums."""
        changed = [
            ((*key, *place), sums)
            for key, changes in self._changes.items()
            for place, sums in changes.items()
            if any(sums)
        ]
        self._db.executemany(f"DELETE FROM prediction {_WHERE}", self._gone)
        self._db.executemany(
            "INSERT OR REPLACE INTO prediction(learner, bank, item, told) VALUES(?,?,?,?)", self._rows
        )
        self._db.executemany(_ADD, [(*at, *sums) for at, sums in changed])
        less = [at for at, sums in changed if sums[0] < 0]
        self._db.executemany(f"DELETE FROM prediction_total {_OF_BIN} AND reviews=0", less)


def wrong_prediction_totals(db: sqlite3.Connection) -> list[WrongPredictionTotal]:
    """Compute the sums per bin again from the items' reviews, and return the rows that are wrong."""
    right: dict[tuple[str, str, Place], Whole] = {}
    for learner, bank, told in db.execute("SELECT learner, bank, told FROM prediction"):
        for place, sums in _sums(told_in(told) or []).items():
            key = (learner, bank, place)
            right[key] = _plus(right.get(key, _NOTHING), sums)
    there = {
        (row[0], row[1], row[2:6]): (row[6], row[7], row[8], row[9])
        for row in db.execute(
            f"SELECT learner, bank, tenth, days, nth, lapses, {_SUMS} FROM prediction_total"
        )
    }
    return [
        (*key, there.get(key), right.get(key))
        for key in right.keys() | there.keys()
        if right.get(key) != there.get(key)
    ]


def put_prediction_total(
    db: sqlite3.Connection,
    learner: str,
    bank: str,
    place: Place,
    before: Whole | None,
    after: Whole | None,
) -> None:
    """Replace a row that still has the value `before`; None is no row."""
    key = (learner, bank, *place)
    if db.execute(f"SELECT {_SUMS} FROM prediction_total {_OF_BIN}", key).fetchone() == before:
        db.execute(f"DELETE FROM prediction_total {_OF_BIN}", key)
        if after is not None:
            db.execute(_ADD, (*key, *after))


def predicted_reviews(db: sqlite3.Connection, learner: str, bank: str | None) -> dict[IntervalBin, Reviews]:
    """Return the sums per bin of a learner's reviews, of one bank or of all."""
    where, values = ("learner=?", [learner]) if bank is None else ("learner=? AND bank=?", [learner, bank])
    rows = db.execute(
        "SELECT tenth, days, nth, lapses, sum(reviews), sum(recalled), sum(predicted), sum(loss)"
        f" FROM prediction_total WHERE {where} GROUP BY tenth, days, nth, lapses",
        values,
    )
    return {
        IntervalBin(tenth, days, nth, lapses): Reviews(reviews, recalled, predicted / WHOLE, loss / WHOLE)
        for tenth, days, nth, lapses, reviews, recalled, predicted, loss in rows
    }


def _plus(one: Whole, other: Sequence[int]) -> Whole:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3])


def _sums(told: Told) -> dict[Place, Whole]:
    """Return the sums per bin of an item's stored reviews."""
    found = bin_sums([(days, recall / WHOLE, was_recalled) for days, recall, was_recalled in told])
    return {
        place: (reviews, recalled, round(predicted * WHOLE), round(loss * WHOLE))
        for place, (reviews, recalled, predicted, loss) in found.items()
    }
