"""Learners made up: their memory follows FSRS-6 with parameters of their own, which no schedule knows."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from fsrs.scheduler import DEFAULT_PARAMETERS

from quiz.core.scheduling.recall_model import Formulas, ReviewSequence

USUAL = DEFAULT_PARAMETERS
FORGETFUL = (
    0.1, 0.5, 0.9, 2.5, 6.9, 0.7, 2.6, 0.01, 1.35, 0.2, 0.55,
    1.1, 0.1, 0.2, 1.2, 0.45, 1.4, 0.4, 0.1, 0.1, 0.35,
)  # fmt: skip
RETENTIVE = (
    0.9, 3.5, 9.0, 25.0, 5.4, 0.9, 2.4, 0.01, 2.3, 0.08, 1.2,
    1.9, 0.04, 0.35, 2.0, 0.7, 2.3, 0.6, 0.1, 0.05, 0.12,
)  # fmt: skip
UNEVEN = (
    0.15, 1.0, 3.5, 12.0, 8.2, 0.5, 3.6, 0.05, 1.6, 0.3, 1.3,
    0.9, 0.15, 0.4, 0.9, 0.5, 2.2, 0.5, 0.1, 0.1, 0.25,
)  # fmt: skip
RETENTION = 0.9
NEW_PER_DAY = 20


class _Made:
    """An item in the learner's mind, and as the schedule by the usual parameters sees it."""

    def __init__(self, rating: int, day: int, mind: Formulas, schedule: Formulas) -> None:
        self.first = rating
        self.later: list[tuple[int, int]] = []
        self._sides = (mind, schedule)
        self._held = [(each.first_stability[rating], each.first_difficulty[rating]) for each in self._sides]
        self.day = day

    def review(self, day: int, rng: Random) -> None:
        """Answer it on a day: recalled or not by chance, as the learner's memory has it."""
        days = day - self.day
        is_recalled = rng.random() < self._sides[0].recall(self._held[0][0], days)
        rating = rng.choices((2, 3, 4), (0.06, 0.88, 0.06))[0] if is_recalled else 1
        self.later.append((days, rating))
        self._held = [
            (side.stability_after(*held, days, rating), side.difficulty_after(held[1], rating))
            for side, held in zip(self._sides, self._held, strict=True)
        ]
        self.day = day

    def due(self, rng: Random) -> int:
        """Return the day on which the schedule brings it back."""
        interval = self._sides[1].interval(self._held[1][0], RETENTION)
        return self.day + max(1, round(interval * rng.uniform(0.9, 1.1)))


def answers(truth: Sequence[float], reviews: int, seed: int) -> list[ReviewSequence]:
    """Return a number of reviews, the first of a learner whose items come back by the usual parameters."""
    rng = Random(seed)
    mind, schedule = Formulas(truth), Formulas(USUAL)
    items: list[_Made] = []
    due: list[int] = []
    left, day = reviews, 0
    while left:
        asked = [place for place, when in enumerate(due) if when <= day][:left]
        for place in asked:
            items[place].review(day, rng)
            due[place] = items[place].due(rng)
        begun = [
            _Made(rng.choices((1, 2, 3, 4), (0.35, 0.05, 0.55, 0.05))[0], day, mind, schedule)
            for _ in range(min(NEW_PER_DAY, left - len(asked)))
        ]
        items += begun
        due += [item.due(rng) for item in begun]
        left -= len(asked) + len(begun)
        day += 1
    return [ReviewSequence(item.first, tuple(item.later)) for item in items]
