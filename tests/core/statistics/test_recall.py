"""How memory fades, by FSRS's own formula."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fsrs import Card, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.scheduling.card import A_DAY, CardState, recall_after
from quiz.core.scheduling.fsrs_schedule import Memory
from quiz.core.scheduling.study_day import moment
from quiz.core.statistics.recall import curve
from tests.fakes import NOON

stabilities = st.floats(0.01, 20_000)


def card(stability: float) -> CardState:
    return CardState(state=2, step=None, stability=stability, difficulty=5.0, last_review=NOON)


@given(stabilities, st.integers(0, 5_000), st.integers(0, A_DAY - 1))
def test_recall_is_what_the_schedule_says(stability: float, days: int, more: int) -> None:
    memory = Memory(NOON, card(stability), 1, 1)
    assert recall_after(stability, days) == pytest.approx(memory.recall(NOON + days * A_DAY + more))


@given(stabilities)
def test_after_its_stability_nine_in_ten_are_recalled(stability: float) -> None:
    assert recall_after(stability, stability) == pytest.approx(0.9)


@given(st.floats(0.1, 2_000), st.integers(0, 400 * A_DAY), st.integers(0, 900 * A_DAY))
def test_a_curve_falls_and_reaches_past_now_and_past_its_due_day(
    stability: float, wait: int, passed: int
) -> None:
    told = curve(card(stability), NOON + wait, NOON + passed)
    shares = [share for _, share in told.points]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1
    assert told.points[0][0] == 0
    assert told.points[-1][0] * A_DAY >= max(wait, passed)
    assert told.now == pytest.approx(recall_after(stability, passed // A_DAY))
    assert 0 < told.at_due <= 1


@given(stabilities, st.integers(0, 5_000))
def test_it_is_the_curve_of_the_fsrs_package(stability: float, days: int) -> None:
    reviewed = moment(NOON)
    theirs = Card(card_id=1, stability=stability, difficulty=5.0, due=reviewed, last_review=reviewed)
    later = reviewed + timedelta(days=days)
    assert recall_after(stability, days) == pytest.approx(Scheduler().get_card_retrievability(theirs, later))


def test_a_curve_has_61_points_over_twice_the_interval_or_a_quarter_more_than_has_passed() -> None:
    told = curve(card(10.0), NOON + 8 * A_DAY, NOON + 20 * A_DAY)
    assert [days for days, _ in told.points] == pytest.approx([25 * k / 60 for k in range(61)])
    assert told.points[1][1] == pytest.approx(0.993846, abs=1e-6)
    assert (told.now, told.at_due) == pytest.approx((0.845885, 0.914586), abs=1e-6)
    assert (told.reviewed, told.due, told.at) == (NOON, NOON + 8 * A_DAY, NOON + 20 * A_DAY)
    assert (told.stability, told.decay) == (10.0, card(1.0).decay)
    assert curve(card(10.0), NOON + 9 * A_DAY, NOON).points[-1][0] == 18
    assert curve(card(10.0), NOON, NOON).points[-1][0] == 1
    before = curve(card(10.0), NOON - A_DAY, NOON - A_DAY)
    assert (before.now, before.at_due, before.points[-1][0]) == (1.0, 1.0, 1)
    assert curve(card(10.0), NOON + A_DAY * 8 // 5, NOON + A_DAY * 8 // 5).at_due == recall_after(10.0, 2)
