"""What a record says, and one more session in it."""

from __future__ import annotations

from pathlib import Path
from random import Random

from quiz.core.events.model import Event, SessionHeader
from quiz.record.read_models import Learner
from quiz.record.sqlite_record import SqliteRecord
from tests.record.record_stress import DAY, NOON, attempt, header


def contents(path: Path) -> tuple[list[Learner], list[tuple[SessionHeader, tuple[Event, ...]]]]:
    """Return all that a record says."""
    with SqliteRecord.open(path, read_only=True) as record:
        assert record.integrity() == []
        return record.learners(), list(record.everything())


def answer_one_more(path: Path, seed: int = 9) -> str:
    """Record one more session; return its id."""
    with SqliteRecord.open(path) as record:
        started = header(record.learner("mina").id, Random(seed), NOON + 30 * DAY)
        record.start_with(started, [attempt(1)])
        return started.id
