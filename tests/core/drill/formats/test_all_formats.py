"""What the formats of drills offer at their set-up, and who takes part in them."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Chosen, Verdict
from quiz.core.drill.formats import all_formats
from quiz.core.drill.settings import Channel, SetupChoice, Stage
from quiz.core.drill.wall_words import GERMAN
from quiz.core.events.model import Event, EventKind
from quiz.core.session import InvalidTransition
from tests.core.drill.classroom import Classroom

LABELS = {
    "vote": {"Time to think", "On phones", "Pupils' records"},
    "hot-seat": {"Time to answer", "Speed bonus"},
    "buzz": {"Teams", "Time to buzz", "Speed bonus"},
    "sprint": {"Time"},
}


def choice(which: str, name: str) -> SetupChoice:
    return next(choice for choice in all_formats()[which].choices if choice.name == name)


def test_the_formats_are_offered_from_the_calmest_to_the_fastest() -> None:
    offered = [which for which in all_formats() if which in LABELS]
    assert offered == ["vote", "hot-seat", "buzz", "sprint"]
    orders = [all_formats()[which].order for which in offered]
    assert orders == sorted(set(orders))


@pytest.mark.parametrize("which", LABELS)
def test_what_a_format_is_called_and_how_it_goes_is_said_in_every_language(which: str) -> None:
    kind = all_formats()[which]
    assert {kind.title, kind.summary} <= GERMAN.phrases.keys()
    assert {choice.label for choice in kind.choices} == LABELS[which]


@pytest.mark.parametrize("which", LABELS)
def test_times_are_round_rise_and_can_be_none_but_in_a_sprint(which: str) -> None:
    seconds = choice(which, "seconds")
    assert list(seconds.values) == sorted(set(seconds.values))
    assert all(value % 5 == 0 for value in seconds.values)
    assert (seconds.values[0] == 0) is (which != "sprint")
    assert seconds.usual in seconds.values


def test_who_is_called_by_name_and_where_the_class_may_help() -> None:
    kinds = {which: all_formats()[which] for which in LABELS}
    assert {which for which, kind in kinds.items() if kind.takes_names} == {"hot-seat", "buzz", "vote"}
    assert {which for which, kind in kinds.items() if kind.has_help} == {"hot-seat"}
    assert {which for which, kind in kinds.items() if kind.asks_every_kind} == {"hot-seat"}
    assert {which for which, kind in kinds.items() if kind.keeps_record} == {"sprint"}


def test_where_nobody_answers_alone_there_are_no_own_answers_and_nobody_is_missing() -> None:
    drill = Classroom.of("sprint", 3, seconds=60).start().drill
    assert (drill.takes_answers, drill.answers, drill.tallies, drill.missing) == (False, {}, (), ())
    assert (drill.left_empty("class"), drill.absent, drill.members, drill.ahead) == ((), frozenset(), {}, {})
    assert (drill.here, drill.named, drill.competitors) == (("class",), ("class",), ("class",))
    assert [rank.competitor for rank in drill.board] == ["class"]


def test_a_drill_begins_before_its_first_item() -> None:
    drill = Classroom.of("hot-seat", 3, pupils=("a",)).drill
    assert (drill.stage, drill.place, drill.n, drill.log, drill.total) == (Stage.READY, 0, 0, (), 3)
    assert (drill.extra_ms, drill.is_paused, drill.is_board_shown, drill.is_revealed) == (
        0,
        False,
        True,
        False,
    )
    assert (drill.chosen, drill.has_item, drill.is_gone, drill.has_ended) == ("", False, False, False)
    assert (drill.last_at, drill.limit_ms, drill.visit) == (drill.header.started, 0, 0)
    assert not drill.is_time_up(drill.header.started + 1_000_000)


def test_a_wrong_option_that_was_named_is_told_with_the_correct_answer() -> None:
    room = Classroom.of("hot-seat", 3, pupils=("a",)).start()
    right = room.drill.current.item.key_text()
    for chosen in (right, next(one for one in room.drill.options if one != right)):
        room.do(room.drill.draw)
        room.do(room.drill.answer, chosen)
        assert room.drill.mistaken == (() if chosen == right else (chosen,))
        room.undo()
        room.undo()


def test_only_a_sprint_without_extra_time_can_be_a_record() -> None:
    room = Classroom.of("sprint", 6, seconds=60, record=1).start()
    assert room.drill.is_against_record
    for is_record in (False, True):
        room.do(lambda at: room.drill.judge(at, is_right=True))
        assert room.drill.is_record is is_record
    room.do(room.drill.extend)
    assert not room.drill.is_record
    assert not Classroom.of("sprint", 6, seconds=60, pupils=("a", "b")).start().drill.is_against_record
    other = Classroom.of("buzz", 6, teams=2).start()
    other.do(other.drill.buzz, "team-1")
    other.do(lambda at: other.drill.judge(at, is_right=True))
    assert not other.drill.is_record


def test_what_a_format_does_not_know_is_nothing_or_refused() -> None:
    vote, sprint = Classroom.of("vote", 3).start(), Classroom.of("sprint", 3, seconds=60).start()
    assert (sprint.drill.following(0), sprint.drill.votes([]), vote.drill.due(10**15)) == ((), (), None)
    assert (sprint.drill.can_judge, vote.drill.can_judge, vote.drill.rules) == (True, False, ("right 1000",))
    refused = [
        lambda: sprint.drill.join(0), lambda: sprint.drill.join_as("a", 0),
        lambda: sprint.drill.mark_absent("a", 0), lambda: sprint.drill.mark_present("a", 0),
        lambda: vote.drill.answer("x", 0), lambda: vote.drill.judge(0, is_right=True),
        lambda: sprint.drill.answer_of("a", Chosen(()), Channel.DESK, 0),
    ]  # fmt: skip
    for step in refused:
        with pytest.raises(InvalidTransition):
            step()


def test_steps_are_written_as_events_about_their_item() -> None:
    room = Classroom.of("hot-seat", 3, pupils=("a",), seconds=20).start()
    started = room.events[0]
    assert (started.n, started.kind, started.body, started.item) == (
        1,
        EventKind.NOTE,
        {"do": "start", "place": 0},
        "",
    )
    told = room.do(room.drill.skip, after=1500)
    item = room.drill.lookup[told.ref].item
    assert (told.n, told.kind, told.bank, told.item) == (2, EventKind.NOTE, "class", "item-0")
    assert (told.fingerprint, told.duration_ms) == (item.fingerprint, 0)
    assert told.body == {"do": "skip", "place": 1}
    room.do(room.drill.draw)
    told = room.do(lambda at: room.drill.judge(at, is_right=True), after=700)
    assert (told.kind, told.learner, told.score, told.verdict) == (
        EventKind.ATTEMPT,
        "a",
        1.0,
        Verdict.CORRECT,
    )
    assert (told.duration_ms, told.body) == (
        700, {"do": "verdict", "by": "a", "points": 1000, "helped": False},
    )  # fmt: skip
    assert room.do(room.drill.show_board, is_shown=False).body == {"do": "board", "shown": False}
    assert not room.drill.is_board_shown
    assert room.do(room.drill.tick).body == {"do": "tick"}
    assert room.do(room.drill.next).body == {"do": "next", "place": 2}
    room.do(room.drill.draw)
    assert room.do(room.drill.extend).body == {"do": "extend", "ms": 30_000}
    assert room.drill.limit_ms == 50_000
    assert room.do(room.drill.pause, after=400).body == {"do": "pause", "spent": 1400}
    assert (room.drill.timer.spent(room.at + 9000), room.drill.is_paused) == (1400, True)
    assert room.do(room.drill.go_on).body == {"do": "go-on"}
    assert room.do(room.drill.end).body == {"early": True}
    assert room.drill.has_ended
    assert room.drill.undoable is room.events[-1]


def test_a_drill_that_came_to_its_end_is_not_ended_early() -> None:
    room = Classroom.of("buzz", 1, teams=2).start()
    assert room.do(room.drill.skip).body == {"do": "skip", "place": 1}
    assert (room.drill.stage, room.drill.place, room.drill.timer.is_going) == (Stage.FINISHED, 1, False)
    ended = room.do(room.drill.end)
    assert ended.body == {}
    assert room.drill.undoable is not ended
    with pytest.raises(InvalidTransition):
        _ = room.drill.ref


def test_a_fresh_drill_has_nothing_to_undo() -> None:
    room = Classroom.of("buzz", 2, teams=2)
    assert room.drill.undoable is None
    with pytest.raises(InvalidTransition):
        room.drill.undo(room.at)
    unknown = Event(n=9, kind=EventKind.NOTE, at=room.at, body={"do": "dance"})
    after = room.drill.apply(unknown)
    assert (after.n, after.stage, after.log) == (9, Stage.READY, (unknown,))
    board = room.drill.apply(Event(n=1, kind=EventKind.NOTE, at=room.at, body={"do": "board"}))
    assert board.is_board_shown


def test_an_item_that_is_still_there_is_not_left_as_gone() -> None:
    for which in ("buzz", "sprint"):
        room = Classroom.of(which, 3, teams=2, seconds=60).start()
        with pytest.raises(InvalidTransition):
            room.drill.leave_gone(room.at)
