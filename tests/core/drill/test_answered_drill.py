"""Pupils' own answers: taken in any order, changed, undone, and graded when the key is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import Chosen, Entered
from quiz.core.drill.formats.everyone import EveryoneDrill
from quiz.core.drill.settings import Channel, Stage
from quiz.core.events.model import EventKind
from quiz.core.session import InvalidTransition
from tests.core.drill.classroom import Classroom, has_four_options, is_short_answer, pupils, some_response
from tests.sampling import tries

PHONE, CARD, DESK = Channel
FORMATS = ["vote", "everyone"]


def begun(which: str = "everyone", **told: Any) -> Classroom:
    """Return a drill that asks an item with four options."""
    return Classroom.of(which, 8, **{"pupils": ("ada", "bo", "#3"), **told}).start().skip_to(has_four_options)


def answer(room: Classroom, pupil: str, place: int, channel: Channel = PHONE) -> None:
    room.do(room.drill.answer_of, pupil, Chosen((room.drill.options[place],)), channel)


@pytest.mark.parametrize("which", FORMATS)
def test_the_last_answer_of_a_pupil_counts(which: str) -> None:
    room = begun(which)
    answer(room, "ada", 0)
    answer(room, "bo", 1, CARD)
    answer(room, "ada", 2)
    assert room.drill.answers["ada"] == Chosen((room.drill.options[2],))
    assert room.drill.tallies == ((0, 1, 1, 0),)
    assert room.drill.missing == ("#3",)
    assert room.rebuilt() == room.drill


@pytest.mark.parametrize("which", FORMATS)
def test_what_is_not_an_answer_is_refused_with_a_sentence(which: str) -> None:
    room = begun(which, may_change=False)
    drill, good = room.drill, Chosen((room.drill.options[0],))
    room.do(drill.answer_of, "ada", good, PHONE)
    room.do(room.drill.mark_absent, "bo")
    for pupil, response, channel, words in (
        ("nobody", good, PHONE, "That pupil does not take part in this drill."),
        ("bo", good, PHONE, "That pupil is marked absent."),
        ("#3", Chosen(("elsewhere",)), PHONE, "That answer does not fit this question."),
        ("#3", Chosen(room.drill.options), CARD, "That answer does not fit this question."),
        ("#3", Entered(("one",)), DESK, "That answer does not fit this question."),
        ("ada", good, PHONE, "Answers cannot be changed in this drill."),
    ):
        with pytest.raises(InvalidTransition, match=f"^{words}$"):
            room.drill.answer_of(pupil, response, channel, room.at)
    answer(room, "ada", 3, CARD)
    answer(room, "ada", 2, DESK)
    room.do(room.drill.close)
    with pytest.raises(InvalidTransition, match=r"^No answers are taken now\.$"):
        room.drill.answer_of("#3", good, PHONE, room.at)


@pytest.mark.parametrize("typed", ["\x1b[2J", "\u202eabc", "x" * 401, "", "   "])
def test_a_typed_answer_is_short_and_holds_nothing_that_a_terminal_must_not_be_given(typed: str) -> None:
    room = Classroom.of("everyone", 8, pupils=("ada",)).start().skip_to(is_short_answer)
    with pytest.raises(InvalidTransition):
        room.drill.answer_of("ada", Entered((typed,)), PHONE, room.at)
    room.do(room.drill.answer_of, "ada", Entered(("Number 3 ",)), PHONE)
    room.do(room.drill.reveal)
    assert room.events[-1].score == 1


@pytest.mark.parametrize("which", FORMATS)
def test_verdicts_come_with_the_key_and_go_with_it(which: str) -> None:
    room = begun(which)
    right = room.drill.options.index(room.drill.current.item.key_text())
    for pupil, place in (("ada", right), ("bo", (right + 1) % 4), ("#3", right)):
        answer(room, pupil, place)
    room.do(room.drill.close)
    closed = room.drill
    room.do(room.drill.reveal)
    told = {e.body["by"]: (e.kind, e.learner, e.score) for e in room.events if e.body.get("do") == "verdict"}
    assert told == {
        "ada": (EventKind.ATTEMPT, "ada", 1.0),
        "bo": (EventKind.ATTEMPT, "bo", 0.0),
        "#3": (EventKind.NOTE, "", 1.0),
    }
    assert [e.duration_ms for e in room.events if e.body.get("do") == "verdict"] == [1000, 2000, 3000]
    room.do(room.drill.next)
    room.undo()
    assert replace(room.drill, n=0) == replace(closed, n=0)
    room.undo()
    assert (room.drill.stage, len(room.drill.answers)) == (Stage.ASKING, 3)


def test_answers_off_the_record_are_notes() -> None:
    room = begun(feeds_records=False)
    answer(room, "ada", 0)
    room.do(room.drill.reveal)
    assert [(e.kind, e.learner) for e in room.events[-1:]] == [(EventKind.NOTE, "")]


@pytest.mark.parametrize("which", FORMATS)
def test_an_undo_takes_back_what_the_teacher_did_and_no_answer_that_came_in_beside_it(which: str) -> None:
    room = begun(which, seconds=30)
    answer(room, "ada", 0, DESK)
    answer(room, "bo", 1)
    room.do(room.drill.extend)
    answer(room, "#3", 2)
    room.undo()
    assert (room.drill.extra_ms, set(room.drill.answers)) == (0, {"ada", "bo", "#3"})
    assert room.drill.timer.is_going
    room.undo()
    assert set(room.drill.answers) == {"bo", "#3"}
    assert room.rebuilt() == room.drill


def test_an_undo_of_an_answer_brings_back_the_one_before() -> None:
    room = begun()
    answer(room, "ada", 0)
    answer(room, "ada", 1, DESK)
    room.undo()
    assert room.drill.answers == {"ada": Chosen((room.drill.options[0],))}


def test_who_joined_goes_with_their_answers() -> None:
    room = begun()
    room.do(room.drill.join_as, "cy")
    answer(room, "cy", 0)
    answer(room, "bo", 0)
    room.undo()
    assert (room.drill.roll, set(room.drill.answers)) == (("ada", "bo", "#3"), {"bo"})


def test_in_everyone_the_answers_are_closed_once_all_are_in_or_the_time_is_up() -> None:
    room = begun(seconds=20)
    assert room.drill.due(room.at) is None
    answer(room, "ada", 0)
    answer(room, "bo", 1)
    assert room.drill.due(room.at) is None
    room.do(room.drill.mark_absent, "#3")
    assert room.do(room.drill.due).body["do"] == "close"
    room.undo()
    assert room.drill.due(room.at) is None, "the teacher went back to mend something"
    room.do(room.drill.go_on)
    assert room.drill.due(room.at) is not None
    late = begun(seconds=20)
    assert late.drill.due(late.at + 19_000) is None
    assert late.drill.due(late.at + 20_000) is not None


def test_in_a_vote_the_bars_of_the_first_round_wait_for_the_second() -> None:
    room = begun("vote")
    answer(room, "ada", 1)
    room.do(room.drill.count, 1, 2)
    assert room.drill.tallies == ((0, 3, 0, 0),)
    room.do(room.drill.close)
    assert room.drill.shown_tallies == ()
    room.do(room.drill.vote_again)
    assert room.drill.shown_tallies == ()
    answer(room, "ada", 2)
    room.do(room.drill.close)
    assert room.drill.shown_tallies == ((0, 3, 0, 0), (0, 0, 1, 0))


@pytest.mark.parametrize("is_late", [False, True])
def test_the_bars_of_the_first_round_can_be_shown(is_late: bool) -> None:
    room = begun("vote")
    answer(room, "ada", 1)
    if is_late:
        room.do(room.drill.close)
        room.do(room.drill.show_bars)
    else:
        room.do(lambda at: room.drill.close(at, with_bars=True))
    assert room.drill.shown_tallies == ((0, 1, 0, 0),)
    with pytest.raises(InvalidTransition):
        room.drill.show_bars(room.at)
    room.do(room.drill.vote_again)
    assert room.drill.shown_tallies == ((0, 1, 0, 0),)


def test_the_bars_of_hands_alone_are_shown_at_once() -> None:
    room = begun("vote")
    room.do(room.drill.count, 0, 3)
    room.do(room.drill.close)
    assert room.drill.shown_tallies == ((3, 0, 0, 0),)


def test_a_vote_reports_hands_and_answers_together() -> None:
    room = begun("vote")
    answer(room, "ada", 1)
    room.do(room.drill.count, 1, 2)
    room.do(room.drill.close)
    room.do(room.drill.vote_again)
    answer(room, "ada", 0)
    answer(room, "bo", 0)
    room.do(room.drill.close)
    room.do(room.drill.reveal)
    told = room.drill.votes(event for event in room.drill.log if event.item)
    assert [vote.hands for vote in told] == [(0, 2), (3, 0), (0, 0), (0, 0)]
    assert [vote.is_key for vote in told].count(True) == 1
    assert room.drill.board == ()


def test_a_vote_without_options_counts_right_answers_beside_hands() -> None:
    room = Classroom.of("vote", 8, pupils=("ada", "bo"), class_size=9).start().skip_to(is_short_answer)
    room.do(room.drill.answer_of, "ada", Entered(("number 3",)), PHONE)
    room.do(room.drill.answer_of, "bo", Entered(("number 4",)), PHONE)
    assert room.drill.tallies == ((0, 0),)
    room.do(room.drill.reveal)
    room.do(room.drill.count, 0, 5)
    assert (room.drill.tallies, room.drill.right) == (((6, 1),), (6,))
    told = room.drill.votes(event for event in room.drill.log if event.item)
    assert [vote.hands for vote in told] == [(6,), (1,)]


def test_a_class_that_nobody_counts_takes_in_who_comes_with_a_number() -> None:
    room = Classroom.of("vote", 8).start()
    room.do(room.drill.join_as, "#7")
    assert (room.drill.here, room.drill.class_size) == (("#7",), 0)


ANSWERS = st.lists(st.tuples(st.integers(0, 24), st.integers(0, 50), st.sampled_from(Channel)), max_size=60)


@pytest.mark.parametrize("which", FORMATS)
@settings(max_examples=tries(40))
@given(told=ANSWERS, order=st.randoms(use_true_random=False), item=st.integers(0, 11))
def test_answers_of_different_pupils_may_come_in_any_order(
    which: str, told: list[tuple[int, int, Channel]], order: Any, item: int
) -> None:
    everybody = pupils(25)
    room = Classroom.of(which, 12, pupils=everybody).start().skip_to(lambda drill: drill.place == item)
    last = {everybody[pupil]: (n, channel) for pupil, n, channel in told}
    room.at += 1000
    for pupil, n, channel in told:
        room.tries(room.drill.answer_of, everybody[pupil], some_response(room.drill, n or 1), channel)
    other = Classroom.of(which, 12, pupils=everybody).start()
    while other.drill.place < item:
        other.do(other.drill.skip)
    names = list(last)
    order.shuffle(names)
    for pupil in names:
        other.tries(other.drill.answer_of, pupil, some_response(other.drill, last[pupil][0] or 1), CARD)
    both = set(room.drill.answers) & set(other.drill.answers)
    assert {p: room.drill.answers[p] for p in both if last[p][0] % 11} == {
        p: other.drill.answers[p] for p in both if last[p][0] % 11
    }
    assert room.rebuilt() == room.drill


@settings(max_examples=tries(60))
@given(
    spent=st.lists(st.tuples(st.integers(0, 25_000), st.integers(0, 25_000)), min_size=1, max_size=40),
    extra=st.data(),
)
def test_no_speed_outranks_one_more_right_answer(spent: list[tuple[int, int]], extra: st.DataObject) -> None:
    drill = Classroom.of("everyone", len(spent), pupils=("#1", "#2"), seconds=20, has_bonus=True).drill
    assert isinstance(drill, EveryoneDrill)
    parts = drill.most_parts
    better = extra.draw(st.integers(0, len(spent) - 1))
    slow = fast = 0
    for place, (one, other) in enumerate(spent):
        score = extra.draw(st.integers(0, parts)) / parts
        slow += drill._worth(1.0 if place == better else score, one)
        fast += drill._worth((parts - 1) / parts if place == better else score, other)
    assert slow > fast


@pytest.mark.parametrize("which", FORMATS)
def test_pupils_are_absent_and_present_again(which: str) -> None:
    room = begun(which)
    assert (room.drill.here, room.drill.absent, room.drill.named) == (
        ("ada", "bo", "#3"), frozenset(), ("ada", "bo", "#3"),
    )  # fmt: skip
    told = room.do(room.drill.mark_absent, "bo")
    assert told.body == {"do": "absent", "pupil": "bo"}
    assert (room.drill.here, room.drill.absent, room.drill.missing) == (("ada", "#3"), {"bo"}, ("ada", "#3"))
    with pytest.raises(InvalidTransition):
        room.drill.mark_absent("bo", room.at)
    with pytest.raises(InvalidTransition):
        room.drill.mark_present("ada", room.at)
    assert room.do(room.drill.mark_present, "bo").body == {"do": "present", "pupil": "bo"}
    assert (room.drill.here, room.drill.absent) == (("ada", "bo", "#3"), frozenset())
    assert room.do(room.drill.join_as, "cy").body["pupil"] == "cy"
    with pytest.raises(InvalidTransition):
        room.drill.join_as("cy", room.at)


def test_once_it_is_over_nobody_comes_or_goes() -> None:
    room = begun()
    room.do(room.drill.mark_absent, "bo")
    room.do(room.drill.end)
    for step in (room.drill.join_as, room.drill.mark_absent, room.drill.mark_present):
        for pupil in ("cy", "ada", "bo"):
            with pytest.raises(InvalidTransition):
                step(pupil, room.at)
    with pytest.raises(InvalidTransition):
        room.drill.join(room.at)


def test_a_late_pupil_without_a_name_has_the_first_free_number() -> None:
    room = begun(pupils=("#1", "#3"))
    assert [room.do(room.drill.join).body["pupil"] for _ in range(3)] == ["#2", "#4", "#5"]


def test_who_was_there_and_left_an_item_empty_is_told_by_its_key() -> None:
    room = begun()
    answer(room, "ada", 0)
    room.do(room.drill.mark_absent, "#3")
    shown = room.do(room.drill.reveal)
    room.do(room.drill.mark_present, "#3")
    room.do(room.drill.join_as, "cy")
    room.do(room.drill.next)
    later = room.do(room.drill.reveal)
    empty = {pupil: room.drill.left_empty(pupil) for pupil in ("ada", "bo", "#3", "cy", "nobody")}
    assert empty == {"ada": (later,), "bo": (shown, later), "#3": (later,), "cy": (later,), "nobody": ()}


def test_what_an_answer_leaves_in_the_log() -> None:
    room = begun()
    told = room.do(room.drill.answer_of, "ada", Chosen((room.drill.options[0],)), CARD, after=1500)
    assert told.body == {"do": "answer", "by": "ada", "round": 0, "channel": "card", "spent": 1500}
    assert (told.kind, told.response) == (EventKind.NOTE, Chosen((room.drill.options[0],)))
    assert (room.drill.has_cards, room.drill.round) == (True, 0)
    closed = room.do(room.drill.close)
    assert closed.body == {"do": "close", "options": list(room.drill.options)}
    assert (room.drill.stage, room.drill.takes_answers, room.drill.timer.is_going) == (
        Stage.COUNTED,
        False,
        False,
    )
    shown = room.do(room.drill.reveal)
    assert shown.body["keys"] == [room.drill.current.item.key_text()]
    (first, *_) = room.drill.votes(room.events)
    assert (first.text, first.hands) == (room.drill.options[0], (1,))
    assert room.drill.votes([]) == ()
    assert not begun().drill.has_cards


def test_a_wrong_option_is_worth_a_word_from_a_quarter_of_those_who_chose() -> None:
    names = tuple(f"p{k}" for k in range(8))
    for wrong_ones, told in ((1, 0), (2, 1)):
        room = begun(pupils=names)
        right = room.drill.options.index(room.drill.current.item.key_text())
        for place, pupil in enumerate(names):
            answer(room, pupil, (right + 1) % 4 if place < wrong_ones else right)
        room.do(room.drill.reveal)
        assert room.drill.mistaken == (room.drill.options[(right + 1) % 4],) * told


def test_a_typed_answer_may_have_400_characters() -> None:
    room = Classroom.of("everyone", 8, pupils=("ada",)).start().skip_to(is_short_answer)
    told = room.do(room.drill.answer_of, "ada", Entered(("x" * 400,)), PHONE)
    assert told.response == Entered(("x" * 400,))
    assert not room.drill.has_cards
