"""FSRS's state of an item, the next one after a review, and its prediction of recall."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

import msgspec

from quiz.core.scheduling.fsrs_review import USUAL_PARAMETERS, reviewer

LEARNING_STEP = timedelta(minutes=10)
_A_STEP = LEARNING_STEP // timedelta(milliseconds=1)
LEECH_AT = 8
"""An item missed this often is called a leech."""
A_DAY = 86_400_000
"""In milliseconds."""
DECAY = USUAL_PARAMETERS[20]
"""How fast FSRS's curve falls: the last of its default parameters."""


class CardState(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """FSRS's state of an item."""

    state: int
    step: int | None
    stability: float
    """Days after which the probability of recall has fallen to 90 %."""
    difficulty: float
    """From 1 to 10."""
    last_review: int
    """When FSRS last reviewed it, in milliseconds since 1970 UTC."""
    decay: float = DECAY
    """How fast the curve falls, 0.1 to 0.8, by the parameters of the last review."""

    def recall(self, days: float) -> float:
        """Return the probability of recall, 0 to 1, some days after the last review."""
        return recall_after(self.stability, days, self.decay)


@lru_cache(maxsize=64)
def curve_factor(decay: float) -> float:
    """Return the factor of a curve that falls so fast: with it, recall is 90 % after `stability` days."""
    return float(0.9 ** (-1 / decay) - 1)


def recall_after(stability: float, days: float, decay: float = DECAY) -> float:
    """Return the probability of recall, 0 to 1, some days after a review.

    This is FSRS-6's curve, (1 + f · days / stability) ^ -d with f such that it is 90 % after `stability`
    days, as in `fsrs.Scheduler.get_card_retrievability`, which would take a hundred times as long for a menu.
    """
    later = days if days > 0.0 else 0.0  # noqa: FURB136 - a call of `max` takes a third of the time
    return float((1 + curve_factor(decay) * later / stability) ** -decay)


def after_review(
    card: CardState | None, rating: int, at_ms: int, retention: float, parameters: tuple[float, ...]
) -> tuple[CardState, int]:
    """Return the state after a review rated 1 to 4, and when FSRS brings the item back, without fuzz.

    `parameters` are the 21 of FSRS-6, or empty for its defaults. Times are milliseconds since 1970 UTC.
    """
    by = reviewer(parameters, retention)
    if card is None:
        left = by.first(rating)
    else:
        days = (at_ms - card.last_review) // A_DAY
        left = by.later(card.state, card.stability, card.difficulty, days, rating)
    due = at_ms + left.days * A_DAY + int(left.steps * _A_STEP)
    return CardState(left.state, left.step, left.stability, left.difficulty, at_ms, by.decay), due
