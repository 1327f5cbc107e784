"""A record of a made-up learner's reviews."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from quiz.core.content.grading import Recalled
from quiz.core.events.model import Event
from quiz.core.scheduling.recall_model import ReviewSequence
from quiz.record.interface import Record
from tests.fakes import DAY, MINUTE
from tests.record.record_stress import attempt, header


def put_reviews(
    record: Record, learner: str, sequences: Sequence[ReviewSequence], until: int, **settings: Any
) -> None:
    """Put reviews on record as one session, the last of each item on the day of a moment or before it."""
    told = []
    for number, (first, later) in enumerate(sequences):
        at = until - sum(days for days, _ in later) * DAY - (len(sequences) - number) * MINUTE
        told.append((at, number, first))
        for days, rating in later:
            at += days * DAY
            told.append((at, number, rating))
    events: list[Event] = [
        attempt(n, f"item-{number}", float(rating > 1), at, response=Recalled(rating))
        for n, (at, number, rating) in enumerate(sorted(told), 1)
    ]
    opening = header(learner, Random(len(events)), started=events[0].at, **settings)
    record.start_with(opening, events)
