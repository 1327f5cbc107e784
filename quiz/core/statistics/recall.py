"""How memory fades between two reviews, by FSRS."""

from __future__ import annotations

import msgspec

from quiz.core.scheduling.card import A_DAY, CardState

POINTS = 61
"""How many points a curve has."""


class Curve(msgspec.Struct, frozen=True):
    """The probability of recall of an item after its last review, without another one."""

    reviewed: int
    """When it was last reviewed, in milliseconds since 1970 UTC."""
    due: int
    """When it comes back, in milliseconds since 1970 UTC."""
    stability: float
    """Days after which the probability of recall has fallen to 90 %."""
    decay: float
    """How fast the curve falls, 0.1 to 0.8: the last of FSRS-6's parameters."""
    at: int
    """The present time, in milliseconds since 1970 UTC."""
    now: float
    """The probability of recall now, 0 to 1."""
    at_due: float
    """The probability of recall when it comes back, 0 to 1."""
    points: tuple[tuple[float, float], ...]
    """Days since the last review, and the probability of recall, 0 to 1."""


def curve(card: CardState, due: int, at_ms: int) -> Curve:
    """Return an item's forgetting curve, past now and past its due day."""
    days_now = max(0.0, (at_ms - card.last_review) / A_DAY)
    days_due = max(0.0, (due - card.last_review) / A_DAY)
    end = max(1.0, 2 * days_due, 1.25 * days_now)
    places = [end * place / (POINTS - 1) for place in range(POINTS)]
    return Curve(
        reviewed=card.last_review,
        due=due,
        stability=card.stability,
        decay=card.decay,
        at=at_ms,
        now=card.recall(int(days_now)),
        at_due=card.recall(round(days_due)),
        points=tuple((days, card.recall(days)) for days in places),
    )
