"""What a drill came to."""

from __future__ import annotations

import pytest

from quiz.core.class_list import competitor_names
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.formats import begin
from quiz.core.drill.points import Score
from quiz.core.drill.report import (
    CompetitorLine,
    DrillReport,
    GivenAnswer,
    ItemOutcome,
    report_of,
)
from quiz.core.drill.votes import OptionVotes
from quiz.core.session import ItemLookup
from tests.core.drill.classroom import Classroom

TITLES = {"class": "For the class"}


def report(room: Classroom, **names: str) -> DrillReport:
    return report_of(room.drill, competitor_names(room.drill.competitors, names), TITLES)


def vote(room: Classroom, first: tuple[int, int], second: tuple[int, int] | None = None) -> None:
    """Have right and wrong hands counted for the present item, in one vote or two."""
    key = room.drill.options.index(room.drill.current.item.key_text())
    for hands in (first, second):
        if hands is None:
            break
        if room.drill.stage == "counted":
            room.do(room.drill.vote_again)
        room.tries(room.drill.count, key, hands[0])
        room.tries(room.drill.count, 1 - key if key < 2 else 0, hands[1])
        room.do(room.drill.close)
    room.do(room.drill.reveal)
    room.do(room.drill.next)


def test_a_vote_tells_both_votes_and_the_gain() -> None:
    room = Classroom.of("vote", 3).start()
    vote(room, (6, 18), (18, 6))
    vote(room, (20, 4))
    told = report(room)
    first, second = told.items
    assert first.shares == (0.25, 0.75)
    assert first.gain == pytest.approx(2 / 3)
    assert second.gain is None
    assert {option.text for option in first.votes if option.is_key} == {first.key}
    assert [line.ref.item for line in told.again] == ["item-0"]
    assert told.planned == 3
    assert not told.is_ended


def test_a_votes_right_answers_are_the_hands_of_its_last_vote_that_had_any() -> None:
    room = Classroom.of("vote", 3).start()
    vote(room, (6, 18), (18, 5))
    vote(room, (20, 4), (0, 0))
    told = report(room)
    assert [(line.right, line.wrong) for line in told.items] == [(18, 5), (20, 4)]
    assert told.items[1].shares == (20 / 24,)


def test_a_vote_whose_key_was_never_shown_says_nothing_about_the_class() -> None:
    room = Classroom.of("vote", 3).start()
    room.do(room.drill.count, 1, 20)
    room.do(room.drill.close)
    room.do(room.drill.end)
    told = report(room)
    assert (told.items[0].shares, told.items[0].missed, told.again) == ((), None, ())
    assert [option.hands for option in told.items[0].votes][:2] == [(0,), (20,)]


def test_pupils_are_ranked_with_right_answers_apart_from_points() -> None:
    room = Classroom.of("hot-seat", 4, pupils=("a", "b")).start()
    for is_right in (True, False, True, True):
        room.do(room.drill.draw)
        if is_right and room.drill.place == 3:
            room.do(room.drill.help)
        room.do(lambda at, right=is_right: room.drill.judge(at, is_right=right))
        room.do(room.drill.next)
    room.do(room.drill.end)
    told = report(room, a="Ada", b="Ada")
    assert told.is_ended
    assert sorted((line.name, line.score.right + line.score.helped) for line in told.competitors) == [
        ("Ada 1", 2), ("Ada 2", 1),
    ]  # fmt: skip
    assert [line.missed for line in told.items] == [0.0, 1.0, 0.0, 0.5]
    assert [line.ref for line in told.again] == [ItemRef("class", "item-1"), ItemRef("class", "item-3")]
    assert told.duration_ms == room.at - room.drill.header.started


def test_an_item_that_nobody_knew_was_missed_and_one_that_was_skipped_was_not() -> None:
    room = Classroom.of("buzz", 3, teams=2).start()
    room.do(room.drill.reveal)
    room.do(room.drill.next)
    room.do(room.drill.skip)
    room.do(room.drill.buzz, "team-1")
    room.do(lambda at: room.drill.judge(at, is_right=False))
    room.do(room.drill.buzz, "team-2")
    room.do(lambda at: room.drill.judge(at, is_right=True))
    told = report(room)
    assert [line.missed for line in told.items] == [1.0, None, 0.5]
    assert [(line.name, line.place) for line in told.competitors] == [("Orange", 1), ("Blue", 2)]


def test_what_was_undone_is_not_told() -> None:
    room = Classroom.of("sprint", 3, seconds=60).start()
    room.do(lambda at: room.drill.judge(at, is_right=False))
    room.undo()
    room.do(lambda at: room.drill.judge(at, is_right=True))
    told = report(room)
    assert [(line.score.right, line.score.wrong) for line in told.items] == [(1, 0)]
    assert told.competitors[0].name == "The class"


def test_a_report_needs_no_bank() -> None:
    room = Classroom.of("vote", 2).start()
    vote(room, (6, 18))
    bare = begin(room.drill.header, ItemLookup(), room.events)
    told = report_of(bare, {}, {})
    assert told.items[0].shares == (0.25,)
    assert (told.items[0].stem, told.banks) == ("", ("class",))


def test_the_share_of_all_hands_is_of_their_number_and_not_the_mean_of_the_questions_shares() -> None:
    room = Classroom.of("vote", 4).start()
    assert report(room).share_right is None
    vote(room, (1, 0))
    vote(room, (0, 9))
    vote(room, (3, 7), (8, 2))
    told = report(room)
    assert told.tried == 20
    assert told.share_right == pytest.approx(9 / 20)


def outcome(
    *votes: OptionVotes,
    score: Score | None = None,
    is_revealed: bool = False,
    answers: tuple[float, ...] = (),
) -> ItemOutcome:
    return ItemOutcome(
        ref=ItemRef("b", "i"), stem="", key="", score=score or Score(), votes=votes, is_revealed=is_revealed,
        answers=tuple(GivenAnswer("", one) for one in answers),
    )  # fmt: skip


def hands(*right: int, beside: tuple[int, ...]) -> tuple[OptionVotes, ...]:
    """Return the votes of an item with two keys and two wrong options; one of each got no hand."""
    none = (0,) * len(right)
    return (
        OptionVotes("a", right, True), OptionVotes("b", none, True), OptionVotes("c", beside, False),
        OptionVotes("d", none, False),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("votes", "shares", "voters", "gain"),
    [
        (hands(6, 18, beside=(18, 6)), (0.25, 0.75), (24, 24), 2 / 3),
        (hands(6, 0, 3, beside=(2, 0, 0)), (0.75, 1.0), (8, 3), 1.0),
        (hands(3, 1, beside=(1, 3)), (0.75, 0.25), (4, 4), -2.0),
        (hands(4, 4, beside=(0, 4)), (1.0, 0.5), (4, 8), None),
        (hands(1, beside=(1,)), (0.5,), (2,), None), (hands(0, beside=(0,)), (), (), None),
    ],
)  # fmt: skip
def test_hands_come_to_shares_and_a_gain(
    votes: tuple[OptionVotes, ...], shares: tuple[float, ...], voters: tuple[int, ...], gain: float | None
) -> None:
    told = outcome(*votes, score=Score(right=9, wrong=9), is_revealed=True)
    assert (told.shares, told.voters, told.tried) == (shares, voters, voters[-1] if voters else 0)
    assert told.gain == (None if gain is None else pytest.approx(gain))
    assert told.missed == (1 - shares[-1] if shares else None)


@pytest.mark.parametrize(
    ("told", "tried", "missed"),
    [
        (outcome(), 0, None), (outcome(is_revealed=True), 0, 1.0),
        (outcome(score=Score(right=1, wrong=1), answers=(1.0, 0.0)), 2, 0.5),
        (outcome(score=Score(helped=1, passed=1), answers=(0.5,)), 2, 0.75),
        (outcome(score=Score(right=2, wrong=1, passed=1), answers=(1.0, 1.0, 0.0)), 4, 0.5),
    ],
)  # fmt: skip
def test_an_answer_in_part_is_missed_in_part_and_a_pass_is_missed(
    told: ItemOutcome, tried: int, missed: float | None
) -> None:
    assert (told.tried, told.missed) == (tried, missed)
    assert (told.right, told.wrong) == (told.score.right, told.score.wrong)


def test_what_a_quarter_missed_is_taught_again_the_most_missed_first() -> None:
    quarter, nearly = (
        outcome(score=Score(right=right, wrong=wrong), answers=(1.0,) * right + (0.0,) * wrong)
        for right, wrong in ((3, 1), (4, 1))
    )
    half, more = (outcome(score=Score(right=k, wrong=k), answers=(1.0, 0.0) * k) for k in (1, 2))
    told = DrillReport(
        id="", format="", title="", banks=(), started=0, zone="UTC", duration_ms=0, is_ended=True,
        items=(quarter, nearly, half, outcome(), more), planned=5, competitors=(),
    )  # fmt: skip
    assert told.again == (more, half, quarter)
    assert told.tried == 4 + 5 + 2 + 4
    assert told.share_right == pytest.approx(10 / 15)
    assert (told.is_board_shown, told.has_places, told.has_shares, told.class_name, told.record) == (
        True, True, False, "", 0,
    )  # fmt: skip


def test_a_report_says_all_that_the_log_holds() -> None:
    room = Classroom.of("hot-seat", 3, pupils=("a", "b", "c", "#7")).start()
    room.do(room.drill.mark_absent, "c")
    room.do(room.drill.draw)
    seat = room.drill.seat
    room.do(room.drill.pass_on)
    other = room.drill.seat
    wrong = next(one for one in room.drill.options if one != room.drill.current.item.key_text())
    room.do(room.drill.answer, wrong)
    names = {"a": "Ada", "b": "Bo", "c": "Cy", "#7": "Pupil 7"}
    told = report_of(room.drill, names, TITLES, "7b")
    (third,) = {"a", "b", "#7"} - {seat, other}
    header = room.drill.header
    assert (told.id, told.format, told.title, told.banks) == (
        header.id,
        "hot-seat",
        "Hot seat",
        ("For the class",),
    )
    assert (told.started, told.zone, told.duration_ms) == (header.started, "UTC", room.at - header.started)
    assert (told.planned, told.is_ended, told.class_name, told.record) == (3, False, "7b", 0)
    assert (told.is_board_shown, told.has_shares, told.has_places) == (True, False, True)
    assert set(told.competitors) == {
        CompetitorLine(1, True, names[seat], Score(passed=1)),
        CompetitorLine(1, True, names[other], Score(wrong=1)),
    }
    assert (told.not_called, told.absent) == ((names[third],), ("Cy",))
    (item,) = told.items
    assert (item.stem, item.key, item.is_revealed) == ("Which is number 0?", "number 0", True)
    assert item.answers == (GivenAnswer(names[other], 0.0, wrong),)


def test_a_teams_pupils_stand_beside_it_and_one_who_is_there_is_never_idle() -> None:
    room = Classroom.of("buzz", 3, teams=2, pupils=("a", "b")).start()
    room.do(room.drill.buzz, "team-1")
    room.do(lambda at: room.drill.judge(at, is_right=True))
    told = report_of(room.drill, {"team-1": "Blue", "team-2": "Orange", "a": "Ada", "b": "Bo"}, {})
    members = {line.name: line.members for line in told.competitors}
    assert sorted(members) == ["Blue", "Orange"]
    assert sorted(members["Blue"] + members["Orange"]) == ["Ada", "Bo"]
    assert (told.not_called, told.absent, told.banks) == ((), (), ("class",))
