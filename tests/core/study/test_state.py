"""When an item comes back within a session, when it waits, and which items are marked."""

from __future__ import annotations

from typing import Any

from quiz.core.events.model import Event, EventKind
from quiz.core.session import Phase
from quiz.core.study.session import StudySession
from quiz.core.study.state import flagged_after, flagged_before
from tests.core.study.lessons import ITEMS, begun, current, ref, respond, waiting
from tests.fakes import MINUTE, NOON, SECOND


def missed(session: StudySession, at: int, *, right: bool = False, **body: Any) -> StudySession:
    """Answer the current item, wrongly unless told otherwise."""
    response = ITEMS[current(session)][1 if right else 2]
    return session.answered(response, at=at, duration_ms=SECOND, **body)[1]


def test_an_item_stays_away_for_a_minute_while_there_are_others() -> None:
    session = missed(begun("choice", "typed", "number", gap=0), NOON)
    assert waiting(session) == ["choice", "typed", "number"]

    def first(at: int | None) -> list[str]:
        return [each.item for each in session.rested_first(at)]

    assert first(None) == first(NOON + MINUTE) == ["choice", "typed", "number"]
    assert first(NOON + MINUTE - 1) == ["typed", "choice", "number"]
    alone = missed(begun("choice", gap=0), NOON)
    assert alone.rested_first(NOON + 1) == (ref("choice"),)


def test_the_last_item_rests_once_it_was_missed_twice_within_a_minute() -> None:
    once = missed(begun("choice"), NOON)
    assert not once.needs_rest(NOON)
    twice = missed(once.advance(), NOON + 1000)
    assert twice.needs_rest(NOON + 1000)
    assert twice.needs_rest(NOON + 1000 + MINUTE - 1)
    assert not twice.needs_rest(NOON + 1000 + MINUTE)
    assert twice.advance(NOON + 1000).phase is Phase.FINISHED
    assert twice.advance(NOON + 1000 + MINUTE).phase is Phase.ANSWERING
    others = missed(missed(begun("choice", "typed", gap=0), NOON).advance(), NOON + 1)
    assert not others.needs_rest(NOON + 1)


def test_attempts_earlier_on_the_day_are_those_that_the_first_attempt_tells() -> None:
    session = missed(begun("choice", "typed", gap=0), NOON, earlier=3)
    assert (session.attempts_today(ref("choice")), session.attempts_today(ref("typed"))) == (4, 0)
    session = missed(session.advance(), NOON + 1, earlier=9)
    assert session.attempts_today(ref("choice")) == 5
    assert missed(begun("choice"), NOON, earlier="many").attempts_today(ref("choice")) == 1


def test_an_item_that_came_back_four_times_today_is_given_up() -> None:
    for earlier, right, is_given_up in ((3, False, False), (4, False, True), (4, True, False)):
        session = missed(begun("choice", "typed"), NOON, right=right, earlier=earlier)
        assert session.is_given_up is is_given_up
        assert session.comes_back is (not right and not is_given_up)
        assert not session.advance().is_given_up
    half = missed(begun("choice", criterion=2), NOON, right=True, earlier=4)
    assert half.is_given_up


def test_how_often_an_item_was_asked_before_in_the_session() -> None:
    session = begun("choice", "typed", gap=0)
    assert session.visit == 0
    session = missed(session, NOON)
    assert session.visit == 0
    session = session.advance()
    assert (current(session), session.visit) == ("choice", 1)


def flag(name: str, **body: Any) -> Event:
    return Event(n=1, kind=EventKind.FLAG, at=NOON, bank="b", item=name, body=body)


def test_a_flag_says_so_or_turns_what_was() -> None:
    marked = frozenset({ref("choice")})
    assert flagged_after(marked, flag("choice")) == frozenset()
    assert flagged_after(frozenset(), flag("choice")) == marked
    assert flagged_after(marked, flag("choice", flagged=True)) == marked
    assert flagged_after(frozenset(), flag("choice", flagged=False)) == frozenset()


def test_what_was_marked_before_follows_from_the_first_flag_of_each() -> None:
    after = frozenset({ref("choice"), ref("number")})
    told = [
        flag("choice", flagged=True), flag("typed", flagged=False), flag("typed", flagged=True),
        flag("card"), respond(begun("order")),
    ]  # fmt: skip
    assert flagged_before(after, told) == {ref("typed"), ref("number")}
    assert flagged_before(after, []) == after
