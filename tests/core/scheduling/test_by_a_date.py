"""Planning for the day of an exam."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from quiz.core.scheduling.by_a_date import MemoryState, Plan, _Outlook, plan
from quiz.core.scheduling.recall_model import Formulas
from tests.core.scheduling.sequences import USUAL


def some(rng: Random, count: int, new: float = 0.3) -> list[MemoryState]:
    return [
        MemoryState()
        if rng.random() < new
        else MemoryState(rng.uniform(0.5, 60), rng.uniform(2, 9), rng.randint(0, 40))
        for _ in range(count)
    ]


def known_by(items: list[MemoryState], told: Plan, days_left: int) -> float:
    outlook = _Outlook(Formulas(USUAL), days_left, 0.5)
    return sum(
        outlook.recall(item, tuple(day for day, asked in enumerate(told.days) if place in asked))
        for place, item in enumerate(items)
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_plan_keeps_to_its_room_and_says_what_it_comes_to(seed: int) -> None:
    rng = Random(seed)
    items, days_left, per_day = some(rng, 60), rng.randint(1, 15), rng.randint(0, 12)
    told = plan(items, days_left, per_day, USUAL)
    assert len(told.days) == days_left
    assert all(len(asked) == len(set(asked)) <= per_day for asked in told.days)
    assert told.known == pytest.approx(known_by(items, told, days_left))
    assert told.known >= told.known_without
    planned = {place for asked in told.days for place in asked}
    assert set(told.not_reached) == {
        place for place, item in enumerate(items) if not item.stability and place not in planned
    }
    assert set(told.unsafe).isdisjoint(told.not_reached)


@pytest.mark.parametrize("seed", range(8))
def test_a_plan_is_nearly_the_best_there_is(seed: int) -> None:
    items, days_left = some(Random(seed), 3, new=0.5), 3
    outlook = _Outlook(Formulas(USUAL), days_left, 0.5)
    best = 0.0
    for asked in product((None, 0, 1, 2), repeat=days_left):
        days = [tuple(day for day, place in enumerate(asked) if place == number) for number in range(3)]
        best = max(best, sum(map(outlook.recall, items, days)))
    assert plan(items, days_left, 1, USUAL).known > 0.96 * best


def test_with_room_for_all_everything_is_asked_the_day_before_at_last() -> None:
    items = [MemoryState(5.0, 5.0, 10)] * 20
    told = plan(items, 4, 20, USUAL)
    assert len(told.days[-1]) == 20
    assert not told.unsafe
    assert not told.not_reached


def test_without_room_or_days_all_of_it_is_left_undone() -> None:
    items = [MemoryState(), MemoryState(2.0, 5.0, 30)]
    for told in (plan(items, 5, 0, USUAL), plan(items, 0, 5, USUAL)):
        assert told.answers == 0
        assert told.not_reached == (0,)
        assert told.unsafe == (1,)
        assert told.known == told.known_without > 0


def test_what_is_safe_anyway_is_not_asked() -> None:
    told = plan([MemoryState(20_000.0, 3.0, 1)] * 9, 3, 9, USUAL)
    assert told.answers == 0
    assert told.known > 8.9


def test_a_plan_to_the_last_answer() -> None:
    told = plan(some(Random(3), 8), 5, 2, USUAL, aim=0.85, first_right=0.6)
    assert told.days == ((3, 6), (0, 4), (2, 5), (1, 4), (0, 3))
    assert (told.known, told.known_without) == pytest.approx((7.668110, 4.561211), abs=1e-6)
    assert (told.answers, told.not_reached, told.unsafe) == (10, (), ())
    told = plan(some(Random(4), 6), 3, 4, USUAL)
    assert told.days == ((2, 3), (0, 1, 4, 5), (0, 1, 2, 4))
    assert told.known == pytest.approx(5.736296, abs=1e-6)
    told = plan([MemoryState()] * 4, 2, 1, USUAL)
    assert (told.days, told.not_reached, told.unsafe) == (((1,), (0,)), (2, 3), (0, 1))
    assert (told.known, told.known_without) == (pytest.approx(1.660510, abs=1e-6), 0.0)
