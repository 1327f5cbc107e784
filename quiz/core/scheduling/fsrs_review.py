"""A review by FSRS-6: the numbers of `fsrs.Scheduler.review_card`, to the last bit, without its objects.

Whatever is in the record was scheduled by these numbers, so each expression keeps the package's order of
operations; a test compares both. One learning step and one relearning step, no fuzz.
"""

# ruff: noqa: FURB136 - calls of `min` and `max` would take two fifths of the time of a review.

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import e

import msgspec

from quiz.core.scheduling.intervals import MOST_DAYS

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
# fmt: off
USUAL_PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)
# fmt: on
"""The package's defaults; importing them would take longer than working out a day's reviews."""
LEARNING, REVIEW, RELEARNING = 1, 2, 3
LEAST_STABILITY = 0.001
"""In days: FSRS's own."""
_HARD_STEPS = 1.5
"""How many steps an item waits that was hard within its only step."""


class Reviewed(msgspec.Struct, frozen=True, gc=False):
    """What a review leaves behind."""

    state: int
    step: int | None
    stability: float
    """In days."""
    difficulty: float
    """From 1 to 10."""
    days: int
    """After how many days the item is due; 0 while it is in a step."""
    steps: float
    """After how many learning steps it is due; 0 if it is in none."""


class Reviewer:
    """FSRS-6 with given parameters for a given retention."""

    def __init__(self, parameters: tuple[float, ...], retention: float) -> None:
        self._w = w = parameters
        self.decay = w[20]
        self._fall = -w[20]
        self._factor = 0.9 ** (1 / self._fall) - 1
        self._at_retention = retention ** (1 / self._fall) - 1
        self._first_stability = [0.0, *(max(each, LEAST_STABILITY) for each in w[:4])]
        self._first_difficulty = [w[4] - (e ** (w[5] * (rating - 1))) + 1 for rating in range(5)]
        self._easiest = w[7] * self._first_difficulty[EASY]
        self._kept = 1 - w[7]
        self._shift = [-(w[6] * (rating - 3)) for rating in range(5)]
        self._growth = e ** w[8]
        self._same_day = [e ** (w[17] * (rating - 3 + w[18])) for rating in range(5)]
        self._cap = e ** (w[17] * w[18])

    def first(self, rating: int) -> Reviewed:
        """Return what the first review of an item leaves behind."""
        difficulty = min(max(self._first_difficulty[rating], 1.0), 10.0)
        return self._placed(LEARNING, rating, self._first_stability[rating], difficulty)

    def later(self, state: int, stability: float, difficulty: float, days: int, rating: int) -> Reviewed:
        """Return what a review leaves behind that comes some whole days after the one before."""
        w = self._w
        if days < 1:
            growth = self._same_day[rating] * stability ** -w[19]
            after = stability * (growth if rating == AGAIN else max(growth, 1.0))
        else:
            recall = (1 + self._factor * days / stability) ** self._fall
            if rating == AGAIN:
                after = min(
                    w[11]
                    * (difficulty ** -w[12])
                    * (((stability + 1) ** w[13]) - 1)
                    * (e ** ((1 - recall) * w[14])),
                    stability / self._cap,
                )
            else:
                after = stability * (
                    1
                    + self._growth
                    * (11 - difficulty)
                    * (stability ** -w[9])
                    * ((e ** ((1 - recall) * w[10])) - 1)
                    * (w[15] if rating == HARD else 1)
                    * (w[16] if rating == EASY else 1)
                )
        moved = difficulty + (10.0 - difficulty) * self._shift[rating] / 9.0
        moved = self._easiest + self._kept * moved
        moved = 1.0 if moved < 1.0 else 10.0 if moved > 10.0 else moved
        return self._placed(state, rating, LEAST_STABILITY if after < LEAST_STABILITY else after, moved)

    def _placed(self, state: int, rating: int, stability: float, difficulty: float) -> Reviewed:
        if rating == AGAIN:
            return Reviewed(LEARNING if state == LEARNING else RELEARNING, 0, stability, difficulty, 0, 1)
        if rating == HARD and state != REVIEW:
            return Reviewed(state, 0, stability, difficulty, 0, _HARD_STEPS)
        days = round((stability / self._factor) * self._at_retention)
        days = 1 if days < 1 else MOST_DAYS if days > MOST_DAYS else days
        return Reviewed(REVIEW, None, stability, difficulty, days, 0)


def are_parameters(told: Sequence[float]) -> bool:
    """Return whether these are valid parameters for FSRS-6: 21 numbers, each within its bounds."""
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    return len(told) == len(LOWER_BOUNDS_PARAMETERS) and all(
        low <= value <= high
        for value, low, high in zip(told, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    )


@lru_cache(maxsize=32)
def reviewer(parameters: tuple[float, ...], retention: float) -> Reviewer:
    """Return FSRS-6 with 21 parameters, or its defaults where there are none, for a retention, 0 to 1.

    Raises ValueError for invalid parameters.
    """
    if parameters and not are_parameters(parameters):
        raise ValueError("These are no parameters of FSRS-6.")
    return Reviewer(parameters or USUAL_PARAMETERS, retention)
