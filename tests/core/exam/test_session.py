"""An exam as a value: what may be changed, what it comes to, and that its record rebuilds it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import Chosen, Confidence, Entered, Matched, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind
from quiz.core.exam.session import AnswerState, By
from quiz.core.exam.session import ExamSession as Session
from quiz.core.exam.settings import FeedbackTime
from quiz.core.session import InvalidTransition, ItemLookup, Phase
from tests.core.exam.exams import (
    CAPITAL,
    CITIES,
    EXAM,
    FORM,
    HALF,
    OCEAN,
    PLANETS,
    RIGHT,
    WRONG,
    begun,
    header,
)  # fmt: skip
from tests.fakes import MINUTE, NOON, SECOND, lookup_without
from tests.sampling import tries


def goes(session: Session, *events: Event | None) -> Session:
    for event in events:
        if event is not None:
            session = session.apply(event)
    return session


def given_all(session: Session, responses: dict[ItemRef, Any], at: int = NOON) -> Session:
    for place, ref in enumerate(session.items):
        session = session.apply(session.show(place, at))
        if ref in responses:
            session = goes(session, session.draft(responses[ref], at))
    return session


def test_it_begins_at_its_first_item_with_nothing_answered() -> None:
    session = begun()
    assert session.ref == CAPITAL
    assert session.phase is Phase.ANSWERING
    assert session.places(AnswerState.EMPTY) == (0, 1, 2, 3)


def test_a_response_can_be_changed_until_it_is_handed_in() -> None:
    session = begun()
    for response in (WRONG[CAPITAL], RIGHT[CAPITAL]):
        session = goes(session, session.draft(response, NOON))
    attempt, *_, end = session.hand_in(NOON)
    assert (attempt.verdict, attempt.response) == (Verdict.CORRECT, RIGHT[CAPITAL])
    session = goes(session, attempt, end)
    with pytest.raises(InvalidTransition):
        session.draft(WRONG[CAPITAL], NOON)


def test_the_same_response_again_is_nothing_new() -> None:
    session = begun()
    session = goes(session, session.draft(WRONG[CAPITAL], NOON))
    assert session.draft(WRONG[CAPITAL], NOON) is None


def test_an_empty_response_is_nothing_until_something_was_given() -> None:
    session = begun()
    assert session.draft(Chosen(), NOON) is None
    session = goes(session, session.draft(RIGHT[CAPITAL], NOON), session.flag(NOON))
    session = goes(session, session.draft(Chosen(), NOON))
    assert session.answer_state(CAPITAL) is AnswerState.EMPTY


def test_there_are_no_verdicts_before_the_end() -> None:
    session = given_all(begun(), RIGHT)
    assert not session.attempts
    with pytest.raises(InvalidTransition):
        _ = session.grade


def test_handing_in_records_an_attempt_for_every_item_and_then_the_end() -> None:
    session = given_all(begun(), {CAPITAL: RIGHT[CAPITAL], OCEAN: WRONG[OCEAN], **HALF})
    events = session.hand_in(NOON + MINUTE)
    assert [event.kind for event in events] == [EventKind.ATTEMPT] * 4 + [EventKind.END]
    assert [event.n for event in events] == list(range(session.n + 1, session.n + 6))
    assert [event.verdict for event in events[:4]] == [
        Verdict.CORRECT, Verdict.INCORRECT, Verdict.PARTIAL, Verdict.SKIPPED,
    ]  # fmt: skip
    assert [event.score for event in events[:4]] == [1.0, 0.0, 0.5, 0.0]
    assert events[-1].body == {"by": "learner"}


def test_an_order_that_was_never_touched_is_not_answered() -> None:
    *_, planets, _ = begun().hand_in(NOON)
    assert planets.ref == PLANETS
    assert planets.verdict is Verdict.SKIPPED


def test_it_is_handed_in_once() -> None:
    session = begun()
    session = goes(session, *session.hand_in(NOON))
    assert session.phase is Phase.FINISHED
    for step in (session.hand_in, session.flag, session.skip):
        with pytest.raises(InvalidTransition):
            step(NOON)
    with pytest.raises(InvalidTransition):
        session.show(1, NOON)


def test_what_was_begun_is_told_from_what_is_answered() -> None:
    session = given_all(begun(), {**HALF, CAPITAL: RIGHT[CAPITAL]})
    assert session.places(AnswerState.BEGUN) == (2,)
    assert session.places(AnswerState.ANSWERED) == (0,)
    assert session.places(AnswerState.EMPTY) == (1, 3)


def test_a_weight_is_recorded_with_the_attempt_if_weights_count() -> None:
    weighted = begun(OCEAN).hand_in(NOON)[0]
    plain = begun(OCEAN, weights=False).hand_in(NOON)[0]
    assert (weighted.body, plain.body) == ({"weight": 2.0}, {})


def test_a_second_flag_takes_the_first_away() -> None:
    session = begun()
    session = goes(session, session.flag(NOON))
    assert session.flagged == {CAPITAL}
    assert not goes(session, session.flag(NOON)).flagged


def test_the_time_on_an_item_adds_up_over_its_showings() -> None:
    session = begun()
    for place, at in ((1, 10), (0, 25), (1, 40)):
        session = session.apply(session.show(place, NOON + at * SECOND))
    times = {e.ref: e.duration_ms for e in session.hand_in(NOON + 50 * SECOND) if e.item}
    assert times == {CAPITAL: 25 * SECOND, OCEAN: 25 * SECOND, CITIES: 0, PLANETS: 0}


def test_the_time_away_is_no_time_on_an_item() -> None:
    session = begun()
    session = goes(session, session.leave(NOON + MINUTE), session.resume(NOON + 9 * MINUTE))
    assert session.timing.spent_on(CAPITAL, NOON + 10 * MINUTE) == 2 * MINUTE


def test_after_a_crash_the_time_since_the_last_event_is_no_time_on_an_item() -> None:
    session = begun()
    session = goes(session, session.flag(NOON + MINUTE), session.resume(NOON + 9 * MINUTE))
    assert session.timing.spent_on(CAPITAL, NOON + 9 * MINUTE) == MINUTE


# Confidence


def test_nothing_said_means_fairly_sure() -> None:
    session = begun(confidence=True)
    session = goes(session, session.answer(RIGHT[CAPITAL], NOON))
    assert session.drafts[CAPITAL].confidence is Confidence.FAIRLY


def test_what_was_said_holds_for_the_same_response() -> None:
    session = begun(confidence=True)
    session = goes(session, session.answer(RIGHT[CAPITAL], NOON, Confidence.SURE))
    assert session.answer(RIGHT[CAPITAL], NOON) is None
    session = goes(session, session.answer(WRONG[CAPITAL], NOON))
    assert session.drafts[CAPITAL].confidence is Confidence.FAIRLY


def test_how_sure_one_is_can_be_changed_alone() -> None:
    session = begun(confidence=True)
    session = goes(session, session.answer(RIGHT[CAPITAL], NOON, Confidence.SURE))
    session = goes(session, session.answer(RIGHT[CAPITAL], NOON, Confidence.GUESS))
    assert session.drafts[CAPITAL].confidence is Confidence.GUESS


def test_a_response_that_was_only_left_counts_as_fairly_sure() -> None:
    session = begun(CAPITAL, confidence=True)
    session = goes(session, session.draft(RIGHT[CAPITAL], NOON))
    assert session.hand_in(NOON)[0].confidence is Confidence.FAIRLY


def test_confidence_is_not_recorded_where_it_is_not_asked() -> None:
    session = begun()
    event = session.answer(RIGHT[CAPITAL], NOON, Confidence.SURE)
    assert event is not None
    assert event.confidence is None


def test_an_empty_item_has_no_confidence() -> None:
    assert begun(CAPITAL, confidence=True).hand_in(NOON)[0].confidence is None


# Feedback at once


def at_once(*items: ItemRef, **more: Any) -> Session:
    return begun(*items, feedback=FeedbackTime.AT_ONCE, **more)


def test_with_feedback_at_once_a_submitted_response_stands() -> None:
    session = at_once()
    session = goes(session, session.answer(WRONG[CAPITAL], NOON + SECOND))
    assert session.phase is Phase.REVIEWING
    assert session.grade.verdict is Verdict.INCORRECT
    for step in (session.draft, session.answer):
        with pytest.raises(InvalidTransition):
            step(RIGHT[CAPITAL], NOON)


def test_with_feedback_at_once_handing_in_leaves_submitted_items_alone() -> None:
    session = at_once()
    session = goes(session, session.answer(RIGHT[CAPITAL], NOON))
    session = goes(session, session.show(1, NOON))
    session = goes(session, session.draft(RIGHT[OCEAN], NOON))
    rest = session.hand_in(NOON)
    assert [event.item for event in rest] == ["ocean", "cities", "planets", ""]
    session = goes(session, *rest)
    assert {ref: e.verdict for ref, e in session.attempts.items()} == {
        CAPITAL: Verdict.CORRECT, OCEAN: Verdict.CORRECT, CITIES: Verdict.SKIPPED, PLANETS: Verdict.SKIPPED,
    }  # fmt: skip


def test_reading_a_verdict_is_no_time_on_the_item() -> None:
    session = at_once()
    session = goes(session, session.answer(RIGHT[CAPITAL], NOON + 10 * SECOND))
    assert session.timing.spent_on(CAPITAL, NOON + MINUTE) == 10 * SECOND


def test_a_submitted_item_can_be_looked_at_again() -> None:
    session = at_once()
    session = goes(session, session.answer(RIGHT[CAPITAL], NOON), session.show(1, NOON))
    session = goes(session, session.show(0, NOON))
    assert session.phase is Phase.REVIEWING


# Limits


def test_the_deadline_is_the_start_and_the_minutes() -> None:
    session = begun(minutes=15)
    assert session.timing.left_ms(NOON + 5 * MINUTE) == 10 * MINUTE
    assert session.ran_out_at(NOON + 15 * MINUTE - 1) is None
    assert session.ran_out_at(NOON + 40 * MINUTE) == NOON + 15 * MINUTE


def test_without_a_limit_time_never_runs_out() -> None:
    assert begun().ran_out_at(NOON + 10**12) is None


def test_an_item_whose_time_is_used_up_is_closed() -> None:
    session = begun(seconds_per_item=30)
    late = NOON + 30 * SECOND
    assert session.is_closed(CAPITAL, late)
    with pytest.raises(InvalidTransition):
        session.draft(RIGHT[CAPITAL], late)
    session = goes(session, session.show(1, late))
    with pytest.raises(InvalidTransition):
        session.show(0, late)


def test_the_time_of_an_item_goes_on_while_nobody_is_there() -> None:
    session = begun(seconds_per_item=30)
    session = goes(session, session.leave(NOON + 10 * SECOND), session.resume(NOON + 20 * SECOND))
    assert session.timing.item_left_ms(CAPITAL, NOON + 25 * SECOND) == 5 * SECOND


def test_leaving_an_item_keeps_what_is_left_of_its_time() -> None:
    session = begun(seconds_per_item=30)
    session = goes(session, session.show(1, NOON + 10 * SECOND), session.show(0, NOON + 20 * SECOND))
    assert session.timing.item_left_ms(CAPITAL, NOON + 25 * SECOND) == 15 * SECOND


def test_time_runs_out_with_the_last_item() -> None:
    session = begun(CAPITAL, OCEAN, seconds_per_item=30)
    session = goes(session, session.show(1, NOON + 30 * SECOND))
    assert session.ran_out_at(NOON + 59 * SECOND) is None
    assert session.ran_out_at(NOON + 90 * SECOND) == NOON + 60 * SECOND


def test_going_on_passes_by_items_whose_time_is_used_up() -> None:
    session = begun(seconds_per_item=30)
    session = goes(session, session.show(1, NOON))
    session = goes(session, session.show(0, NOON + 30 * SECOND))
    assert session.next_place(NOON + 30 * SECOND) == 2
    assert session.next_place(NOON + 30 * SECOND, by=-1) is None


# Rebuilding


def test_items_gone_from_their_bank_are_left_out() -> None:
    lookup = lookup_without(ItemLookup.of(EXAM), OCEAN.item)
    rebuilt = Session.begin(header(), lookup, [begun().show(1, NOON)])
    assert rebuilt.ref == CAPITAL
    assert rebuilt.items == (CAPITAL, CITIES, PLANETS)
    assert [event.item for event in rebuilt.hand_in(NOON)] == ["capital", "cities", "planets", ""]


RESPONSES = st.sampled_from(
    [*RIGHT.values(), *WRONG.values(), *HALF.values(), Chosen(), Entered(("Pacfic",)), Matched()]
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["show", "draft", "answer", "skip", "flag", "leave", "resume", "close", "hand_in"]),
        st.integers(0, 40 * SECOND),
        st.integers(0, 3),
        RESPONSES,
        st.sampled_from([None, *Confidence]),
    ),
    max_size=40,
)
TOLD = st.fixed_dictionaries(
    {
        "feedback": st.sampled_from(FeedbackTime),
        "confidence": st.booleans(),
        "minutes": st.sampled_from([None, 5]),
        "seconds_per_item": st.sampled_from([None, 60]),
        "weights": st.booleans(),
    }
)


@settings(max_examples=tries(200))
@given(STEPS, TOLD)
def test_whatever_is_done_the_record_rebuilds_it(steps: Any, told: dict[str, Any]) -> None:
    session = Session.begin(header(**told), ItemLookup.of(EXAM))
    record = [session.show(0, NOON)]
    session = session.apply(record[0])
    at = NOON
    for what, later, place, response, confidence in steps:
        at += later
        arguments = {
            "show": (place, at), "draft": (response, at, confidence), "answer": (response, at, confidence),
        }.get(what, (at,))  # fmt: skip
        try:
            done = getattr(session, what)(*arguments)
        except InvalidTransition:
            continue
        events = done if isinstance(done, tuple) else [done] if done is not None else []
        for event in events:
            record.append(event)
            session = session.apply(event)
    rebuilt = Session.begin(session.header, session.lookup, record)
    assert rebuilt == session
    assert [event.n for event in record] == list(range(1, len(record) + 1))
    assert sum(session.timing.spent.values()) <= at - NOON
    if session.ended is None:
        session = goes(session, *session.hand_in(at, By.CLOCK))
    assert set(session.attempts) == set(FORM)
    for ref, attempt in session.attempts.items():
        assert (attempt.verdict is Verdict.SKIPPED) == (attempt.response is None)
        assert 0 <= (attempt.score or 0) <= 1
        assert attempt.duration_ms == session.timing.spent_on(ref, at)
