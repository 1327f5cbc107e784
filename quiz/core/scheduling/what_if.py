"""Simulating a year of study at another retention: minutes a day, and items known at its end.

The learner's memory is assumed to follow FSRS-6 with the given parameters; answers are random.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import NamedTuple

import msgspec

from quiz.core.scheduling.intervals import MOST_DAYS
from quiz.core.scheduling.recall_model import Formulas, Parameters

RETENTIONS = tuple(percent / 100 for percent in range(80, 98))
A_YEAR = 365


class HeldItem(NamedTuple):
    """An item that was answered before, as of today."""

    stability: float
    difficulty: float
    days: int
    """How many whole days ago it was reviewed."""
    due_in: int
    """In how many days it comes back; 0 or less is now."""


class Habits(msgspec.Struct, frozen=True):
    """How long somebody's answers take, and how they are distributed."""

    new_seconds: float = 20.0
    """The time for a first answer, including reading the feedback."""
    recalled_seconds: float = 8.0
    forgotten_seconds: float = 20.0
    """The time for a wrong answer, including answering again on the same day."""
    first_ratings: tuple[float, float, float, float] = (0.4, 0.05, 0.5, 0.05)
    """The shares of first answers rated 1 to 4."""
    later_ratings: tuple[float, float, float] = (0.05, 0.9, 0.05)
    """The shares of recalled answers rated 2 to 4."""


class Outcome(msgspec.Struct, frozen=True):
    """The result of a period of study."""

    retention: float
    new_per_day: float
    minutes_per_day: float
    known: float
    """How many items are expected to be recalled on the day after the last."""
    reviews: int
    """How many answers were given, counting the first of each item and day."""

    @property
    def minutes_per_known(self) -> float:
        """The minutes a day for each known item; infinite if none is known."""
        return self.minutes_per_day / self.known if self.known else float("inf")


def outcome(
    held: Iterable[HeldItem],
    unseen: int,
    retention: float,
    new_per_day: float,
    parameters: Parameters,
    habits: Habits,
    rng: Random,
    days: int = A_YEAR,
) -> Outcome:
    """Simulate some days of study in which every item is asked on the day it is due.

    `unseen` is how many items were never answered; on average at most `new_per_day` of them are started a
    day.
    """
    simulation = _Simulation(retention, parameters, habits, rng, days)
    for each in held:
        simulation.take(each)
    for day in range(days):
        begun = min(int((day + 1) * new_per_day) - int(day * new_per_day), unseen)
        unseen -= begun
        simulation.study(day, begun)
    return Outcome(
        retention=retention,
        new_per_day=new_per_day,
        minutes_per_day=simulation.seconds / 60 / days,
        known=simulation.known(days),
        reviews=simulation.reviews,
    )


def suggested(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the outcome with the least minutes for each known item. Raises ValueError for no outcomes."""
    return min(outcomes, key=lambda each: each.minutes_per_known)


class _Simulation:
    """Items in a learner's memory, and the days on which they come back."""

    def __init__(
        self, retention: float, parameters: Parameters, habits: Habits, rng: Random, days: int
    ) -> None:
        self.seconds = 0.0
        self.reviews = 0
        self._formulas = Formulas(parameters)
        self._stretch = self._formulas.interval(1.0, retention)
        self._habits = habits
        self._rng = rng
        self._due: list[list[int]] = [[] for _ in range(days)]
        self._stability: list[float] = []
        self._difficulty: list[float] = []
        self._last: list[int] = []

    def take(self, held: HeldItem) -> None:
        """Add an item as of the first day."""
        self._add(held.stability, held.difficulty, -held.days)
        self._put(len(self._last) - 1, max(0, held.due_in))

    def study(self, day: int, new: int) -> None:
        """Answer what is due on a day, and start some new items."""
        for place in self._due[day]:
            self._review(place, day)
        habits, formulas = self._habits, self._formulas
        for rating in self._rng.choices((1, 2, 3, 4), habits.first_ratings, k=new):
            self._add(formulas.first_stability[rating], formulas.first_difficulty[rating], day)
            self._come_back(len(self._last) - 1, day)
        self.seconds += new * habits.new_seconds
        self.reviews += new + len(self._due[day])

    def known(self, day: int) -> float:
        """Return how many items are expected to be recalled on a day."""
        recall = self._formulas.recall
        return sum(
            recall(stability, day - last) for stability, last in zip(self._stability, self._last, strict=True)
        )

    def _review(self, place: int, day: int) -> None:
        formulas, habits, rng = self._formulas, self._habits, self._rng
        stability, difficulty, days = self._stability[place], self._difficulty[place], day - self._last[place]
        rating = 1
        if rng.random() < formulas.recall(stability, days):
            chance, (hard, good, _) = rng.random(), habits.later_ratings
            rating = 3 if chance < good else 2 if chance < good + hard else 4
        self.seconds += habits.recalled_seconds if rating > 1 else habits.forgotten_seconds
        self._stability[place] = formulas.stability_after(stability, difficulty, days, rating)
        self._difficulty[place] = formulas.difficulty_after(difficulty, rating)
        self._last[place] = day
        self._come_back(place, day)

    def _add(self, stability: float, difficulty: float, last: int) -> None:
        self._stability.append(stability)
        self._difficulty.append(difficulty)
        self._last.append(last)

    def _come_back(self, place: int, day: int) -> None:
        self._put(place, day + min(MOST_DAYS, max(1, round(self._stability[place] * self._stretch))))

    def _put(self, place: int, day: int) -> None:
        if day < len(self._due):
            self._due[day].append(place)
