"""How memory fades between two reviews, by FSRS."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from quiz.core.scheduling.fsrs_schedule import A_DAY, CardState, recall_after

POINTS = 61
"""How many points a curve is drawn by."""


class Knowledge(msgspec.Struct, frozen=True):
    """How many of some items are known, being learnt, and new. The three add up to all of them."""

    items: int
    known: float
    """How many are expected to be recalled now."""
    learning: float
    """How many were answered, but are not expected to be recalled now."""
    new: int
    """How many were never answered."""

    @property
    def share(self) -> float:
        """The expected share that is recalled now, 0 to 1."""
        return self.known / self.items if self.items else 0.0


class Curve(msgspec.Struct, frozen=True):
    """The chance of recall of an item from its last review on, if it is not reviewed again."""

    reviewed: int
    """When it was last reviewed, in milliseconds since 1970 UTC."""
    due: int
    """When it comes back, in milliseconds since 1970 UTC."""
    stability: float
    """Days after which the chance of recall has fallen to 90 %."""
    at: int
    """What time it is now, in milliseconds since 1970 UTC."""
    now: float
    """The chance of recall now, 0 to 1."""
    at_due: float
    """The chance of recall when it comes back, 0 to 1."""
    points: tuple[tuple[float, float], ...]
    """Days since the last review, and the chance of recall, 0 to 1."""


def knowledge(items: int, held: Iterable[tuple[float | None, int | None]], at_ms: int) -> Knowledge:
    """Return how many of a number of items are known at a time.

    `held` are the stability and the time of the last review of those that were ever answered; without them
    nothing is expected of an item. FSRS counts whole days.
    """
    answered, known = 0, 0.0
    for stability, reviewed_at in held:
        answered += 1
        if stability is not None and reviewed_at is not None:
            known += recall_after(stability, (at_ms - reviewed_at) // A_DAY)
    items = max(items, answered)
    return Knowledge(items, known, answered - known, items - answered)


def curve(card: CardState, due: int, at_ms: int) -> Curve:
    """Return an item's forgetting curve, past now and past the day it comes back."""
    days_now = max(0.0, (at_ms - card.last_review) / A_DAY)
    days_due = max(0.0, (due - card.last_review) / A_DAY)
    end = max(1.0, 2 * days_due, 1.25 * days_now)
    places = [end * place / (POINTS - 1) for place in range(POINTS)]
    return Curve(
        reviewed=card.last_review,
        due=due,
        stability=card.stability,
        at=at_ms,
        now=recall_after(card.stability, int(days_now)),
        at_due=recall_after(card.stability, round(days_due)),
        points=tuple((days, recall_after(card.stability, days)) for days in places),
    )
