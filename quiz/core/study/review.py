"""A study session looked at again: every attempt with what was given, what was right, and why."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.core.content.grading import Verdict
from quiz.core.content.item import ItemRef
from quiz.core.events.model import Event, EventKind
from quiz.core.item_result import ItemResult
from quiz.core.session import ItemLookup
from quiz.core.study.state import flagged_after


class ReviewedAttempt(ItemResult, frozen=True, kw_only=True):
    """An attempt of a study session. Its number is its place among the attempts, from 1."""

    is_overridden: bool = False
    """Whether the learner said that it was right."""
    at: int = 0
    """When, in milliseconds since 1970 UTC."""


def study_review(events: Iterable[Event], shelf: ItemLookup) -> tuple[ReviewedAttempt, ...]:
    """Return the attempts of a session in their order; `events` are those that count.

    The shelf says what an item is about; without it there is only what was recorded. An overridden attempt
    counts as correct.
    """
    told = list(events)
    right = {event.target for event in told if event.kind is EventKind.OVERRIDE}
    flagged: frozenset[ItemRef] = frozenset()
    for event in told:
        if event.kind is EventKind.FLAG:
            flagged = flagged_after(flagged, event)
    attempts = [event for event in told if event.kind is EventKind.ATTEMPT]
    return tuple(
        _reviewed(number, event, shelf, is_overridden=event.n in right, is_flagged=event.ref in flagged)
        for number, event in enumerate(attempts, 1)
    )


def _reviewed(
    number: int, event: Event, shelf: ItemLookup, *, is_overridden: bool, is_flagged: bool
) -> ReviewedAttempt:
    placed = shelf.get(event.ref)
    score = 1.0 if is_overridden else event.score or 0.0
    return ReviewedAttempt(
        number=number,
        ref=event.ref,
        stem=placed.item.stem if placed else "",
        topic=placed.topic if placed else "",
        response=event.response,
        key=placed.item.key_text() if placed else "",
        rationale=placed.item.rationale if placed else "",
        verdict=Verdict.CORRECT if is_overridden else event.verdict or Verdict.of(score),
        score=score,
        confidence=event.confidence,
        duration_ms=event.duration_ms or 0,
        is_flagged=is_flagged,
        is_here=placed is not None,
        is_same=placed is not None and placed.item.fingerprint == event.fingerprint,
        is_overridden=is_overridden,
        at=event.at,
    )
