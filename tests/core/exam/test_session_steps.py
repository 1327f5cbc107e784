"""The edges of an exam: its first and last place, the moment time is over, what only some of it settles."""

from __future__ import annotations

import pytest

from quiz.core.events.model import EventKind
from quiz.core.exam.session import AnswerState, By
from quiz.core.session import InvalidTransition, Phase, arrangement
from tests.core.exam.exams import CAPITAL, FORM, ITEMS, OCEAN, RIGHT, begun
from tests.fakes import MINUTE, NOON, SECOND


def test_from_the_second_item_one_gets_back_to_the_first() -> None:
    exam = begun()
    assert exam.next_place(NOON) == 1
    exam = exam.apply(exam.show(1, NOON))
    assert exam.next_place(NOON, -1) == 0
    assert begun().next_place(NOON, -1) is None


@pytest.mark.parametrize("place", [-1, len(FORM), len(FORM) + 1])
def test_there_is_nothing_beyond_the_first_and_the_last(place: int) -> None:
    with pytest.raises(InvalidTransition, match="no such item"):
        begun().show(place, NOON)
    assert begun().show(len(FORM) - 1, NOON).ref == FORM[-1]


def test_time_is_over_at_its_very_end() -> None:
    exam = begun(minutes=20)
    assert exam.ran_out_at(NOON + 20 * MINUTE - 1) is None
    assert exam.ran_out_at(NOON + 20 * MINUTE) == NOON + 20 * MINUTE
    assert exam.ran_out_at(NOON + 30 * MINUTE) == NOON + 20 * MINUTE


def test_all_is_submitted_once_every_item_is() -> None:
    exam = begun(CAPITAL, OCEAN, feedback="at-once")
    answer = exam.answer(RIGHT[CAPITAL], NOON)
    assert answer is not None
    exam = exam.apply(answer)
    assert not exam.is_all_submitted
    exam = exam.apply(exam.show(1, NOON))
    answer = exam.answer(RIGHT[OCEAN], NOON)
    assert answer is not None
    assert exam.apply(answer).is_all_submitted


def test_an_item_is_closed_only_where_verdicts_come_at_once_and_none_has_come() -> None:
    assert begun().close(NOON) is None
    exam = begun(feedback="at-once")
    closed = exam.close(NOON)
    assert closed is not None
    assert (closed.kind, closed.ref, closed.score) == (EventKind.ATTEMPT, CAPITAL, 0)
    exam = exam.apply(closed)
    assert exam.phase is Phase.REVIEWING
    assert exam.close(NOON) is None


def test_what_is_put_off_is_said_of_the_item() -> None:
    event = begun().skip(NOON)
    assert (event.kind, event.ref, event.n) == (EventKind.SKIP, CAPITAL, begun().n + 1)


def test_the_end_comes_right_after_the_attempts() -> None:
    exam = begun()
    events = exam.hand_in(NOON, By.LEARNER)
    assert [event.n for event in events] == [exam.n + place for place in range(1, len(FORM) + 2)]
    assert events[-1].kind is EventKind.END


def test_the_clock_of_an_item_stops_while_the_test_is_left() -> None:
    left = begun().leave(NOON + 10 * SECOND)
    assert left.body == {"left": True}
    away = begun().apply(left)
    assert away.timing.spent_on(CAPITAL, NOON + 100 * SECOND) == 10 * SECOND
    back = away.apply(away.resume(NOON + 100 * SECOND))
    assert back.timing.spent_on(CAPITAL, NOON + 105 * SECOND) == 15 * SECOND


def test_the_clock_of_an_item_with_a_limit_goes_on() -> None:
    exam = begun(seconds_per_item=60)
    away = exam.apply(exam.leave(NOON + 10 * SECOND))
    assert not away.is_closed(CAPITAL, NOON + 59 * SECOND)
    assert away.is_closed(CAPITAL, NOON + 60 * SECOND)


def test_standings_are_called_as_ever() -> None:
    assert [standing.value for standing in AnswerState] == ["empty", "begun", "answered"]


def test_options_stand_in_the_order_of_the_form_whenever_they_are_shown() -> None:
    exam = begun()
    orders = {number: arrangement(7, CAPITAL, number, ITEMS[0]) for number in range(4)}
    assert len({str(order) for order in orders.values()}) > 1
    assert exam.interaction == orders[0]
    assert exam.apply(exam.show(1, NOON)).apply(exam.show(0, NOON)).interaction == orders[0]
