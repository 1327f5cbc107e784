"""Recording answers from another program's record, with a session for each of its days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from random import Random
from typing import Final

from quiz.core.content.grading import Recalled, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.ids import new_session_id
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.scheduling.card import A_DAY
from quiz.core.scheduling.fsrs_review import AGAIN
from quiz.exchange.declaration import Review
from quiz.record.interface import Record

DEVICE: Final = "import"
"""The device named in these sessions."""


def put_on_record(
    record: Record, learner: str, bank: str, fingerprints: Mapping[str, str], reviews: Iterable[Review]
) -> int:
    """Record a learner's answers to a bank's items, and return how many were new.

    Answers that an earlier import brought are skipped, so importing them twice has no further effect.

    Raises:
        RecordError: the record cannot be written.
    """
    told = sorted((review for review in reviews if review.item in fingerprints), key=lambda one: one.at)
    known = {
        (ref.item, found.event.at)
        for ref in {ItemRef(bank, review.item) for review in told}
        for found in record.session_events(learner, ref)
        if found.header.device == DEVICE
    }
    new = [review for review in told if (review.item, review.at) not in known]
    merged = record.merge((), _sessions(learner, bank, fingerprints, new))
    return len(new) if merged.events else 0


def _sessions(
    learner: str, bank: str, fingerprints: Mapping[str, str], reviews: list[Review]
) -> Iterator[tuple[SessionHeader, list[Event]]]:
    """Yield a session for each day, whose id follows from what is in it."""
    for _, group in groupby(reviews, key=lambda review: review.at // A_DAY):
        held = list(group)
        told = f"{learner} {bank} {[(review.item, review.at) for review in held]}"
        seed = int.from_bytes(hashlib.blake2b(told.encode(), digest_size=8).digest(), "big")
        header = SessionHeader(
            id=new_session_id(held[0].at, Random(seed)),
            learner=learner,
            device=DEVICE,
            mode=Mode.STUDY,
            banks=(bank,),
            seed=0,
            started=held[0].at,
        )
        events = [
            _attempt(bank, fingerprints[review.item], review, number) for number, review in enumerate(held, 1)
        ]
        yield header, [*events, Event(n=len(held) + 1, kind=EventKind.END, at=held[-1].at)]


def _attempt(bank: str, fingerprint: str, review: Review, number: int) -> Event:
    is_right = review.rating > AGAIN
    return Event(
        n=number,
        kind=EventKind.ATTEMPT,
        at=review.at,
        bank=bank,
        item=review.item,
        fingerprint=fingerprint,
        duration_ms=review.duration_ms,
        response=Recalled(review.rating),
        score=float(is_right),
        verdict=Verdict.CORRECT if is_right else Verdict.INCORRECT,
    )
