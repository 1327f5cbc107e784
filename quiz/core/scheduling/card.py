"""FSRS's state of an item, and its prediction of recall, by the `fsrs` package."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from quiz.core.scheduling.intervals import MOST_DAYS
from quiz.core.scheduling.study_day import milliseconds, moment

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

LEARNING_STEP = timedelta(minutes=10)
A_DAY = 86_400_000
"""In milliseconds."""
DECAY = 0.1542
"""How fast FSRS's curve falls: the last of its default parameters (`fsrs.scheduler.FSRS_DEFAULT_DECAY`)."""


class CardState(msgspec.Struct, frozen=True, omit_defaults=True):
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
def _factor(decay: float) -> float:
    return float(0.9 ** (-1 / decay) - 1)


def recall_after(stability: float, days: float, decay: float = DECAY) -> float:
    """Return the probability of recall, 0 to 1, some days after a review.

    This is FSRS-6's curve, (1 + f · days / stability) ^ -d with f such that it is 90 % after `stability`
    days, as in `fsrs.Scheduler.get_card_retrievability`, which would take a hundred times as long for a menu.
    """
    return float((1 + _factor(decay) * max(0.0, days) / stability) ** -decay)


def after_review(
    card: CardState | None, due: int, rating: int, at_ms: int, retention: float, parameters: tuple[float, ...]
) -> tuple[CardState, int]:
    """Return the state after a review rated 1 to 4, and when FSRS brings the item back, without fuzz.

    `due` is when it was to come back; `parameters` are the 21 of FSRS-6, or empty for its defaults. Times are
    milliseconds since 1970 UTC.
    """
    from fsrs import Rating

    scheduler = _scheduler(retention, parameters)
    after, _ = scheduler.review_card(_fsrs_card(card, due), Rating(rating), moment(at_ms))
    return _card_state(after, at_ms, scheduler), milliseconds(after.due)


def are_parameters(told: Sequence[float]) -> bool:
    """Return whether these are valid parameters for FSRS-6: 21 numbers, each within its bounds."""
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    return len(told) == len(LOWER_BOUNDS_PARAMETERS) and all(
        low <= value <= high
        for value, low, high in zip(told, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    )


@lru_cache(maxsize=32)
def _scheduler(retention: float, parameters: tuple[float, ...]) -> Scheduler:
    from fsrs import Scheduler
    from fsrs.scheduler import DEFAULT_PARAMETERS

    return Scheduler(
        parameters=parameters or DEFAULT_PARAMETERS,
        desired_retention=retention,
        learning_steps=(LEARNING_STEP,),
        relearning_steps=(LEARNING_STEP,),
        maximum_interval=MOST_DAYS,
        enable_fuzzing=False,
    )


def _fsrs_card(card: CardState | None, due: int) -> Card:
    from fsrs import Card, State

    if card is None:
        return Card(card_id=1, due=datetime(1970, 1, 1, tzinfo=UTC))
    return Card(
        card_id=1,
        state=State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=moment(due),
        last_review=moment(card.last_review),
    )


def _card_state(card: Card, reviewed_at: int, scheduler: Scheduler) -> CardState:
    return CardState(
        state=int(card.state),
        step=card.step,
        stability=float(card.stability or 0.0),
        difficulty=float(card.difficulty or 0.0),
        last_review=reviewed_at,
        decay=scheduler.parameters[20],
    )
