"""Hot seat: turns, verdicts, help, passes and absences."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Chosen, Verdict
from quiz.core.drill.formats.hot_seat import HotSeatDrill
from quiz.core.drill.settings import Stage
from quiz.core.events.model import EventKind
from quiz.core.session import InvalidTransition
from tests.core.drill.classroom import Classroom, but_clock, is_by_ear

PUPILS = ("ada", "bo", "cy", "dee")


@pytest.fixture
def room() -> Classroom:
    return Classroom.of("hot-seat", 6, pupils=PUPILS, seconds=20).start()


def key_of(room: Classroom) -> str:
    return str(room.drill.current.item.key_text())


def test_everybody_thinks_before_anybody_is_drawn(room: Classroom) -> None:
    assert (room.drill.stage, room.drill.seat) == (Stage.ASKING, "")
    room.do(room.drill.draw)
    assert room.drill.stage is Stage.ANSWERING
    assert room.drill.seat in PUPILS


def test_an_answer_counts_for_the_pupils_own_record(room: Classroom) -> None:
    room.do(room.drill.draw)
    seat = room.drill.seat
    event = room.do(room.drill.answer, key_of(room), after=4000)
    assert (event.kind, event.learner, event.verdict, event.score) == (
        EventKind.ATTEMPT, seat, Verdict.CORRECT, 1.0,
    )  # fmt: skip
    assert event.response == Chosen((key_of(room),))
    assert event.duration_ms == 4000
    assert room.drill.scores[seat].points == 1000


def test_a_pupil_without_a_record_leaves_none() -> None:
    room = Classroom.of("hot-seat", pupils=("#1",)).start()
    room.do(room.drill.draw)
    event = room.do(lambda at: room.drill.judge(at, is_right=True))
    assert (event.kind, event.learner) == (EventKind.NOTE, "")
    assert room.drill.scores["#1"].right == 1


def test_only_options_on_the_screen_can_be_answered(room: Classroom) -> None:
    room.do(room.drill.draw)
    with pytest.raises(InvalidTransition):
        room.drill.answer("not there", room.at)


def test_help_from_the_class_makes_a_right_answer_count_half(room: Classroom) -> None:
    room.do(room.drill.draw)
    room.do(room.drill.help)
    with pytest.raises(InvalidTransition):
        room.drill.help(room.at)
    event = room.do(room.drill.answer, key_of(room))
    score = room.drill.scores[room.drill.seat]
    assert (event.score, event.verdict) == (0.5, Verdict.PARTIAL)
    assert (score.right, score.helped, score.points) == (0, 1, 500)


def test_a_pass_gives_the_same_item_to_another_until_nobody_is_left(room: Classroom) -> None:
    item = room.drill.ref
    room.do(room.drill.draw)
    seats = [room.drill.seat]
    while room.drill.stage is Stage.ANSWERING:
        room.do(room.drill.pass_on)
        seats.append(room.drill.seat)
    assert sorted(seats[:-1]) == sorted(PUPILS)
    assert (room.drill.ref, room.drill.stage) == (item, Stage.REVEALED)
    assert all(room.drill.scores[pupil].passed == 1 for pupil in PUPILS)


def test_an_absent_pupil_loses_the_turn_and_another_one_is_drawn(room: Classroom) -> None:
    room.do(room.drill.draw)
    gone = room.drill.seat
    room.do(room.drill.mark_absent, gone)
    assert room.drill.seat not in {gone, ""}
    assert room.drill.picker.turns[gone] == 0
    room.undo()
    assert (room.drill.seat, room.drill.picker.turns[gone]) == (gone, 1)


def test_where_nobody_is_present_nobody_is_drawn() -> None:
    room = Classroom.of("hot-seat", pupils=("ada",)).start()
    room.do(room.drill.draw)
    room.do(room.drill.mark_absent, "ada")
    assert room.drill.stage is Stage.ASKING
    with pytest.raises(InvalidTransition):
        room.drill.draw(room.at)
    room.do(room.drill.mark_present, "ada")
    room.do(room.drill.draw)
    assert room.drill.seat == "ada"


def test_an_item_skipped_gives_the_turn_back(room: Classroom) -> None:
    room.do(room.drill.draw)
    seat = room.drill.seat
    room.do(room.drill.skip)
    assert (room.drill.stage, room.drill.place, room.drill.picker.turns[seat]) == (Stage.ASKING, 1, 0)
    room.do(room.drill.draw)
    assert room.drill.seat == seat


def test_judged_by_ear_the_key_may_be_shown_first(room: Classroom) -> None:
    room.skip_to(is_by_ear)
    room.do(room.drill.draw)
    room.do(room.drill.reveal)
    assert (room.drill.stage, room.drill.is_revealed) == (Stage.ANSWERING, True)
    with pytest.raises(InvalidTransition):
        room.drill.pass_on(room.at)
    room.do(lambda at: room.drill.judge(at, is_right=False))
    assert room.drill.stage is Stage.REVEALED


def test_undo_of_a_verdict_restores_board_picker_and_clock_even_after_going_on(room: Classroom) -> None:
    room.do(room.drill.draw)
    before = room.drill
    room.do(room.drill.answer, key_of(room), after=7000)
    room.do(room.drill.next)
    room.undo()
    assert but_clock(room.drill) == but_clock(before)
    assert (room.drill.timer.is_going, room.drill.left_ms(room.at + 99_000)) == (False, 13_000)
    wrong = room.do(lambda at: room.drill.judge(at, is_right=False), after=5000)
    assert wrong.duration_ms == 7000
    room.do(room.drill.next)
    assert (room.drill.place, room.drill.is_paused) == (1, False)


def test_undo_goes_back_step_by_step_to_the_very_start(room: Classroom) -> None:
    room.do(room.drill.draw)
    room.do(room.drill.help)
    room.do(room.drill.extend)
    room.do(room.drill.answer, key_of(room))
    states = []
    while room.drill.undoable is not None:
        room.undo()
        states.append((room.drill.stage, room.drill.is_helped, room.drill.extra_ms))
    assert states == [
        (Stage.ANSWERING, True, 30_000),
        (Stage.ANSWERING, True, 0),
        (Stage.ANSWERING, False, 0),
        (Stage.ASKING, False, 0),
        (Stage.READY, False, 0),
    ]
    assert room.rebuilt() == room.drill


def test_only_whoever_answers_can_be_given_more_time(room: Classroom) -> None:
    with pytest.raises(InvalidTransition):
        room.drill.extend(room.at)
    room.do(room.drill.draw)
    room.do(room.drill.extend)
    assert room.drill.left_ms(room.at) == 49_000


def test_a_pause_stops_the_clock(room: Classroom) -> None:
    room.do(room.drill.draw)
    room.do(room.drill.pause, after=4000)
    assert room.drill.left_ms(room.at + 60_000) == 16_000
    room.do(room.drill.go_on, after=60_000)
    assert room.drill.left_ms(room.at + 1000) == 15_000
    assert not room.drill.is_time_up(room.at + 15_999)
    assert room.drill.is_time_up(room.at + 16_000)


def test_a_drill_ends_after_its_last_item_and_an_undo_opens_it_again() -> None:
    room = Classroom.of("hot-seat", 1, pupils=PUPILS).start()
    room.do(room.drill.draw)
    room.do(lambda at: room.drill.judge(at, is_right=True))
    room.do(room.drill.next)
    assert room.drill.stage is Stage.FINISHED
    room.do(room.drill.end)
    room.undo()
    assert (room.drill.stage, room.drill.has_ended) == (Stage.ANSWERING, False)


def test_ending_early_can_be_taken_back(room: Classroom) -> None:
    room.do(room.drill.draw)
    seat = room.drill.seat
    room.do(room.drill.end)
    assert room.drill.stage is Stage.FINISHED
    room.undo()
    assert (room.drill.stage, room.drill.seat) == (Stage.ANSWERING, seat)


def test_an_item_gone_from_its_bank_is_passed_over() -> None:
    from quiz.core.drill.formats import begin
    from quiz.core.session import ItemLookup
    from tests.core.drill.classroom import bank, header
    from tests.fakes import lookup_without

    lookup = lookup_without(ItemLookup.of(bank(4)), "item-1")
    room = Classroom(begin(header("hot-seat", 4, pupils=PUPILS), lookup)).start()
    room.do(room.drill.skip)
    assert room.drill.ref.item == "item-2"


def test_only_whoever_has_the_word_is_judged(room: Classroom) -> None:
    drill = room.drill
    assert (drill.competitors, drill.here) == (PUPILS, PUPILS)
    assert not drill.can_judge
    assert not drill.is_timed
    for step in (drill.pass_on, drill.help, lambda at: drill.judge(at, is_right=True)):
        with pytest.raises(InvalidTransition):
            step(room.at)
    with pytest.raises(InvalidTransition):
        drill.answer(key_of(room), room.at)
    room.do(room.drill.draw)
    assert room.drill.can_judge
    assert room.drill.is_timed
    with pytest.raises(InvalidTransition):
        room.drill.draw(room.at)


@pytest.mark.parametrize(
    ("helped", "is_right", "score"), [(True, True, 0.5), (True, False, 0), (False, True, 1)]
)
def test_what_is_judged_by_ear_counts_as_much(
    room: Classroom, helped: bool, is_right: bool, score: float
) -> None:
    room.do(room.drill.draw)
    if helped:
        room.do(room.drill.help)
    told = room.do(lambda at: room.drill.judge(at, is_right=is_right))
    assert (told.score, room.drill.chosen) == (score, "")


def test_the_option_that_was_named_stays_marked(room: Classroom) -> None:
    room.do(room.drill.draw)
    room.do(room.drill.answer, key_of(room))
    assert room.drill.chosen == key_of(room)


def test_whoever_is_absent_is_not_drawn_and_nobody_else_is_disturbed(room: Classroom) -> None:
    room.do(room.drill.mark_absent, "ada")
    assert (room.drill.here, room.drill.competitors) == (PUPILS[1:], PUPILS)
    room.do(room.drill.draw)
    seat = room.drill.seat
    other = next(pupil for pupil in PUPILS[1:] if pupil != seat)
    room.do(room.drill.mark_absent, other)
    assert (room.drill.stage, room.drill.seat, len(room.drill.here)) == (Stage.ANSWERING, seat, 2)
    for step, pupil in ((room.drill.mark_absent, "ada"), (room.drill.mark_present, seat)):
        with pytest.raises(InvalidTransition):
            step(pupil, room.at)
    room.do(room.drill.end)
    with pytest.raises(InvalidTransition):
        room.drill.mark_absent(seat, room.at)


def test_late_pupils_come_last_by_name_or_by_the_next_number(room: Classroom) -> None:
    room.do(room.drill.join)
    room.do(room.drill.join_as, "eve")
    room.do(room.drill.join)
    assert room.drill.competitors == (*PUPILS, "#1", "eve", "#2")
    with pytest.raises(InvalidTransition):
        room.drill.join_as("eve", room.at)
    room.do(room.drill.end)
    with pytest.raises(InvalidTransition):
        room.drill.join_as("flo", room.at)


def test_whoever_answered_and_is_then_absent_keeps_the_answer(room: Classroom) -> None:
    room.do(room.drill.draw)
    seat = room.drill.seat
    room.do(room.drill.answer, key_of(room))
    told = room.do(room.drill.mark_absent, seat)
    assert ("next" in told.body, told.duration_ms) == (False, None)
    assert (room.drill.stage, room.drill.seat) == (Stage.REVEALED, seat)
    assert (seat in room.drill.here, room.drill.scores[seat].right) == (False, 1)
    assert room.drill.absent == {seat}


def test_a_turn_that_was_judged_counts_and_the_next_item_knows_nothing_of_it(room: Classroom) -> None:
    room.do(room.drill.draw)
    room.do(room.drill.pass_on)
    room.do(room.drill.help)
    seat = room.drill.seat
    room.do(room.drill.answer, key_of(room))
    room.do(room.drill.next)
    drill = room.drill
    assert (drill.seat, drill.tried, drill.is_helped, drill.chosen) == ("", (), False, "")
    assert (drill.picker.turns[seat], drill.before_turn) == (1, drill.picker)
    assert not drill.timer.is_going
    assert drill.left_ms(room.at + 60_000) == 20_000


def test_help_is_for_the_pupil_who_was_helped(room: Classroom) -> None:
    room.do(room.drill.draw)
    first = room.drill.seat
    room.do(room.drill.help)
    room.do(room.drill.pass_on)
    assert (room.drill.is_helped, room.drill.tried) == (False, (first,))
    told = room.do(room.drill.answer, key_of(room))
    assert (told.score, told.body["helped"]) == (1.0, False)


def test_each_turn_has_the_whole_time(room: Classroom) -> None:
    room.do(room.drill.draw)
    assert room.drill.left_ms(room.at + 5000) == 15_000
    room.do(room.drill.pass_on, after=5000)
    assert room.events[-1].duration_ms == 5000
    assert room.drill.left_ms(room.at) == 20_000
    gone = room.drill.seat
    told = room.do(room.drill.mark_absent, gone, after=3000)
    assert (told.duration_ms, room.drill.seat) == (3000, told.body["next"])
    assert room.drill.left_ms(room.at) == 20_000
    assert room.drill.picker.turns[gone] == 0


def test_the_clock_stands_once_nobody_is_left_to_answer() -> None:
    room = Classroom.of("hot-seat", pupils=("ada",), seconds=20).start()
    room.do(room.drill.draw)
    room.do(room.drill.mark_absent, "ada")
    assert (room.drill.seat, room.drill.timer.is_going) == ("", False)
    assert room.drill.before_turn == room.drill.picker


def test_whoever_comes_late_or_back_is_drawn_like_everybody_even_if_a_turn_is_given_back() -> None:
    room = Classroom.of("hot-seat", pupils=("ada", "bo"), seconds=20).start()
    room.do(room.drill.mark_absent, "bo")
    room.do(room.drill.draw)
    room.do(room.drill.mark_present, "bo")
    room.do(room.drill.join_as, "cy")
    assert room.drill.here == ("ada", "bo", "cy")
    room.do(room.drill.skip)
    assert room.drill.here == ("ada", "bo", "cy")
    assert room.drill.picker.turns["ada"] == 0


def test_it_is_set_up_without_a_limit_or_a_bonus() -> None:
    assert [(choice.name, choice.usual, choice.values) for choice in HotSeatDrill.choices] == [
        ("seconds", 0, (0, 10, 15, 20, 30, 45, 60, 90)),
        ("has_bonus", 0, (0, 1)),
    ]


def test_nobody_is_in_the_seat_before_it_begins() -> None:
    drill = Classroom.of("hot-seat", pupils=PUPILS).drill
    assert (drill.seat, drill.tried, drill.is_helped, drill.stage) == ("", (), False, Stage.READY)


def test_the_turns_are_told_for_the_next_lesson() -> None:
    room = Classroom.of("hot-seat", 6, pupils=("a", "b", "c"), ahead={"b": 1}).start()
    assert room.drill.ahead == {"b": 1}
    room.do(room.drill.draw)
    assert room.drill.ahead == {"b": 1, room.drill.seat: 1}
    assert room.rebuilt() == room.drill
