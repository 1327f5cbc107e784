"""All attempts on record as a table for spreadsheets, which is not meant to be imported again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from quiz.core.content.response_text import response_text
from quiz.core.events.model import Event, SessionHeader
from quiz.core.scheduling.study_day import moment, zone_of
from quiz.exchange.csv_cells import Cell, csv_lines

HEAD = (
    "session", "n", "mode", "learner", "bank", "item", "version", "at", "seconds", "response", "score",
    "verdict", "confidence", "overridden", "counts",
)  # fmt: skip


class AttemptRow(NamedTuple):
    """An attempt with what became of it."""

    header: SessionHeader
    event: Event
    learner: str
    """The learner's name."""
    is_overridden: bool
    counts: bool
    """Whether it counts: neither it nor its session was undone or voided."""


def head() -> str:
    """Return the head row."""
    return csv_lines([HEAD])


def lines(attempts: Iterable[AttemptRow]) -> str:
    """Return attempts as rows, with cells guarded against formulas."""
    return csv_lines(map(_cells, attempts))


def _cells(row: AttemptRow) -> list[Cell]:
    header, event = row.header, row.event
    return [
        header.id,
        event.n,
        header.mode.word,
        row.learner,
        event.bank,
        event.item,
        event.fingerprint,
        moment(event.at).astimezone(zone_of(header.zone)).isoformat(timespec="seconds"),
        None if event.duration_ms is None else round(event.duration_ms / 1000, 1),
        response_text(event.response),
        None if event.score is None else round(event.score, 4),
        event.verdict.value if event.verdict else "",
        event.confidence.value if event.confidence else "",
        row.is_overridden,
        row.counts,
    ]
