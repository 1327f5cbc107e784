"""A study session as a value: what comes next, what comes back, and what can be taken back."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from quiz.core.content.grading import Chosen, Confidence, Entered, Recalled, Verdict
from quiz.core.events.model import Event, EventKind
from quiz.core.session import InvalidTransition, Phase
from quiz.core.study.session import StudySession
from tests.core.study.lessons import (
    ITEMS,
    LOOKUP,
    answered,
    begun,
    current,
    header,
    ref,
    respond,
    waiting,
)
from tests.fakes import MINUTE, NOON, SECOND

ALL = list(ITEMS)


# --------------------------------------------------------------------------- what comes next


def test_it_asks_its_items_in_their_order() -> None:
    session = begun()
    asked = []
    while session.phase is not Phase.FINISHED:
        asked.append(current(session))
        session = answered(session, True)
    assert asked == ALL


def test_items_gone_from_their_banks_are_left_out() -> None:
    session = StudySession.begin(header("choice", "gone", "typed"), LOOKUP)
    assert waiting(session) == ["choice", "typed"]
    assert StudySession.begin(header("gone"), LOOKUP).phase is Phase.FINISHED


def test_an_attempt_is_on_its_way_to_the_record_complete() -> None:
    session = begun("choice")
    event = session.submit(Chosen(("Lyon",)), at=NOON, duration_ms=1234, confidence=Confidence.SURE)
    assert event == Event(
        n=1, kind=EventKind.ATTEMPT, at=NOON, bank="b", item="choice",
        fingerprint=ITEMS["choice"][0].fingerprint, duration_ms=1234, response=Chosen(("Lyon",)), score=0.0,
        verdict=Verdict.INCORRECT, confidence=Confidence.SURE,
    )  # fmt: skip
    assert session.n == 0
    assert session.apply(event).n == 1
    assert session.submit(Chosen(("Lyon",)), at=NOON, duration_ms=-5).duration_ms == 0


def test_nobody_is_asked_how_sure_they_are_unless_that_was_wished() -> None:
    told = msgspec.structs.replace(header("choice"), settings={})
    assert not StudySession.begin(told, LOOKUP).settings.confidence


def test_the_item_being_reviewed_is_named_and_no_other() -> None:
    asking = begun("choice", "typed")
    reviewing = asking.apply(respond(asking))
    assert (asking.attempt_ref, reviewing.attempt_ref) == (None, ref("choice"))
    assert reviewing.advance().attempt_ref is None


def test_a_verdict_is_shown_before_it_goes_on() -> None:
    asking = begun("choice", "typed")
    reviewing = asking.apply(respond(asking, right=False))
    assert (reviewing.phase, current(reviewing)) == (Phase.REVIEWING, "choice")
    assert reviewing.grade.score == 0
    assert reviewing.interaction == asking.interaction
    assert reviewing.comes_back
    going_on = reviewing.advance()
    assert (going_on.phase, current(going_on), going_on.attempt) == (Phase.ANSWERING, "typed", None)
    assert not asking.apply(respond(asking)).comes_back


def test_what_is_missed_comes_back_after_four_others() -> None:
    session = answered(begun(), False)
    assert waiting(session) == ["typed", "number", "order", "several", "choice", "card"]
    session = answered(session, True, True, True, True, True, True)
    assert session.phase is Phase.FINISHED
    assert [event.item for event in session.attempts] == [*ALL[:5], "choice", "card"]


def test_what_is_missed_with_fewer_left_comes_back_last() -> None:
    assert waiting(answered(begun("choice", "typed", "card"), False)) == ["typed", "card", "choice"]
    alone = answered(begun("choice"), False)
    assert (alone.phase, current(alone)) == (Phase.ANSWERING, "choice")


@pytest.mark.parametrize("gap", [0, 1, 2, 9])
def test_how_many_others_come_between_can_be_told(gap: int) -> None:
    assert waiting(answered(begun(gap=gap), False)).index("choice") == min(gap, 5)


def test_a_partly_right_response_comes_back_too() -> None:
    session = begun("several", "card")
    event = session.submit(Chosen(("2",)), at=NOON, duration_ms=1)
    assert (event.score, event.verdict) == (0.5, Verdict.PARTIAL)
    assert waiting(session.apply(event)) == ["card", "several"]


@pytest.mark.parametrize("criterion", [1, 2, 3])
def test_an_item_leaves_when_it_was_right_as_often_as_told(criterion: int) -> None:
    session = begun("choice", "card", criterion=criterion)
    asked = 0
    while session.phase is not Phase.FINISHED:
        session = answered(session, True)
        asked += 1
    assert asked == 2 * criterion
    missed = answered(begun("choice", criterion=criterion), False, *[True] * criterion)
    assert missed.phase is Phase.FINISHED
    assert (
        answered(begun("choice", criterion=criterion), *[True] * (criterion - 1), False).phase
        is Phase.ANSWERING
    )


def test_time_is_up_after_the_minutes_told_of_answering() -> None:
    session = begun(minutes=1)
    session = session.apply(respond(session, duration_ms=59 * SECOND)).advance()
    assert session.phase is Phase.ANSWERING
    session = session.apply(respond(session, duration_ms=SECOND))
    assert session.phase is Phase.REVIEWING
    assert session.answering_ms == MINUTE
    assert session.advance().phase is Phase.FINISHED
    with pytest.raises(InvalidTransition):
        _ = session.advance().current


def test_a_recall_counts_by_its_rating() -> None:
    for rating, comes_back in [(1, True), (2, False), (3, False), (4, False)]:
        session = begun("card")
        session = session.apply(session.submit(Recalled(rating), at=NOON, duration_ms=1))
        assert session.comes_back is comes_back


# --------------------------------------------------------------------------- too early, too late, twice


@pytest.mark.parametrize(
    ("phase", "steps"),
    [
        (Phase.ANSWERING, ["advance", "override", "rate", "undo"]),
        (Phase.REVIEWING, ["submit", "skip"]),
        (Phase.FINISHED, ["submit", "advance", "skip", "flag", "suspend", "bury", "override", "rate"]),
    ],
)
def test_nothing_can_be_done_twice_or_out_of_turn(phase: Phase, steps: list[str]) -> None:
    asking = begun("typed")
    sessions = {
        Phase.ANSWERING: asking,
        Phase.REVIEWING: asking.apply(respond(asking, right=False)),
        Phase.FINISHED: answered(asking, True),
    }
    told: dict[str, tuple[Any, ...]] = {"advance": (), "rate": (3, NOON)}
    more = {"submit": {"at": NOON, "duration_ms": 1}}
    for step in steps:
        first = (Entered(("x",)),) if step == "submit" else told.get(step, (NOON,))
        with pytest.raises(InvalidTransition):
            getattr(sessions[phase], step)(*first, **more.get(step, {}))


def test_there_is_no_grade_but_in_review_and_no_item_at_the_end() -> None:
    asking = begun("typed")
    for session, name in [
        (asking, "grade"),
        (answered(asking, True), "grade"),
        (answered(asking, True), "current"),
    ]:
        with pytest.raises(InvalidTransition):
            getattr(session, name)


@pytest.mark.parametrize("rating", [0, 5, -1])
def test_a_rating_is_one_of_four(rating: int) -> None:
    session = begun("typed")
    with pytest.raises(ValueError, match="1, 2, 3 or 4"):
        session.apply(respond(session)).rate(rating, NOON)


# --------------------------------------------------------------------------- skip, suspend, bury, flag


def test_skipping_puts_an_item_last_and_the_second_time_out() -> None:
    session = begun("choice", "typed", "card")
    event = session.skip(NOON)
    assert (event.verdict, event.item) == (Verdict.SKIPPED, "choice")
    session = session.apply(event)
    assert waiting(session) == ["typed", "card", "choice"]
    session = answered(session, True, True)
    assert session.apply(session.skip(NOON)).phase is Phase.FINISHED
    alone = begun("choice")
    assert alone.apply(alone.skip(NOON)).phase is Phase.FINISHED


@pytest.mark.parametrize("step", ["suspend", "bury"])
def test_suspending_and_burying_take_an_item_out_before_and_after_its_verdict(step: str) -> None:
    asking = begun("choice", "typed")
    reviewing = asking.apply(respond(asking, right=False))
    for session in (asking, reviewing):
        event = getattr(session, step)(NOON)
        assert (event.kind, event.item) == (EventKind(step), "choice")
        after = session.apply(event)
        assert (waiting(after), after.phase, after.attempt) == (["typed"], Phase.ANSWERING, None)
    alone = begun("choice")
    assert alone.apply(getattr(alone, step)(NOON)).phase is Phase.FINISHED


def test_a_flag_is_a_mark_that_a_second_one_takes_away() -> None:
    session = begun("choice", "typed")
    once = session.apply(session.flag(NOON))
    assert once.flagged == {ref("choice")}
    assert (once.queue, once.phase) == (session.queue, Phase.ANSWERING)
    assert once.apply(once.flag(NOON)).flagged == frozenset()
    reviewing = once.apply(respond(once))
    assert reviewing.apply(reviewing.flag(NOON)).phase is Phase.REVIEWING


# --------------------------------------------------------------------------- the learner's own word


def test_a_refused_typed_response_can_be_counted_right_once() -> None:
    session = begun("typed", "card")
    refused = session.apply(respond(session, right=False))
    assert refused.can_override
    overruled = refused.apply(refused.override(NOON))
    assert overruled.is_overridden
    assert (overruled.grade.score, overruled.grade.verdict) == (1, Verdict.CORRECT)
    assert overruled.grade.notice == "You counted this as right."
    assert (overruled.comes_back, overruled.rights[ref("typed")]) == (False, 1)
    assert overruled.log[-1].target == 1
    assert not overruled.can_override
    with pytest.raises(InvalidTransition):
        overruled.override(NOON)


@pytest.mark.parametrize(
    ("name", "right"), [("typed", True), ("choice", False), ("card", False), ("order", False)]
)
def test_nothing_else_can_be_overruled(name: str, *, right: bool) -> None:
    session = begun(name)
    reviewing = session.apply(respond(session, right=right))
    assert not reviewing.can_override
    with pytest.raises(InvalidTransition):
        reviewing.override(NOON)


def test_a_rating_by_hand_says_whether_the_item_comes_back() -> None:
    session = begun("choice", "typed", "card")
    wrong, right = (session.apply(respond(session, right=each)) for each in (False, True))
    for before, rating, comes_back in [
        (wrong, 2, False),
        (wrong, 1, True),
        (right, 1, True),
        (right, 4, False),
    ]:
        event = before.rate(rating, NOON)
        assert (event.target, event.body) == (1, {"rating": rating})
        after = before.apply(event)
        assert (after.rating, after.comes_back, after.phase) == (rating, comes_back, Phase.REVIEWING)
        assert waiting(after) == (["typed", "card", "choice"] if comes_back else ["typed", "card"])
    assert wrong.rating is None


def test_ratings_one_after_the_other_count_by_the_last() -> None:
    session = begun("choice", "typed", "card", criterion=2)
    session = session.apply(respond(session))
    for rating, rights in [(1, 0), (3, 1), (4, 1), (1, 0)]:
        session = session.apply(session.rate(rating, NOON))
        assert session.rights[ref("choice")] == rights
        assert waiting(session) == ["typed", "card", "choice"]
