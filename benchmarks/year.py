"""A year of study until an exam, for three kinds of learners: by their own parameters beside the usual ones.

Each learner's memory follows FSRS-6 with parameters that no schedule knows, and recall falls by chance. Both
schedules have the same items, the same pace and the same retention; one of them trains on the answers as quiz
does: from 400 reviews on, each time they have doubled, adopting only what is better on unseen answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from statistics import fmean
from typing import NamedTuple

from benchmarks.learners import FORGETFUL, NEW_PER_DAY, RETENTION, RETENTIVE, UNEVEN, USUAL
from benchmarks.measuring import Row
from quiz.core.scheduling.own_parameters import AT_LEAST
from quiz.core.scheduling.recall_model import Formulas, Parameters, ReviewSequence
from quiz.core.scheduling.training import trained

LEARNERS = {"forgetful": FORGETFUL, "retentive": RETENTIVE, "uneven": UNEVEN}
DAYS, ITEMS = 365, 1_000
SEEDS = range(1, 6)
RECALLED_SECONDS, FORGOTTEN_SECONDS = 8.0, 20.0


class Year(NamedTuple):
    """What a year came to."""

    minutes: float
    """Minutes spent in all."""
    known: float
    """How many items are expected to be recalled on the day of the exam, by the learner's true memory."""
    adopted: int
    """How often parameters were adopted."""

    @property
    def minutes_per_known(self) -> float:
        """How many minutes went into each item known."""
        return self.minutes / self.known


class _Item:
    """An item in the learner's mind, and as the schedule sees it."""

    def __init__(self, rating: int, day: int, mind: Formulas, schedule: Formulas) -> None:
        self.first, self.day = rating, day
        self.later: list[tuple[int, int]] = []
        self.truth = mind.first_stability[rating], mind.first_difficulty[rating]
        self.seen = schedule.first_stability[rating], schedule.first_difficulty[rating]

    def review(self, day: int, mind: Formulas, schedule: Formulas, rng: Random) -> bool:
        """Answer it on a day; say whether it was recalled."""
        days = day - self.day
        is_recalled = rng.random() < mind.recall(self.truth[0], days)
        rating = rng.choices((2, 3, 4), (0.06, 0.88, 0.06))[0] if is_recalled else 1
        self.later.append((days, rating))
        self.truth = _after(mind, self.truth, days, rating)
        self.seen = _after(schedule, self.seen, days, rating)
        self.day = day
        return is_recalled

    def due(self, schedule: Formulas, rng: Random) -> int:
        """Return the day on which the schedule brings it back."""
        interval = schedule.interval(self.seen[0], RETENTION) * rng.uniform(0.95, 1.05)
        return self.day + max(1, round(interval))


def _after(formulas: Formulas, held: tuple[float, float], days: int, rating: int) -> tuple[float, float]:
    stability, difficulty = held
    return (
        formulas.stability_after(stability, difficulty, days, rating),
        formulas.difficulty_after(difficulty, rating),
    )


def year(truth: Sequence[float], seed: int, *, is_own: bool) -> Year:
    """Simulate a year of a learner's study, by parameters of their own or by the usual ones."""
    rng, mind = Random(seed), Formulas(truth)
    present: Parameters = USUAL
    schedule = Formulas(present)
    due: list[list[_Item]] = [[] for _ in range(DAYS)]
    items: list[_Item] = []
    seconds, reviews, train_at, adopted = 0.0, 0, AT_LEAST, 0
    for day in range(DAYS):
        for item in due[day]:
            seconds += RECALLED_SECONDS if item.review(day, mind, schedule, rng) else FORGOTTEN_SECONDS
        begun = [
            _Item(rng.choices((1, 2, 3, 4), (0.4, 0.05, 0.5, 0.05))[0], day, mind, schedule)
            for _ in range(min(NEW_PER_DAY, ITEMS - len(items)))
        ]
        seconds += len(begun) * FORGOTTEN_SECONDS
        reviews += len(due[day]) + len(begun)
        items += begun
        if is_own and reviews >= train_at:
            told = trained([ReviewSequence(each.first, tuple(each.later)) for each in items], present, rng)
            train_at = 2 * reviews
            if told is not None and told.is_better:
                present, adopted = told.parameters, adopted + 1
                schedule = Formulas(present)
        for item in (*due[day], *begun):
            back = item.due(schedule, rng)
            if back < DAYS:
                due[back].append(item)
    known = sum(mind.recall(item.truth[0], DAYS - item.day) for item in items)
    return Year(seconds / 60, known, adopted)


def measure() -> list[Row]:
    """Simulate several years of each learner by both schedules."""
    rows = []
    for name, truth in LEARNERS.items():
        fixed, own = ([year(truth, seed, is_own=is_own) for seed in SEEDS] for is_own in (False, True))
        ratios = [
            mine.minutes_per_known / usual.minutes_per_known for mine, usual in zip(own, fixed, strict=True)
        ]
        minutes, known = (fmean(getattr(each, what) for each in own) for what in ("minutes", "known"))
        usually, known_usually = (
            fmean(getattr(each, what) for each in fixed) for what in ("minutes", "known")
        )
        rows.append(
            Row(
                f"a year, {name} learner, {len(ratios)} runs: own parameters, minutes per item known"
                f" {min(ratios):.2f} to {max(ratios):.2f} of the usual",
                f"{minutes:,.0f} min, {known:,.0f} of {ITEMS:,} known",
                f"usual: {usually:,.0f} min, {known_usually:,.0f} known",
                fmean(ratios),
            )
        )
    return rows
