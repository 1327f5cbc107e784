"""What a drill came to."""

from __future__ import annotations

import pytest

from quiz.core.class_list import competitor_names
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.formats import begin
from quiz.core.drill.report import DrillReport, report_of
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
