"""Small steps of a study session that longer stories go past."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Entered
from quiz.core.events.model import Event, EventKind
from quiz.core.session import Phase
from quiz.core.study.session import StudySession
from tests.core.study.lessons import LOOKUP, answered, begun, current, header, ref, respond, waiting
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


def test_items_that_are_added_come_last_once_each() -> None:
    session = begun("choice", "typed")
    added = session.add([ref("number"), ref("choice"), ref("gone"), ref("number")], NOON)
    assert (added.n, added.kind, added.item) == (1, EventKind.NOTE, "")
    assert added.body == {"added": [["b", "number"], ["b", "choice"], ["b", "gone"], ["b", "number"]]}
    after = session.apply(added)
    assert waiting(after) == ["choice", "typed", "number"]
    assert session.apply(session.add([ref("gone")], NOON)).phase is Phase.ANSWERING
    told = after.settle([ref("typed"), ref("number")], NOON)
    assert told.body == {"elsewhere": [["b", "typed"], ["b", "number"]]}
    assert waiting(after.apply(told)) == ["choice"]


def test_steps_are_written_as_events_about_their_item() -> None:
    session = begun("choice", "typed")
    item = session.current.item
    for event, kind, body in (
        (session.skip(NOON), EventKind.SKIP, {}), (session.suspend(NOON), EventKind.SUSPEND, {}),
        (session.bury(NOON), EventKind.BURY, {}), (session.flag(NOON), EventKind.FLAG, {"flagged": True}),
    ):  # fmt: skip
        assert (event.n, event.kind, event.at, event.body) == (1, kind, NOON, body)
        assert (event.bank, event.item, event.fingerprint) == ("b", "choice", item.fingerprint)
    flagged = session.apply(session.flag(NOON))
    assert (flagged.flag(NOON).n, flagged.flag(NOON).body) == (2, {"flagged": False})
    given_up = flagged.give_up(ref("typed"), NOON)
    assert given_up == Event(
        n=2, kind=EventKind.BURY, at=NOON, bank="b", item="typed", body={"by_itself": True}
    )
    assert waiting(flagged.apply(given_up)) == ["choice", "typed"]
    assert session.end(NOON) == Event(n=1, kind=EventKind.END, at=NOON)


def test_a_rating_that_says_nothing_passes_and_again_does_not() -> None:
    session = begun("choice", "typed", gap=9)
    session = session.apply(respond(session, right=False))
    for body, left in (({}, ["typed"]), ({"rating": 2}, ["typed"]), ({"rating": 1}, ["typed", "choice"])):
        rated = session.apply(Event(n=2, kind=EventKind.RATE, at=NOON, target=1, body=body))
        assert waiting(rated) == left
    right = begun("choice", "typed", gap=9)
    right = right.apply(respond(right))
    assert waiting(right.apply(right.rate(1, NOON))) == ["typed", "choice"]
    assert right.rate(4, NOON).body == {"rating": 4}
    for rating in (0, 5):
        with pytest.raises(ValueError, match="A rating is 1, 2, 3 or 4"):
            right.rate(rating, NOON)


def test_only_the_item_that_was_put_off_before_is_gone_the_second_time() -> None:
    session = begun("choice", "typed", "number")
    session = session.apply(session.skip(NOON))
    assert waiting(session.apply(session.skip(NOON))) == ["number", "choice", "typed"]


def test_a_session_has_ended_once_its_end_is_the_last_that_counts() -> None:
    session = begun("choice", "typed")
    assert (session.has_ended, session.can_undo, session.last_at) == (False, False, NOON)
    session = session.apply(session.flag(NOON + 1))
    assert (session.has_ended, session.can_undo, session.last_at) == (False, False, NOON + 1)
    session = session.apply(session.skip(NOON + 2))
    assert (session.can_undo, session.last_at) == (True, NOON + 2)
    ended = session.apply(session.end(NOON + 5))
    assert (ended.has_ended, ended.phase, ended.last_at) == (True, Phase.FINISHED, NOON + 5)
