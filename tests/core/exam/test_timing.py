"""How an exam's time is spent."""

from __future__ import annotations

from quiz.core.exam.timing import Timing
from tests.core.exam.exams import CAPITAL, OCEAN
from tests.fakes import MINUTE, NOON, SECOND


def test_without_limits_nothing_runs_out() -> None:
    timing = Timing(NOON).shown(CAPITAL, NOON)
    assert Timing(NOON).since == 0
    assert (timing.deadline, timing.left_ms(NOON), timing.item_left_ms(CAPITAL, NOON)) == (None, None, None)
    assert timing.used_up_at(CAPITAL) is None
    assert not timing.goes_on_alone
    assert timing.spent_on(CAPITAL, NOON + MINUTE) == MINUTE


def test_the_whole_tests_time_runs_from_its_start_and_ends_at_nothing() -> None:
    timing = Timing(NOON, limit_ms=MINUTE)
    assert timing.deadline == NOON + MINUTE
    assert [timing.left_ms(NOON + at) for at in (0, MINUTE - 1, MINUTE, 2 * MINUTE)] == [MINUTE, 1, 0, 0]


def test_an_items_time_runs_only_while_it_is_shown() -> None:
    timing = Timing(NOON, item_limit_ms=30 * SECOND).shown(CAPITAL, NOON)
    assert timing.goes_on_alone
    assert (timing.used_up_at(CAPITAL), timing.used_up_at(OCEAN)) == (NOON + 30 * SECOND, None)
    timing = timing.shown(OCEAN, NOON + 10 * SECOND).shown(CAPITAL, NOON + MINUTE)
    assert timing.used_up_at(CAPITAL) == NOON + MINUTE + 20 * SECOND
    assert timing.item_left_ms(OCEAN, NOON + MINUTE) == 0
    assert timing.is_used_up(OCEAN, NOON + MINUTE)
    timing = timing.shown(CAPITAL, NOON + 2 * MINUTE)
    assert timing.used_up_at(CAPITAL) == NOON + 2 * MINUTE
    assert timing.spent_on(CAPITAL, NOON + 3 * MINUTE) == 30 * SECOND
