"""What was predicted of each review and what happened: a projection of the events, kept for calibration.

`prediction` holds each item's reviews in order, `prediction_total` their sums per bin, so that a million
reviews come to a few hundred rows. Sums are whole millionths, so that what was added can be subtracted
exactly.
"""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import msgspec

from quiz.core.content.item import ItemRef
from quiz.core.scheduling.fsrs_schedule import MemoryChange
from quiz.core.statistics.calibration import IntervalBin, Prediction, Reviews, binned, predictions
from quiz.record.projections.totals import WHOLE

Whole: TypeAlias = tuple[int, int, int, int]
"""Reviews, how many were recalled, and the sums of probability and loss in millionths."""

WrongPredictionTotal: TypeAlias = tuple[str, str, IntervalBin, Whole | None, Whole | None]
"""The learner, bank and bin of a wrong total, its row and what the row should be; None is no row."""

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


def put_predictions(
    db: sqlite3.Connection, learner: str, ref: ItemRef, steps: Iterable[MemoryChange]
) -> bool:
    """Replace an item's reviews and update their sums; return whether anything changed."""
    row = db.execute(f"SELECT told FROM prediction {_WHERE}", (learner, *ref)).fetchone()
    before = "[]" if row is None else row[0]
    after = _json(predictions(steps))
    if before == after:
        return False
    if after == "[]":
        db.execute(f"DELETE FROM prediction {_WHERE}", (learner, *ref))
    else:
        db.execute(
            "INSERT OR REPLACE INTO prediction(learner, bank, item, told) VALUES(?,?,?,?)",
            (learner, *ref, after),
        )
    _add(db, learner, ref.bank, _sums(after), _sums(before))
    return True


def wrong_prediction_totals(db: sqlite3.Connection) -> list[WrongPredictionTotal]:
    """Compute the sums per bin again from the items' reviews, and return the rows that are wrong."""
    right: dict[tuple[str, str, IntervalBin], Whole] = {}
    for learner, bank, told in db.execute("SELECT learner, bank, told FROM prediction"):
        for place, sums in _sums(told).items():
            key = (learner, bank, place)
            right[key] = _plus(right.get(key, (0, 0, 0, 0)), sums)
    there = {
        (row[0], row[1], IntervalBin(*row[2:6])): (row[6], row[7], row[8], row[9])
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
    place: IntervalBin,
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


def _add(
    db: sqlite3.Connection,
    learner: str,
    bank: str,
    after: Mapping[IntervalBin, Whole],
    before: Mapping[IntervalBin, Whole],
) -> None:
    for place in after.keys() | before.keys():
        then = before.get(place, (0, 0, 0, 0))
        change = _plus(after.get(place, (0, 0, 0, 0)), (-then[0], -then[1], -then[2], -then[3]))
        if any(change):
            db.execute(_ADD, (learner, bank, *place, *change))
            if change[0] < 0:
                db.execute(
                    f"DELETE FROM prediction_total {_OF_BIN} AND reviews=0",
                    (learner, bank, *place),
                )


def _plus(one: Whole, other: Whole) -> Whole:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3])


def _json(told: Iterable[Prediction]) -> str:
    rows = [(days, round(recall * WHOLE), int(was_recalled)) for days, recall, was_recalled in told]
    return msgspec.json.encode(rows).decode()


def _sums(told: str) -> dict[IntervalBin, Whole]:
    """Return the sums per bin of an item's stored reviews, without those that cannot be read."""
    try:
        rows = _told.decode(told)
    except msgspec.DecodeError:
        return {}
    kept = (Prediction(days, recall / WHOLE, bool(was_recalled)) for days, recall, was_recalled in rows)
    return {
        place: (sums.reviews, sums.recalled, round(sums.predicted * WHOLE), round(sums.loss * WHOLE))
        for place, sums in binned(kept).items()
    }
