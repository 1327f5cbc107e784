"""A year of study, simulated."""

from __future__ import annotations

from random import Random

import pytest

from quiz.core.scheduling.what_if import RETENTIONS, Habits, HeldItem, Outcome, outcome, suggested
from tests.core.scheduling.sequences import USUAL

FORGETFUL = (*(value / 4 for value in USUAL[:4]), *USUAL[4:])


def year(retention: float = 0.9, new: int = 20, unseen: int = 400, **told: object) -> Outcome:
    parameters = told.pop("parameters", USUAL)
    return outcome([], unseen, retention, new, parameters, Habits(), Random(1), **told)  # type: ignore[arg-type]


def test_more_retention_costs_more_and_knows_more() -> None:
    low, high = year(0.8), year(0.95)
    assert high.minutes_per_day > 1.3 * low.minutes_per_day
    assert low.known < high.known < 400
    assert low.known > 0.8 * 400


def test_what_comes_back_at_a_retention_is_recalled_that_often() -> None:
    """Minutes tell: with a second for each recall and none for the rest, they count the recalls."""
    counting = Habits(new_seconds=0, recalled_seconds=60, forgotten_seconds=0)
    told = outcome([], 500, 0.9, 50, USUAL, counting, Random(2), 365)
    assert told.minutes_per_day * 365 / (told.reviews - 500) == pytest.approx(0.9, abs=0.03)


def test_new_items_begin_at_their_pace() -> None:
    assert year(new=0).reviews == 0
    assert year(new=0).known == 0
    assert year(new=3, days=10).reviews >= 30
    slow, fast = year(new=1), year(new=40)
    assert slow.known < fast.known


def test_items_held_already_count() -> None:
    held = [HeldItem(30.0, 5.0, 10, 20)] * 50
    nothing = outcome(held, 0, 0.9, 0, USUAL, Habits(), Random(1), days=5)
    assert nothing.reviews == 0
    assert 45 < nothing.known < 50
    overdue = outcome([HeldItem(30.0, 5.0, 90, -60)] * 50, 0, 0.9, 0, USUAL, Habits(), Random(1), days=5)
    assert overdue.reviews >= 50


def test_a_forgetful_learner_needs_more_time() -> None:
    assert year(parameters=FORGETFUL).minutes_per_day > year().minutes_per_day


def test_the_same_chance_gives_the_same_outcome() -> None:
    held = [HeldItem(30.0, 5.0, 10, 20), HeldItem(2.0, 8.0, 5, -3), HeldItem(100.0, 2.0, 0, 0)] * 20
    told = outcome(held, 30, 0.85, 2.5, USUAL, Habits(), Random(3), days=40)
    assert (told.retention, told.new_per_day, told.reviews) == (0.85, 2.5, 223)
    assert (told.minutes_per_day, told.known) == pytest.approx((0.998333, 84.285572), rel=1e-5)
    assert told.minutes_per_known == pytest.approx(0.998333 / 84.285572, rel=1e-5)
    told = year(days=60)
    assert told.reviews == 2418
    assert (told.minutes_per_day, told.known) == pytest.approx((7.636667, 373.962938), rel=1e-5)


def test_retentions_go_from_80_to_97_per_cent() -> None:
    assert (RETENTIONS[0], RETENTIONS[1], RETENTIONS[-1], len(RETENTIONS)) == (0.8, 0.81, 0.97, 18)


def test_the_suggestion_has_the_least_minutes_for_an_item_known() -> None:
    told = [year(retention) for retention in RETENTIONS[::4]]
    best = suggested(told)
    assert best in told
    assert all(best.minutes_per_known <= each.minutes_per_known for each in told)
    assert year(new=0).minutes_per_known == float("inf")
    with pytest.raises(ValueError, match="empty"):
        suggested([])
