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

NOON = 1_750_240_800_000
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
