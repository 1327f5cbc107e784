"""The tables of totals, as tests read them: with columns that no screen asks for."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from quiz.core.events.model import Mode
from quiz.record.event_store import SqliteEventStore
from quiz.record.interface import Record
from quiz.record.projections.totals import SUMS, WHOLE


class Total(NamedTuple):
    """A row, with the names of its key apart."""

    bank: str
    item: str = ""
    fingerprint: str = ""
    day: date = date.min
    mode: Mode = Mode.STUDY
    confidence: str = ""
    attempts: int = 0
    correct: int = 0
    partial: int = 0
    skipped: int = 0
    score: float = 0.0
    duration_ms: int = 0
    timed: int = 0

    @property
    def accuracy(self) -> float:
        return self.score / self.attempts


def item_totals(record: Record, learner: str) -> list[Total]:
    return [Total(**row) for row in _rows(record, "item", learner, "bank", "item", "fingerprint")]


def day_totals(record: Record, learner: str) -> list[Total]:
    rows = _rows(record, "day", learner, "day", "bank", "mode")
    return [
        Total(**(row | {"day": date.fromisoformat(row["day"]), "mode": Mode(row["mode"])})) for row in rows
    ]


def confidence_totals(record: Record, learner: str) -> list[Total]:
    return [Total(**row) for row in _rows(record, "confidence", learner, "bank", "confidence")]


def _rows(record: Record, what: str, learner: str, *names: str) -> list[dict[str, Any]]:
    assert isinstance(record, SqliteEventStore)
    columns = (*names, *SUMS)
    with record._file.reading() as db:
        rows = db.execute(
            f"SELECT {', '.join(columns)} FROM {what}_total WHERE learner=? ORDER BY {', '.join(names)}",
            (learner,),
        ).fetchall()
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    return [row | {"score": row["score"] / WHOLE} for row in told]
