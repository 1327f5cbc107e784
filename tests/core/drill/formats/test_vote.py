"""Vote: hands, bars, the second vote, and the key last."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Chosen, Entered
from quiz.core.drill.formats.vote import HAD_IT, HAD_NOT
from quiz.core.drill.settings import Channel, Stage
from quiz.core.session import InvalidTransition
from tests.core.drill.classroom import Classroom, has_four_options, is_by_ear, is_short_answer


@pytest.fixture
def room() -> Classroom:
    return Classroom.of("vote", 8, class_size=24, seconds=30).start().skip_to(has_four_options)


def count(room: Classroom, *hands: int) -> None:
    for place, number in enumerate(hands):
        room.tries(room.drill.count, place, number)


def test_hands_are_counted_then_shown_then_the_key(room: Classroom) -> None:
    count(room, 3, 10, 7, 4)
    assert room.drill.hands == (3, 10, 7, 4)
    with pytest.raises(InvalidTransition):
        room.drill.reveal(room.at)
    room.do(room.drill.close)
    with pytest.raises(InvalidTransition):
        _ = room.drill.right
    with pytest.raises(InvalidTransition):
        room.drill.count(0, 5, room.at)
    room.do(room.drill.reveal)
    place = room.drill.options.index(room.drill.current.item.key_text())
    assert room.drill.right == ((3, 10, 7, 4)[place],)


def test_the_second_vote_keeps_the_first_beside_it(room: Classroom) -> None:
    count(room, 3, 10, 7, 4)
    room.do(room.drill.close)
    room.do(room.drill.vote_again)
    assert (room.drill.stage, room.drill.hands) == (Stage.ASKING, (0, 0, 0, 0))
    count(room, 1, 20, 2, 1)
    room.do(room.drill.close)
    assert room.drill.rounds == ((3, 10, 7, 4), (1, 20, 2, 1))
    with pytest.raises(InvalidTransition):
        room.drill.vote_again(room.at)


def test_no_hands_are_counted_where_no_item_is_left() -> None:
    room = Classroom.of("vote", 1).start()
    for step in ("close", "reveal", "next"):
        room.do(getattr(room.drill, step))
    assert room.drill.stage is Stage.FINISHED
    assert not room.drill.is_counting
    assert not room.drill.is_by_option


def test_each_step_has_its_time(room: Classroom) -> None:
    assert room.drill.hands == (0, 0, 0, 0)
    with pytest.raises(InvalidTransition):
        room.drill.vote_again(room.at)
    room.do(room.drill.close)
    with pytest.raises(InvalidTransition):
        room.drill.close(room.at)
    told = room.do(room.drill.reveal)
    assert told.body["options"] == list(room.drill.options)
    assert told.body["keys"] == [room.drill.current.item.key_text()]
    for step in (room.drill.close, room.drill.vote_again, room.drill.reveal):
        with pytest.raises(InvalidTransition):
            step(room.at)


def test_hands_stay_between_0_and_the_class_and_each_count_can_be_taken_back(room: Classroom) -> None:
    with pytest.raises(InvalidTransition):
        room.drill.count(1, 5000, room.at)
    room.do(room.drill.count, 1, 24)
    room.do(room.drill.count, 1, -3)
    assert room.drill.hands[1] == 0
    room.undo()
    assert room.drill.hands[1] == 24
    with pytest.raises(InvalidTransition):
        room.drill.count(4, 1, room.at)


def test_undo_of_a_count_leaves_the_clock_running(room: Classroom) -> None:
    left = room.drill.left_ms(room.at)
    room.do(room.drill.count, 0, 5, after=2000)
    room.undo()
    assert room.drill.timer.is_going
    assert room.drill.left_ms(room.at) == left - 3000


def test_undo_of_the_key_and_of_the_bars(room: Classroom) -> None:
    count(room, 3)
    room.do(room.drill.close)
    room.do(room.drill.reveal)
    room.do(room.drill.next)
    room.undo()
    assert (room.drill.stage, room.drill.is_revealed) == (Stage.COUNTED, False)
    room.undo()
    assert (room.drill.stage, room.drill.hands[0]) == (Stage.ASKING, 3)


def test_without_options_hands_are_counted_after_the_key(room: Classroom) -> None:
    room.skip_to(is_by_ear)
    assert room.drill.choices_shown == (HAD_IT, HAD_NOT)
    with pytest.raises(InvalidTransition):
        room.drill.count(0, 12, room.at)
    with pytest.raises(InvalidTransition):
        room.drill.close(room.at)
    room.do(room.drill.reveal)
    count(room, 15, 9)
    assert room.drill.right == (15,)


def test_the_class_may_grow_and_an_undo_makes_it_as_small_as_before(room: Classroom) -> None:
    room.do(room.drill.join)
    room.do(room.drill.join)
    room.undo()
    assert room.drill.class_size == 25


@pytest.mark.parametrize(("size", "grows"), [(1, True), (998, True), (999, False)])
def test_a_class_grows_to_999(size: int, grows: bool) -> None:
    room = Classroom.of("vote", 2, class_size=size).start()
    assert (room.tries(room.drill.join) is not None) is grows
    assert room.drill.class_size == size + grows


def test_where_nobody_counts_the_pupils_nobody_joins() -> None:
    room = Classroom.of("vote", 2).start()
    with pytest.raises(InvalidTransition):
        room.drill.join(room.at)


def test_no_option_gets_more_hands_than_pupils_have_left(room: Classroom) -> None:
    count(room, 3, 10, 7)
    assert [room.drill.most_hands(place) for place in range(4)] == [7, 14, 11, 4]
    with pytest.raises(InvalidTransition, match="at most 4 hands"):
        room.drill.count(3, 5, room.at)
    room.do(room.drill.count, 3, 4)
    room.do(room.drill.join)
    assert room.drill.most_hands(3) == 5


def test_an_unknown_class_has_room_for_999_hands_an_option() -> None:
    room = Classroom.of("vote", 8).start()
    assert room.drill.most_hands(0) == 999
    with pytest.raises(InvalidTransition):
        room.drill.count(0, 1000, room.at)
    room.do(room.drill.count, 0, 999)


def test_the_wrong_options_that_many_chose_in_either_vote_are_told(room: Classroom) -> None:
    place = room.drill.options.index(room.drill.current.item.key_text())
    first, second, third = (k for k in range(4) if k != place)
    for hands in ({first: 6, second: 5, place: 9, third: 4}, {third: 1, second: 14, place: 9}):
        for option, number in hands.items():
            room.do(room.drill.count, option, number)
        room.do(room.drill.close)
        if len(room.drill.rounds) == 1:
            room.do(room.drill.vote_again)
    with pytest.raises(InvalidTransition):
        _ = room.drill.mistaken
    room.do(room.drill.reveal)
    assert room.drill.mistaken == (room.drill.options[second], room.drill.options[first])


def test_at_most_two_wrong_options_are_told_and_no_class_of_nobody() -> None:
    room = Classroom.of("vote", 8).start().skip_to(has_four_options)
    place = room.drill.options.index(room.drill.current.item.key_text())
    wrong = [k for k in range(4) if k != place]
    for option, number in zip(wrong, (5, 7, 6), strict=True):
        room.do(room.drill.count, option, number)
    room.do(room.drill.close)
    room.do(room.drill.vote_again)
    room.do(room.drill.close)
    room.do(room.drill.reveal)
    assert room.drill.mistaken == (room.drill.options[wrong[1]], room.drill.options[wrong[2]])


def test_no_hand_is_left_once_all_pupils_have_voted() -> None:
    room = Classroom.of("vote", 8, class_size=2).start().skip_to(has_four_options)
    assert room.drill.most_hands(0) == 2
    room.do(room.drill.count, 0, 2)
    assert room.drill.most_hands(1) == 0
    assert Classroom.of("vote", 8).drill.class_size == 0


def test_the_key_is_shown_in_a_vote_or_after_its_bars_and_at_no_other_time() -> None:
    room = Classroom.of("vote", 2)
    with pytest.raises(InvalidTransition):
        room.drill.reveal(room.at)


def voters(*pupils: str, **told: object) -> Classroom:
    room = Classroom.of("vote", 8, pupils=pupils, class_size=len(pupils), **told)
    return room.start().skip_to(has_four_options)


def test_hands_and_own_answers_add_up_and_leave_room_for_the_others() -> None:
    room = voters("a", "b", "c", "d", "e")
    room.do(room.drill.answer_of, "a", Chosen((room.drill.options[0],)), Channel.PHONE)
    assert (room.drill.expected, room.drill.most_hands(0)) == (5, 4)
    room.do(room.drill.mark_absent, "b")
    assert (room.drill.expected, room.drill.most_hands(0)) == (4, 3)
    room.do(room.drill.mark_absent, "a")
    assert room.drill.expected == 4, "an answer that was given stays"
    room.do(room.drill.count, 1, 2)
    assert (room.drill.tallies, room.drill.most_hands(0)) == (((1, 2, 0, 0),), 1)
    for pupil in ("c", "d", "e"):
        room.do(room.drill.mark_absent, pupil)
    assert (room.drill.expected, room.drill.most_hands(1)) == (1, 0)


def test_bars_of_own_answers_wait_unless_they_are_wanted() -> None:
    room = voters("a", "b")
    room.do(room.drill.answer_of, "a", Chosen((room.drill.options[0],)), Channel.PHONE)
    with pytest.raises(InvalidTransition):
        room.drill.show_bars(room.at)
    assert room.do(room.drill.close).body == {"do": "close", "options": list(room.drill.options)}
    assert room.drill.shown_tallies == ()
    told = room.do(room.drill.show_bars)
    assert (told.body, room.drill.shown_tallies) == ({"do": "bars"}, ((1, 0, 0, 0),))
    with pytest.raises(InvalidTransition):
        room.drill.show_bars(room.at)
    assert room.do(room.drill.vote_again).body == {"do": "again"}
    assert room.drill.shown_tallies == ((1, 0, 0, 0),)
    room.do(room.drill.answer_of, "b", Chosen((room.drill.options[1],)), Channel.PHONE)
    assert room.drill.shown_tallies == ((1, 0, 0, 0),)
    room.do(room.drill.close)
    assert room.drill.shown_tallies == ((1, 0, 0, 0), (0, 1, 0, 0))
    room.do(room.drill.reveal)
    assert room.drill.shown_tallies == room.drill.tallies
    votes = room.drill.votes(room.events)
    assert [vote.hands for vote in votes] == [(1, 0), (0, 1), (0, 0), (0, 0)]
    wanted = voters("a")
    wanted.do(wanted.drill.answer_of, "a", Chosen((wanted.drill.options[0],)), Channel.PHONE)
    assert wanted.do(wanted.drill.close, with_bars=True).body["bars"] is True
    assert wanted.drill.shown_tallies == ((1, 0, 0, 0),)


def test_a_vote_brings_no_points_and_nobody_gets_a_place() -> None:
    room = voters("a")
    room.do(room.drill.answer_of, "a", room.drill.current.item.key_response(), Channel.PHONE)
    room.do(room.drill.close)
    room.do(room.drill.reveal)
    verdicts = [event for event in room.events if event.body["do"] == "verdict"]
    assert [(event.body["points"], event.score) for event in verdicts] == [(0, 1.0)]
    assert room.drill.votes([]) == ()
    assert (HAD_IT, HAD_NOT) == ("Had it right", "Did not")


def test_without_options_own_answers_are_counted_once_the_key_is_shown() -> None:
    room = Classroom.of("vote", 8, pupils=("a", "b"), class_size=2).start().skip_to(is_short_answer)
    for pupil, typed in (("a", "number 3"), ("b", "seven")):
        room.do(room.drill.answer_of, pupil, Entered((typed,)), Channel.PHONE)
    assert room.drill.tallies == ((0, 0),)
    shown = room.do(room.drill.reveal)
    assert (shown.body["options"], shown.body["keys"]) == ([HAD_IT, HAD_NOT], [HAD_IT])
    assert (room.drill.tallies, room.drill.right) == (((1, 1),), (1,))
    votes = room.drill.votes(room.events)
    assert [(vote.text, vote.hands, vote.is_key) for vote in votes] == [
        (HAD_IT, (1,), True),
        (HAD_NOT, (1,), False),
    ]
