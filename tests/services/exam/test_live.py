"""An exam with its record and its clock: nothing given is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import Chosen, Confidence, Entered, Verdict
from quiz.core.events.model import EventKind, Mode
from quiz.core.exam.settings import FeedbackTime
from quiz.core.session import InvalidTransition, Phase
from quiz.errors import DiskFull, RecordConflict
from quiz.services.exam.live import SETTLE_MS
from tests.core.exam.exams import CAPITAL, CITIES, FORM, HALF, OCEAN, RIGHT, WRONG
from tests.fakes import DAY, HOUR, MINUTE, SECOND
from tests.record.totals import confidence_totals
from tests.sampling import tries
from tests.services.desk import Desk, verdicts

# What is given is on record


def test_a_complete_response_is_on_record_at_once(desk: Desk) -> None:
    live = desk.start()
    live.change(WRONG[CAPITAL])
    live.change(RIGHT[CAPITAL])
    assert desk.rebuilt(live).response(CAPITAL) == RIGHT[CAPITAL]
    assert desk.kinds(live) == ["note", "draft", "draft"]


def test_typing_goes_on_record_when_it_has_come_to_rest(desk: Desk) -> None:
    live = desk.start(OCEAN)
    for text in ("P", "Pa", "Pac"):
        live.change(Entered((text,)))
        desk.go_on(SECOND)
        live.tick()
    assert desk.kinds(live) == ["note"]
    desk.go_on(SETTLE_MS)
    live.tick()
    assert desk.rebuilt(live).response(OCEAN) == Entered(("Pac",))
    assert desk.kinds(live) == ["note", "draft"]


@pytest.mark.parametrize("step", ["advance", "flag", "keep", "leave", "hand_in"])
def test_what_is_begun_goes_on_record_with_the_next_step(desk: Desk, step: str) -> None:
    live = desk.start(CITIES, CAPITAL)
    live.change(HALF[CITIES])
    assert desk.rebuilt(live).response(CITIES) is None
    getattr(live, step)()
    assert desk.rebuilt(live).response(CITIES) == HALF[CITIES]


def test_going_elsewhere_keeps_what_is_begun(desk: Desk) -> None:
    live = desk.start(CITIES, CAPITAL)
    live.change(HALF[CITIES])
    live.go_to(1)
    live.go_back()
    assert live.session.ref == CITIES
    assert live.session.response(CITIES) == HALF[CITIES]


def test_after_a_crash_it_goes_on_where_it_was(desk: Desk) -> None:
    live = desk.start()
    live.answer(RIGHT[CAPITAL])
    live.flag()
    again = desk.resume(live)
    assert again.session.ref == OCEAN
    assert again.session.flagged == {OCEAN}
    assert again.session.response(CAPITAL) == RIGHT[CAPITAL]


def test_an_item_passed_by_empty_is_skipped_and_one_answered_is_not(desk: Desk) -> None:
    live = desk.start()
    live.advance()
    live.change(Entered(("Pacific",)))
    live.advance()
    assert desk.kinds(live) == ["note", "skip", "note", "draft", "note"]


def test_answering_goes_on_and_says_at_the_end_that_it_did_not(desk: Desk) -> None:
    live = desk.start(CAPITAL, OCEAN)
    assert live.answer(RIGHT[CAPITAL])
    assert not live.answer(RIGHT[OCEAN])
    assert live.session.ref == OCEAN


def test_handing_in_records_attempts_and_end_together(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    live = desk.start()
    live.answer(RIGHT[CAPITAL])
    batches = []
    record = desk.record.append
    monkeypatch.setattr(desk.record, "append", lambda *args: (batches.append(args[1]), record(*args)))
    live.hand_in()
    assert [[event.kind.value for event in batch] for batch in batches] == [["attempt"] * 4 + ["end"]]
    assert live.session.phase is Phase.FINISHED
    assert desk.rebuilt(live) == live.session


def test_where_the_record_refuses_nothing_has_happened_and_nothing_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = desk.start(CAPITAL, OCEAN)

    def refuse(*args: object) -> None:
        raise DiskFull("There is no room.")

    with monkeypatch.context() as patched:
        patched.setattr(desk.record, "append", refuse)
        with pytest.raises(DiskFull):
            live.change(RIGHT[CAPITAL])
        with pytest.raises(DiskFull):
            live.advance()
        assert live.session.ref == CAPITAL
    live.advance()
    assert desk.rebuilt(live).response(CAPITAL) == RIGHT[CAPITAL]


def test_where_another_window_went_on_it_stands_where_that_one_does(desk: Desk) -> None:
    live = desk.start()
    other = desk.resume(live)
    other.answer(RIGHT[CAPITAL])
    with pytest.raises(RecordConflict):
        live.change(WRONG[CAPITAL])
    assert live.session == other.session
    assert live.session.response(CAPITAL) == RIGHT[CAPITAL]


def test_first_responses_feed_the_schedule_and_the_totals(desk: Desk) -> None:
    live = desk.start()
    live.answer(RIGHT[CAPITAL])
    live.advance()
    live.go_back()
    live.hand_in()
    memories = desk.record.memories(desk.learner)
    assert set(memories) == {CAPITAL}
    (told,) = desk.record.sessions(desk.learner, mode=Mode.EXAM)
    assert (told.attempts, told.skipped, told.score / told.answers) == (1, 3, 0.25)
    points, out_of = 1, sum(live.session.lookup[ref].item.weight for ref in live.session.header.items)
    assert desk.record.last_scores(desk.learner, "exam") == [points / out_of] == [told.share]
    assert desk.record.rebuild_memory() == 0


# Feedback at once


def test_with_feedback_at_once_the_verdict_is_on_record_before_it_may_be_shown(desk: Desk) -> None:
    live = desk.start(feedback=FeedbackTime.AT_ONCE)
    assert live.answer(WRONG[CAPITAL])
    assert desk.kinds(live) == ["note", "attempt"]
    assert live.session.grade.verdict is Verdict.INCORRECT
    live.change(RIGHT[CAPITAL])
    live.advance()
    assert desk.kinds(live) == ["note", "attempt", "note"]


def test_with_feedback_at_once_an_item_whose_time_is_used_up_is_submitted(desk: Desk) -> None:
    live = desk.start(CAPITAL, OCEAN, feedback=FeedbackTime.AT_ONCE, seconds_per_item=30)
    live.change(RIGHT[CAPITAL])
    desk.go_on(30 * SECOND)
    live.tick()
    assert live.session.phase is Phase.REVIEWING
    assert verdicts(live) == {CAPITAL: Verdict.CORRECT}
    desk.go_on(HOUR)
    live.tick()
    assert live.session.phase is Phase.REVIEWING


def test_confidence_goes_on_record_with_the_response(desk: Desk) -> None:
    live = desk.start(confidence=True)
    live.answer(RIGHT[CAPITAL], Confidence.SURE)
    live.answer(RIGHT[OCEAN])
    live.hand_in()
    said = [live.session.attempts[ref].confidence for ref in FORM]
    assert said == [Confidence.SURE, Confidence.FAIRLY, None, None]
    totals = {total.confidence: total.attempts for total in confidence_totals(desk.record, desk.learner)}
    assert totals == {"sure": 1, "fairly": 1}


# Whatever happens

ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["change", "answer", "advance", "go_back", "go_to", "flag", "tick", "leave", "crash", "hand_in"]
        ),
        st.sampled_from([*RIGHT.values(), *WRONG.values(), *HALF.values(), Chosen()]),
        st.integers(0, 3),
        st.integers(0, 90 * SECOND),
        st.sampled_from([0, 0, 0, -HOUR, HOUR // 30]),
    ),
    max_size=25,
)


@settings(max_examples=tries(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS, st.sampled_from(FeedbackTime), st.sampled_from([None, 8]), st.sampled_from([None, 60]))
def test_whatever_happens_the_record_rebuilds_it_and_no_time_is_won(
    desk: Desk, acts: Any, feedback: FeedbackTime, minutes: int | None, seconds: int | None
) -> None:
    desk.clock.time += DAY
    live = desk.start(feedback=feedback, minutes=minutes, seconds_per_item=seconds)
    before = live.left_ms()
    for act, response, place, later, set_by in acts:
        desk.go_on(later)
        desk.set_by(set_by)
        try:
            if act == "crash":
                live = desk.resume(live)
            elif act in {"change", "answer"}:
                getattr(live, act)(response)
            elif act == "go_to":
                live.go_to(place)
            else:
                getattr(live, act)()
        except InvalidTransition:
            pass
        assert desk.rebuilt(live) == live.session
        left = live.left_ms()
        if act != "crash" and left is not None and before is not None:
            assert left <= before
        before = left
    if minutes is not None and live.session.ended is not None:
        assert live.session.ended.at <= live.session.header.started + minutes * MINUTE
    kinds = desk.kinds(live)
    assert kinds.count("end") == (live.session.ended is not None)
    if live.session.ended is not None:
        assert kinds.count(EventKind.ATTEMPT.value) == len(FORM)
        assert desk.record.rebuild_memory() == 0
