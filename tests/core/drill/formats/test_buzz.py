"""Buzz: whose turn it is, who is locked out, and the steal."""

from __future__ import annotations

import msgspec
import pytest

from quiz.core.drill.formats.buzz import BuzzDrill
from quiz.core.drill.settings import Stage
from quiz.core.drill.teams import TEAMS
from quiz.core.events.model import EventKind
from quiz.core.session import InvalidTransition
from tests.core.drill.classroom import Classroom, but_clock, has_four_options

ONE, TWO, THREE = (team.id for team in TEAMS[:3])


@pytest.fixture
def room() -> Classroom:
    return Classroom.of("buzz", 6, teams=3, seconds=20, has_bonus=True).start()


def judge(room: Classroom, is_right: bool) -> None:
    room.do(lambda at: room.drill.judge(at, is_right=is_right))


def test_teams_differ_in_colour_symbol_and_key_and_no_key_is_the_teachers() -> None:
    for field in range(4):
        assert len({team[field] for team in TEAMS}) == len(TEAMS)
    assert not {team.key for team in TEAMS} & set("123456789bcdehijknpqrsuxy")


def test_the_first_key_locks_the_others_out_and_all_presses_are_kept(room: Classroom) -> None:
    room.do(room.drill.buzz, TWO, after=3000)
    assert (room.drill.stage, room.drill.seat) == (Stage.ANSWERING, TWO)
    room.do(room.drill.buzz, ONE, after=50)
    with pytest.raises(InvalidTransition):
        room.drill.buzz(ONE, room.at)
    with pytest.raises(InvalidTransition):
        room.drill.buzz("team-7", room.at)
    assert room.drill.seat == TWO
    assert room.drill.can_judge
    assert [(press.team, press.is_first) for press in room.drill.presses] == [(TWO, True), (ONE, False)]


def test_a_wrong_answer_opens_the_steal_to_the_others(room: Classroom) -> None:
    room.do(room.drill.buzz, TWO)
    judge(room, False)
    assert (room.drill.stage, room.drill.is_steal) == (Stage.ASKING, True)
    with pytest.raises(InvalidTransition):
        room.drill.buzz(TWO, room.at)
    room.do(room.drill.buzz, ONE)
    judge(room, True)
    assert (room.drill.stage, room.drill.is_revealed) == (Stage.REVEALED, True)
    assert {team: score.right for team, score in room.drill.scores.items()} == {TWO: 0, ONE: 1}


def test_each_steal_has_an_order_of_presses_of_its_own(room: Classroom) -> None:
    assert room.drill.order_of_presses == ()
    assert not room.drill.can_judge
    for first, late in ((TWO, ONE), (THREE, ONE)):
        room.do(room.drill.buzz, first)
        room.do(room.drill.buzz, late)
        assert [press.team for press in room.drill.order_of_presses] == [first, late]
        judge(room, False)
    assert len(room.drill.presses) == 4


def test_nothing_is_judged_before_somebody_has_the_word(room: Classroom) -> None:
    with pytest.raises(InvalidTransition):
        room.drill.judge(room.at, is_right=True)
    with pytest.raises(InvalidTransition):
        room.drill.answer("another", room.at)
    room.do(room.drill.reveal)
    with pytest.raises(InvalidTransition):
        room.drill.buzz(ONE, room.at)


def test_the_word_ends_a_pause(room: Classroom) -> None:
    room.do(room.drill.pause)
    assert room.drill.is_paused
    room.do(room.drill.buzz, ONE)
    assert not room.drill.is_paused


def test_the_key_may_be_shown_before_the_verdict(room: Classroom) -> None:
    room.do(room.drill.buzz, ONE)
    room.do(room.drill.reveal)
    assert (room.drill.stage, room.drill.is_revealed) == (Stage.ANSWERING, True)
    judge(room, False)
    assert room.drill.stage is Stage.REVEALED


@pytest.mark.parametrize(("asked", "made"), [(1, 2), (2, 2), (8, 8), (99, 8)])
def test_there_are_two_to_eight_teams(asked: int, made: int) -> None:
    assert len(Classroom.of("buzz", 2, teams=asked).drill.teams) == made


def test_a_team_that_nobody_knows_does_not_join(room: Classroom) -> None:
    joined = room.drill.join(room.at)
    unknown = msgspec.structs.replace(joined, body={**joined.body, "team": "team-9"})
    assert room.drill.apply(unknown).teams == (ONE, TWO, THREE)
    twice = msgspec.structs.replace(joined, body={**joined.body, "team": ONE})
    assert room.drill.apply(twice).teams == (ONE, TWO, THREE)


def test_where_all_teams_were_wrong_the_key_is_shown(room: Classroom) -> None:
    for team in (ONE, TWO, THREE):
        room.do(room.drill.buzz, team)
        judge(room, False)
    assert room.drill.stage is Stage.REVEALED


def test_an_option_that_was_wrong_cannot_be_named_again(room: Classroom) -> None:
    room.skip_to(lambda drill: drill.is_by_option)
    wrong = next(option for option in room.drill.options if option != room.drill.current.item.key_text())
    room.do(room.drill.buzz, ONE)
    room.do(room.drill.answer, wrong)
    assert room.drill.refuted == (wrong,)
    room.do(room.drill.buzz, TWO)
    with pytest.raises(InvalidTransition):
        room.drill.answer(wrong, room.at)


def test_the_clock_stands_while_a_team_answers_and_goes_on_for_the_steal(room: Classroom) -> None:
    room.do(room.drill.buzz, ONE, after=5000)
    assert room.drill.left_ms(room.at + 60_000) == 15_000
    judge(room, False)
    assert room.drill.left_ms(room.at + 5000) == 10_000
    with pytest.raises(InvalidTransition):
        room.drill.buzz(TWO, room.at + 15_000)


def test_a_fast_key_brings_a_little_more(room: Classroom) -> None:
    room.do(room.drill.buzz, ONE, after=5000)
    judge(room, True)
    assert room.drill.scores[ONE].points == 1000 + 499 * 15_000 // (6 * 20_000)


def test_a_teams_answer_is_nobodys_own(room: Classroom) -> None:
    room.do(room.drill.buzz, ONE)
    judge(room, True)
    assert (room.events[-1].kind, room.events[-1].learner) == (EventKind.NOTE, "")


def test_undo_takes_back_the_first_press_with_those_that_were_too_late(room: Classroom) -> None:
    before = room.drill
    room.do(room.drill.buzz, ONE)
    room.do(room.drill.buzz, TWO)
    room.do(room.drill.buzz, THREE)
    room.undo()
    assert but_clock(room.drill) == but_clock(before)


def test_undo_of_a_wrong_verdict_closes_the_steal_again(room: Classroom) -> None:
    room.do(room.drill.buzz, ONE)
    room.do(room.drill.buzz, TWO)
    before = room.drill
    judge(room, False)
    room.undo()
    assert but_clock(room.drill) == but_clock(before)


def test_a_team_can_join_late_until_there_are_eight(room: Classroom) -> None:
    for _ in range(5):
        room.do(room.drill.join)
    assert len(room.drill.board) == 8
    with pytest.raises(InvalidTransition):
        room.drill.join(room.at)
    room.do(room.drill.buzz, "team-8")
    assert room.drill.seat == "team-8"


def test_nobody_knows(room: Classroom) -> None:
    room.do(room.drill.reveal)
    assert (room.drill.stage, room.drill.seat) == (Stage.REVEALED, "")
    room.do(room.drill.next)
    assert room.drill.place == 1


def wrong_option(room: Classroom) -> str:
    """Go to an item with options, and return one that is wrong."""
    room.skip_to(lambda drill: drill.is_by_option)
    return next(option for option in room.drill.options if option != room.drill.current.item.key_text())


def test_each_press_is_kept_with_its_moment(room: Classroom) -> None:
    at = room.do(room.drill.buzz, TWO, after=3000).at
    room.do(room.drill.buzz, ONE, after=50)
    assert [press.at for press in room.drill.presses] == [at, at + 50]


def test_the_next_item_knows_nothing_of_the_one_before(room: Classroom) -> None:
    wrong = wrong_option(room)
    room.do(room.drill.buzz, ONE)
    room.do(room.drill.buzz, TWO)
    room.do(room.drill.answer, wrong)
    room.do(room.drill.skip)
    drill = room.drill
    assert (drill.seat, drill.out, drill.presses, drill.refuted, drill.is_steal) == ("", (), (), (), False)
    assert (drill.stage, drill.chosen) == (Stage.ASKING, "")


def test_what_was_wrong_stays_told_through_the_steals(room: Classroom) -> None:
    wrong = wrong_option(room)
    room.do(room.drill.buzz, ONE)
    room.do(room.drill.answer, wrong)
    room.do(room.drill.buzz, TWO)
    judge(room, False)
    assert (room.drill.refuted, room.drill.out) == ((wrong,), (ONE, TWO))
    room.do(room.drill.buzz, THREE)
    room.do(room.drill.answer, room.drill.current.item.key_text())
    assert room.drill.chosen == room.drill.current.item.key_text()
    assert (room.drill.refuted, room.drill.out, room.drill.seat) == ((wrong,), (ONE, TWO), THREE)


def test_where_all_were_wrong_no_option_is_marked_as_chosen(room: Classroom) -> None:
    wrong_option(room)
    key = room.drill.current.item.key_text()
    wrong = [option for option in room.drill.options if option != key]
    for team, option in zip((ONE, TWO, THREE), wrong, strict=True):
        room.do(room.drill.buzz, team)
        room.do(room.drill.answer, option)
        assert room.drill.chosen == ""
    assert (room.drill.stage, room.drill.is_revealed) == (Stage.REVEALED, True)
    assert room.drill.refuted == tuple(wrong)


def test_a_team_that_was_wrong_before_the_key_was_shown_gets_no_points(room: Classroom) -> None:
    room.do(room.drill.buzz, ONE)
    told = room.do(lambda at: room.drill.judge(at, is_right=False))
    assert (told.score, told.body["by"], told.body["points"]) == (0.0, ONE, 0)
    assert room.drill.seat == ONE


def test_nobody_joins_once_it_is_over(room: Classroom) -> None:
    room.do(room.drill.end)
    with pytest.raises(InvalidTransition):
        room.drill.join(room.at)


def test_the_verdict_of_the_last_team_is_not_awaited_for_ever(room: Classroom) -> None:
    room.do(room.drill.join)
    for team in (ONE, TWO, THREE):
        room.do(room.drill.buzz, team)
        judge(room, False)
    assert room.drill.stage is Stage.ASKING
    room.do(room.drill.buzz, TEAMS[3].id)
    judge(room, False)
    assert (room.drill.stage, room.drill.timer.is_going) == (Stage.REVEALED, False)


def test_it_is_set_up_for_four_teams_without_a_limit_or_a_bonus() -> None:
    assert [(choice.name, choice.usual) for choice in BuzzDrill.choices] == [
        ("teams", 4), ("seconds", 0), ("has_bonus", 0),
    ]  # fmt: skip
    assert BuzzDrill.choices[0].values == (2, 3, 4, 5, 6, 7, 8)
    assert BuzzDrill.choices[1].values == (0, 10, 15, 20, 30, 45, 60)
    assert BuzzDrill.choices[2].values == (0, 1)


def test_a_class_is_dealt_to_the_teams_and_a_late_pupil_joins_the_smallest() -> None:
    room = Classroom.of("buzz", 6, teams=3, pupils=tuple("abcdefg")).start()
    members = room.drill.members
    assert sorted(len(team) for team in members.values()) == [2, 2, 3]
    assert sorted(room.drill.named) == sorted((ONE, TWO, THREE, *"abcdefg"))
    smaller = next(team for team in room.drill.teams if len(members[team]) == 2)
    room.do(room.drill.join_as, "h")
    assert room.drill.members[smaller] == (*members[smaller], "h")
    assert room.drill.competitors == (ONE, TWO, THREE)
    assert room.rebuilt() == room.drill
    with pytest.raises(InvalidTransition):
        room.drill.join_as("h", room.at)
    room.undo()
    assert room.drill.members == members


def test_a_pupil_of_an_unknown_team_or_of_two_is_not_taken_in() -> None:
    room = Classroom.of("buzz", 6, teams=2, pupils=("a", "b")).start()
    joined = room.drill.join_as("c", room.at)
    unknown = msgspec.structs.replace(joined, body={**joined.body, "team": "team-9"})
    twice = msgspec.structs.replace(joined, body={**joined.body, "pupil": "a"})
    for event in (unknown, twice):
        assert room.drill.apply(event).members == room.drill.members


def test_without_a_class_teams_have_no_members(room: Classroom) -> None:
    assert room.drill.members == {}
    assert room.drill.named == room.drill.competitors
    room.do(room.drill.end)
    with pytest.raises(InvalidTransition):
        room.drill.join_as("a", room.at)


def test_the_wrong_options_that_teams_named_are_told_with_the_key(room: Classroom) -> None:
    room.skip_to(has_four_options)
    key = room.drill.current.item.key_text()
    wrong = [option for option in room.drill.options if option != key][:2]
    for team, option in zip((TWO, THREE), wrong, strict=True):
        room.do(room.drill.buzz, team)
        room.do(room.drill.answer, option)
    with pytest.raises(InvalidTransition):
        _ = room.drill.mistaken
    room.do(room.drill.buzz, ONE)
    room.do(room.drill.answer, key)
    assert room.drill.mistaken == tuple(wrong)


def test_before_the_first_item_nobody_has_the_word() -> None:
    room = Classroom.of("buzz", 6, teams=3)
    assert (room.drill.seat, room.drill.order_of_presses) == ("", ())


def test_a_buzz_of_no_team_is_of_nobody(room: Classroom) -> None:
    pressed = room.drill.buzz(TWO, room.at)
    assert room.drill.apply(msgspec.structs.replace(pressed, body={"do": "buzz"})).seat == ""
