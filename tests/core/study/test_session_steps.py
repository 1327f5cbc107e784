"""Small steps of a study session that longer stories go past."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Entered
from quiz.core.events.model import Event, EventKind
from quiz.core.session import Phase
from quiz.core.study.session import StudySession
from tests.core.study.lessons import LOOKUP, answered, begun, current, header, respond, waiting
from tests.fakes import NOON, SECOND


def test_an_item_that_was_missed_before_is_put_off_once_all_the_same() -> None:
    session = answered(begun("choice", "typed"), False)
    session = answered(session, True)
    assert waiting(session) == ["choice"]
    session = answered(begun("choice", "typed", gap=1), False, True)
    assert current(session) == "choice"
    longer = answered(begun("choice", "typed", "number", gap=1), False, True)
    assert waiting(longer) == ["choice", "number"]
    assert waiting(longer.apply(longer.skip(NOON))) == ["number", "choice"]


def test_an_item_that_is_put_off_a_second_time_is_gone() -> None:
    session = begun("choice", "typed")
    session = session.apply(session.skip(NOON))
    assert waiting(session) == ["typed", "choice"]
    session = answered(session, True)
    session = session.apply(session.skip(NOON))
    assert session.phase is Phase.FINISHED


def test_time_that_nobody_measured_counts_for_nothing() -> None:
    session = begun("choice", "typed")
    event = Event(
        n=1, kind=EventKind.ATTEMPT, at=NOON, bank="b", item="choice", score=1.0, response=Entered(("x",))
    )
    assert session.apply(event).answering_ms == 0
    assert session.apply(respond(session)).answering_ms == SECOND


def test_what_was_overruled_is_that_attempt_and_no_other() -> None:
    session = begun("typed", "number")
    session = session.apply(respond(session, right=False))
    session = session.apply(session.override(NOON))
    assert session.is_overridden
    assert not session.can_override
    session = session.advance()
    session = session.apply(respond(session, right=False))
    assert not session.is_overridden
    assert session.can_override
    assert session.grade.score == 0
    assert session.rating is None


def test_a_judgement_of_what_was_never_attempted_changes_nothing() -> None:
    session = answered(begun("typed", "number"), False)
    for kind in (EventKind.OVERRIDE, EventKind.RATE):
        after = session.apply(Event(n=session.n + 1, kind=kind, at=NOON, target=99, body={"rating": 1}))
        assert waiting(after) == waiting(session)
        assert after.phase is session.phase


@pytest.mark.parametrize("undone", [1, 2])
def test_a_rebuilt_session_takes_back_as_the_one_that_was_left(undone: int) -> None:
    """An item that is alone comes back at once: its second attempt is one to the same item."""
    session, events = begun("choice"), list[Event]()
    for _ in range(2):
        event = respond(session, right=False)
        session = session.apply(event).advance()
        events.append(event)
    for _ in range(undone):
        event = session.undo(NOON)
        session = session.apply(event)
        events.append(event)
    rebuilt = StudySession.begin(header("choice"), LOOKUP, events)
    assert rebuilt.phase is session.phase is Phase.ANSWERING
    assert waiting(rebuilt) == waiting(session)
    assert rebuilt.n == session.n
