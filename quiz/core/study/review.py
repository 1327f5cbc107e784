"""A study session in review: every attempt with its response, the key and the rationale."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.core.content.grading import Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.effective import overridden
from quiz.core.events.model import Event, EventKind
from quiz.core.item_result import ItemResult
from quiz.core.session import ItemLookup
from quiz.core.study.state import flagged_after


class ReviewedAttempt(ItemResult, frozen=True, kw_only=True):
    """An attempt of a study session. Its number is its place among the attempts, from 1."""

    is_overridden: bool = False
    """Whether the learner counted it as right."""
    at: int = 0
    """In milliseconds since 1970 UTC."""


def study_review(events: Iterable[Event], lookup: ItemLookup) -> tuple[ReviewedAttempt, ...]:
    """Return the attempts among a session's effective events, in order.

    The lookup provides stems, topics and keys; without it there is only what was recorded. An overridden
    attempt counts as correct.
    """
    told = list(events)
    right = overridden(told)
    flagged: frozenset[ItemRef] = frozenset()
    for event in told:
        if event.kind is EventKind.FLAG:
            flagged = flagged_after(flagged, event)
    attempts = [event for event in told if event.kind is EventKind.ATTEMPT]
    return tuple(
        _reviewed(number, event, lookup, is_overridden=event.n in right, is_flagged=event.ref in flagged)
        for number, event in enumerate(attempts, 1)
    )


def _reviewed(
    number: int, event: Event, lookup: ItemLookup, *, is_overridden: bool, is_flagged: bool
) -> ReviewedAttempt:
    bank_item = lookup.get(event.ref)
    score = 1.0 if is_overridden else event.score or 0.0
    return ReviewedAttempt(
        number=number,
        ref=event.ref,
        stem=bank_item.item.headline if bank_item else "",
        topic=bank_item.topic if bank_item else "",
        response=event.response,
        key=bank_item.item.key_text() if bank_item else "",
        rationale=bank_item.item.rationale if bank_item else "",
        verdict=Verdict.CORRECT if is_overridden else event.verdict or Verdict.of(score),
        score=score,
        confidence=event.confidence,
        duration_ms=event.duration_ms or 0,
        is_flagged=is_flagged,
        is_here=bank_item is not None,
        is_same=bank_item is not None and bank_item.item.fingerprint == event.fingerprint,
        is_overridden=is_overridden,
        at=event.at,
    )
