"""Sprint: against the clock, alone, in turn, or the class against its record."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from quiz.core.drill.formats import begin
from quiz.core.drill.formats.sprint import CLASS, SprintDrill
from quiz.core.drill.settings import Stage
from quiz.core.events.model import EventKind
from quiz.core.session import InvalidTransition, ItemLookup
from tests.core.drill.classroom import Classroom, bank, but_clock, header, is_by_ear
from tests.fakes import lookup_without


def sprint(*pupils: str, items: int = 5, **more: int) -> Classroom:
    return Classroom.of("sprint", items, pupils=pupils, seconds=60, **more).start()


def judge(room: Classroom, is_right: bool = True, after: int = 1000) -> None:
    room.do(lambda at: room.drill.judge(at, is_right=is_right), after=after)


def test_the_class_answers_until_the_time_is_up() -> None:
    room = sprint(record=4)
    for _ in range(5):
        judge(room, after=10_000)
    assert (room.drill.scores[CLASS].right, room.drill.is_record) == (5, True)
    assert room.drill.left_ms(room.at) == 10_000
    with pytest.raises(InvalidTransition):
        room.drill.call_time(room.at + 9999)
    with pytest.raises(InvalidTransition):
        room.drill.judge(room.at + 10_000, is_right=True)
    room.do(room.drill.call_time, after=10_000)
    assert room.drill.stage is Stage.FINISHED


def test_there_is_always_a_limit() -> None:
    room = Classroom.of("sprint", 3, seconds=0).start()
    assert room.drill.left_ms(room.at) == 90_000


def test_as_many_as_before_is_no_record() -> None:
    room = sprint(record=1)
    judge(room)
    assert not room.drill.is_record


def test_items_begin_anew_in_another_order_of_options() -> None:
    room = sprint(items=2)
    assert [room.drill.place, room.drill.visit] == [0, 0]
    judge(room)
    judge(room)
    assert [room.drill.place, room.drill.visit] == [0, 1]


def test_a_pupils_answers_are_their_own() -> None:
    room = sprint("ada")
    judge(room, after=1500)
    event = room.events[-1]
    assert (event.kind, event.learner, event.duration_ms) == (EventKind.ATTEMPT, "ada", 1500)


def test_two_take_turns_each_with_a_clock_of_their_own() -> None:
    room = sprint("ada", "bo")
    judge(room, after=20_000)
    assert room.drill.seat == "bo"
    judge(room, is_right=False, after=5000)
    assert room.drill.seat == "ada"
    assert [room.drill.left_of(side, room.at) for side in ("ada", "bo")] == [40_000, 55_000]
    room.do(room.drill.call_time, after=40_000)
    assert (room.drill.seat, room.drill.stage) == ("bo", Stage.ANSWERING)
    judge(room, after=10_000)
    assert room.drill.seat == "bo"
    room.do(room.drill.call_time, after=45_000)
    assert room.drill.stage is Stage.FINISHED
    assert [(rank.place, rank.competitor) for rank in room.drill.board] == [(1, "ada"), (1, "bo")]


def test_skipping_costs_the_time_it_took() -> None:
    room = sprint("ada")
    room.do(room.drill.skip, after=6000)
    assert (room.drill.place, room.drill.left_ms(room.at)) == (1, 54_000)
    assert room.drill.scores["ada"].passed == 1


def test_nothing_can_be_answered_while_the_clock_is_paused() -> None:
    room = sprint("ada")
    room.do(room.drill.pause)
    with pytest.raises(InvalidTransition):
        room.drill.judge(room.at, is_right=True)
    room.do(room.drill.go_on, after=60_000)
    judge(room)
    assert room.drill.left_ms(room.at) == 58_000


def test_undo_after_the_time_is_up_gives_back_the_last_item_and_its_time() -> None:
    room = sprint("ada")
    judge(room, after=30_000)
    before = room.drill
    judge(room, is_right=False, after=20_000)
    room.do(room.drill.call_time, after=10_000)
    room.do(room.drill.end)
    room.undo()
    assert but_clock(room.drill) == but_clock(before)
    assert room.drill.left_ms(room.at + 99_000) == 10_000
    judge(room)
    assert room.drill.scores["ada"].right == 2
    assert room.drill.left_ms(room.at) == 10_000


def test_no_record_is_beaten_with_extra_time() -> None:
    room = Classroom.of("sprint", 4, seconds=60, record=1).start()
    judge(room)
    judge(room)
    assert room.drill.is_record
    room.do(room.drill.extend)
    assert not room.drill.is_record


def test_speed_brings_nothing_where_items_come_round_and_round_again() -> None:
    room = Classroom.of("sprint", 1, seconds=180, has_bonus=True).start()
    for _ in range(4):
        judge(room)
    assert room.drill.board[0].score.points == 4000
    assert room.drill.rules == ("right 1000",)


def test_an_extension_gives_everyone_more_time() -> None:
    room = sprint("ada", "bo")
    room.do(room.drill.call_time, after=60_000)
    room.do(room.drill.extend)
    assert [room.drill.left_of(side, room.at) for side in ("ada", "bo")] == [30_000, 89_000]


def test_the_best_side_beats_the_record() -> None:
    room = sprint("ada", "bo")
    assert not room.drill.is_record
    judge(room)
    judge(room, is_right=False)
    assert room.drill.is_record


def test_items_are_gone_through_once_before_a_second_time() -> None:
    room = sprint(items=3)
    assert (room.drill.turn, room.drill.visit) == (0, 0)
    seen = []
    for _ in range(7):
        seen.append((room.drill.place, room.drill.visit))
        judge(room)
    assert seen == [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (0, 2)]


def test_an_option_is_graded_and_the_next_item_comes_at_once() -> None:
    room = sprint()
    told = room.do(room.drill.answer, room.drill.current.item.key_text())
    assert (told.score, room.drill.place, room.drill.stage) == (1.0, 1, Stage.ANSWERING)
    assert room.drill.chosen == told.body["option"]
    room.do(room.drill.skip)
    assert room.drill.chosen == ""


def test_a_key_that_is_shown_is_hidden_with_the_next_item() -> None:
    room = sprint()
    room.skip_to(is_by_ear)
    room.do(room.drill.reveal)
    assert (room.drill.is_revealed, room.drill.stage) == (True, Stage.ANSWERING)
    judge(room)
    assert not room.drill.is_revealed


def test_each_step_has_its_time() -> None:
    room = sprint()
    with pytest.raises(InvalidTransition):
        room.drill.leave_gone(room.at)
    option = room.drill.current.item.key_text()
    for step in (room.drill.skip, lambda at: room.drill.answer(option, at)):
        with pytest.raises(InvalidTransition):
            step(room.at + 60_000)
    room.do(room.drill.call_time, after=60_000)
    assert room.drill.stage is Stage.FINISHED
    with pytest.raises(InvalidTransition):
        room.drill.call_time(room.at)


def short_of_items(*kept: str) -> Classroom:
    """Begin on four items of which some are gone from their bank."""
    gone = {f"item-{number}" for number in range(4)} - {*kept}
    lookup = lookup_without(ItemLookup.of(bank(4)), *gone)
    return Classroom(begin(header("sprint", 4, seconds=60), lookup)).start()


def test_items_that_are_gone_are_passed_over() -> None:
    room = short_of_items("item-0", "item-1", "item-2")
    seen = []
    for _ in range(4):
        seen.append((room.drill.place, room.drill.visit))
        judge(room)
    assert seen == [(0, 0), (1, 0), (2, 0), (0, 1)]
    alone = short_of_items("item-0")
    judge(alone)
    assert (alone.drill.place, alone.drill.visit) == (0, 1)


def test_a_sprint_without_any_item_ends() -> None:
    assert short_of_items().drill.stage is Stage.FINISHED
    room = sprint()
    room.drill = replace(room.drill, lookup=ItemLookup())
    assert room.drill.is_gone
    room.do(room.drill.leave_gone)
    assert room.drill.stage is Stage.FINISHED


def test_a_turn_takes_no_more_than_what_is_left() -> None:
    room = sprint("ada", "bo")
    for _ in range(2):
        judge(room, after=25_000)
        judge(room, after=1000)
    told = room.do(room.drill.call_time, after=30_000)
    assert (told.duration_ms, told.body["by"]) == (30_000, "ada")
    assert [room.drill.left_of(side, room.at) for side in ("ada", "bo")] == [0, 58_000]
    assert room.drill.used == {"ada": 60_000, "bo": 2000}


def test_the_time_of_another_side_does_not_run() -> None:
    room = sprint("ada", "bo")
    assert [room.drill.left_of(side, room.at + 5000) for side in ("ada", "bo")] == [55_000, 60_000]
    assert room.drill.left_ms(room.at + 5000) == 55_000
    assert room.drill.left_of("ada", room.at + 99_000) == 0


def test_time_is_called_once_it_has_run_out_and_not_before() -> None:
    room = sprint("ada")
    assert room.drill.due(room.at + 59_999) is None
    due = room.drill.due(room.at + 60_000)
    assert due is not None
    assert due.body["place"] == 1
    room.do(room.drill.call_time, after=60_000)
    assert room.drill.due(room.at + 60_000) is None


def test_a_side_that_is_out_of_time_is_passed_over() -> None:
    room = sprint("ada", "bo", "cy")
    judge(room, after=1000)
    room.do(room.drill.call_time, after=60_000)
    assert room.drill.seat == "cy"
    judge(room)
    assert room.drill.seat == "ada"
    judge(room)
    assert (room.drill.seat, room.drill.turn) == ("cy", 2)


def test_the_end_stops_the_clock_and_says_what_was_chosen_last() -> None:
    room = sprint("ada")
    room.do(room.drill.call_time, after=60_000)
    assert (room.drill.stage, room.drill.timer.is_going, room.drill.chosen) == (Stage.FINISHED, False, "")


def test_a_verdict_says_where_it_goes_on() -> None:
    room = sprint(items=2)
    assert [room.do(lambda at: room.drill.judge(at, is_right=False)).body["place"] for _ in range(3)] == [
        1,
        2,
        3,
    ]
    assert (room.drill.round_place, room.drill.place, room.drill.visit) == (3, 1, 1)
    assert room.do(room.drill.skip).body["by"] == CLASS


def test_what_was_paused_goes_on_with_the_next_item() -> None:
    room = sprint("ada")
    room.do(room.drill.pause)
    assert not room.drill.can_judge
    room.do(room.drill.go_on)
    assert room.drill.can_judge
    judge(room)
    assert (room.drill.is_paused, room.drill.timer.is_going) == (False, True)


def test_it_is_set_up_for_a_minute_and_a_half() -> None:
    (choice,) = SprintDrill.choices
    assert (choice.name, choice.usual, choice.values) == ("seconds", 90, (60, 90, 120, 150, 180))
    assert (SprintDrill.seconds_range, SprintDrill.usual_items) == ((60, 180), 0)


def test_before_it_starts_the_first_is_to_go_and_nothing_was_asked() -> None:
    room = Classroom.of("sprint", 1, pupils=("a", "b"))
    assert (room.drill.seat, room.drill.visit) == ("a", 0)
    room.start()
    room.do(lambda at: room.drill.judge(at, is_right=True))
    assert (room.drill.seat, room.drill.visit) == ("b", 1)
    later = msgspec.structs.replace(room.events[-1], n=room.drill.n + 1, body={"do": "a step of tomorrow"})
    assert room.drill.apply(later).seat == "b"
