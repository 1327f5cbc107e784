"""An exam's clocks: no time is won, and none is lost."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Entered, Verdict
from quiz.core.exam.result import clock_remark, result_of
from quiz.core.session import InvalidTransition, Phase
from tests.core.exam.exams import CAPITAL, OCEAN, RIGHT, WRONG
from tests.fakes import DAY, HOUR, MINUTE, SECOND
from tests.services.desk import Desk, verdicts

# Time


def test_time_goes_on_while_it_runs(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(4 * MINUTE)
    assert live.left_ms() == 6 * MINUTE


def test_quitting_wins_no_time(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(MINUTE)
    live.leave()
    desk.go_on(4 * MINUTE)
    desk.boot()
    assert desk.resume(live).left_ms() == 5 * MINUTE


def test_closing_the_lid_wins_no_time(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.set_by(4 * MINUTE)  # the other clock sleeps with the computer
    assert live.left_ms() == 6 * MINUTE


def test_a_clock_set_back_while_it_runs_wins_no_time(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(4 * MINUTE)
    assert live.left_ms() == 6 * MINUTE
    desk.set_by(-HOUR)
    desk.go_on(MINUTE)
    assert live.left_ms() == 5 * MINUTE


def test_a_clock_set_back_while_it_is_left_wins_nothing_of_what_was_spent(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(4 * MINUTE)
    live.leave()
    desk.set_by(-DAY)
    desk.boot()
    again = desk.resume(live)
    assert again.left_ms() == 6 * MINUTE
    desk.go_on(MINUTE)
    assert again.left_ms() == 5 * MINUTE


@pytest.mark.parametrize("start", [1_743_296_100_000, 1_761_439_800_000], ids=["spring", "autumn"])
def test_daylight_saving_changes_nothing(desk: Desk, start: int) -> None:
    """Both begin in Berlin a quarter of an hour before an hour is left out, or comes twice."""
    desk.clock.time = start
    live = desk.start(minutes=60)
    for _ in range(6):
        desk.go_on(5 * MINUTE)
        live.tick()
    assert live.left_ms() == 30 * MINUTE
    live.leave()
    desk.go_on(10 * MINUTE)
    assert desk.resume(live).left_ms() == 20 * MINUTE


def test_another_time_zone_changes_nothing(desk: Desk) -> None:
    live = desk.start(minutes=10)
    live.leave()
    desk.clock.zone_name = "America/New_York"
    desk.go_on(MINUTE)
    assert desk.resume(live).left_ms() == 9 * MINUTE


def test_at_times_end_what_was_given_in_time_is_handed_in(desk: Desk) -> None:
    live = desk.start(minutes=10)
    live.answer(RIGHT[CAPITAL])
    desk.go_on(9 * MINUTE)
    live.change(Entered(("Pacific",)))
    desk.go_on(MINUTE)
    live.tick()
    assert live.session.phase is Phase.FINISHED
    assert live.session.ended is not None
    assert live.session.ended.body == {"by": "clock"}
    assert verdicts(live)[OCEAN] is Verdict.CORRECT


@pytest.mark.parametrize("step", ["change", "answer"])
def test_what_is_given_after_the_end_does_not_count(desk: Desk, step: str) -> None:
    live = desk.start(CAPITAL, minutes=10)
    desk.go_on(9 * MINUTE)
    live.change(RIGHT[CAPITAL])
    desk.set_by(HOUR)  # the lid was closed
    getattr(live, step)(WRONG[CAPITAL])
    assert live.session.phase is Phase.FINISHED
    assert verdicts(live) == {CAPITAL: Verdict.CORRECT}


def test_a_test_whose_time_ran_out_while_closed_is_handed_in_when_it_is_taken_up(desk: Desk) -> None:
    live = desk.start(minutes=10)
    live.answer(RIGHT[CAPITAL])
    live.leave()
    desk.go_on(3 * DAY)
    again = desk.resume(live)
    ended = again.session.ended
    assert ended is not None
    assert ended.body == {"by": "clock"}
    assert ended.at == again.session.header.started + 10 * MINUTE
    assert again.session.attempts[CAPITAL].at == ended.at


def test_nothing_more_happens_once_it_is_over(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(10 * MINUTE)
    assert live.tick() == ""
    before = desk.kinds(live)
    for step in (live.tick, live.keep, live.leave, live.flag, live.advance, live.hand_in):
        step()
    assert desk.kinds(live) == before


def test_it_announces_half_five_minutes_and_one_minute_once_each(desk: Desk) -> None:
    live = desk.start(minutes=20)
    said = []
    for _ in range(20 * 60 - 1):
        desk.go_on(SECOND)
        said.append(live.tick())
    assert [words for words in said if words] == [
        "Half of the time is left: 10:00.", "5 minutes left.", "1 minute left.",
    ]  # fmt: skip


def test_what_was_announced_before_it_was_left_is_not_announced_again(desk: Desk) -> None:
    live = desk.start(minutes=20)
    desk.go_on(11 * MINUTE)
    assert live.tick()
    live.leave()
    again = desk.resume(live)
    desk.go_on(SECOND)
    assert again.tick() == ""


# A limit for each item


def test_an_item_whose_time_is_used_up_gives_way_to_the_next(desk: Desk) -> None:
    live = desk.start(seconds_per_item=30)
    live.change(RIGHT[CAPITAL])
    desk.go_on(30 * SECOND)
    live.tick()
    assert live.session.ref == OCEAN
    assert live.item_left_ms() == 30 * SECOND
    with pytest.raises(InvalidTransition):
        live.go_to(0)


def test_text_typed_in_time_counts_though_the_item_closed_on_it(desk: Desk) -> None:
    live = desk.start(OCEAN, CAPITAL, seconds_per_item=30)
    desk.go_on(29_900)
    live.change(Entered(("Pacific",)))
    desk.go_on(SECOND)
    live.change(Entered(("Pacific, or so",)))
    live.tick()
    assert live.session.response(OCEAN) == Entered(("Pacific",))


def test_after_the_last_item_it_is_handed_in(desk: Desk) -> None:
    live = desk.start(CAPITAL, OCEAN, seconds_per_item=30)
    for _ in range(61):
        desk.go_on(SECOND)
        live.tick()
    assert live.session.ended is not None
    assert live.session.ended.at == live.session.header.started + MINUTE


def test_it_goes_back_to_an_item_that_has_time_left(desk: Desk) -> None:
    live = desk.start(CAPITAL, OCEAN, seconds_per_item=30)
    desk.go_on(10 * SECOND)
    live.advance()
    desk.go_on(30 * SECOND)
    live.tick()
    assert live.session.ref == CAPITAL
    assert live.item_left_ms() == 20 * SECOND


def test_quitting_at_an_item_wins_no_time_for_it(desk: Desk) -> None:
    live = desk.start(CAPITAL, OCEAN, seconds_per_item=30)
    desk.go_on(10 * SECOND)
    live.leave()
    desk.go_on(15 * SECOND)
    again = desk.resume(live)
    assert again.item_left_ms() == 5 * SECOND
    again.leave()
    desk.go_on(HOUR)
    last = desk.resume(live)
    assert last.session.ref == OCEAN
    assert last.item_left_ms() == 30 * SECOND


def test_setting_the_clock_back_while_it_is_left_wins_no_time_and_is_told(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(4 * MINUTE)
    live.leave()
    desk.go_on(3 * MINUTE)  # of which the wall clock shows nothing
    desk.set_by(-3 * MINUTE)
    again = desk.resume(live)
    assert again.left_ms() == 3 * MINUTE
    again.leave()
    desk.go_on(MINUTE)
    desk.set_by(-HOUR)
    again = desk.resume(again)
    assert again.left_ms() == 2 * MINUTE
    again.hand_in()
    told = result_of(desk.rebuilt(again))
    assert told.set_back_ms == HOUR + 3 * MINUTE
    assert "set back by 1:03:00" in clock_remark(told)


def test_a_crash_wins_no_time_either(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(2 * MINUTE)
    desk.set_by(-2 * MINUTE)
    assert desk.resume(live).left_ms() == 8 * MINUTE


def test_time_passes_for_a_computer_that_was_started_anew_as_its_wall_clock_says(desk: Desk) -> None:
    live = desk.start(minutes=10)
    live.leave()
    desk.boot()
    desk.go_on(6 * MINUTE)
    again = desk.resume(live)
    assert again.left_ms() == 4 * MINUTE
    again.hand_in()
    assert clock_remark(result_of(desk.rebuilt(again))) == ""


def test_seconds_by_which_a_clock_is_put_right_are_not_told(desk: Desk) -> None:
    live = desk.start(minutes=10)
    live.leave()
    desk.set_by(-20 * SECOND)
    again = desk.resume(live)
    again.hand_in()
    assert result_of(desk.rebuilt(again)).set_back_ms == 0
