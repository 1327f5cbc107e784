"""A test with its record and its clock: nothing given is lost, and no time is won."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.core.events import EventKind, Mode, Opening
from quiz.core.grading import Chosen, Confidence, Entered, Verdict
from quiz.core.item import ItemRef
from quiz.core.sessions.common import NotNow, Phase, Shelf
from quiz.core.sessions.test import TestSession as Session
from quiz.core.sessions.test_settings import FeedbackTime
from quiz.errors import DiskFull, HistoryConflict
from quiz.storage.history import History
from quiz.storage.live_test import SETTLE_MS, LiveTest
from quiz.storage.session_ids import new_session_id
from tests.core.sessions import exams
from tests.core.sessions.exams import CAPITAL, CITIES, EXAM, FORM, HALF, OCEAN, RIGHT, WRONG
from tests.fakes import DAY, HOUR, MINUTE, SECOND, FakeClock


class Desk:
    """A record and a clock, and tests taken with them."""

    def __init__(self, path: Path, clock: FakeClock) -> None:
        self.path = path
        self.clock = clock
        self.history = History.open(path, rng=Random(1))
        self.learner = self.history.learner("mina").id
        self.rng = Random(1)

    def opening(self, *items: ItemRef, **told: Any) -> Opening:
        now = self.clock.now()
        made = exams.opening(*items, started=now, **told)
        return msgspec.structs.replace(made, id=new_session_id(now, self.rng), learner=self.learner)

    def start(self, *items: ItemRef, **told: Any) -> LiveTest:
        return LiveTest.start(self.history, self.clock, self.opening(*items, **told), Shelf.of(EXAM))

    def resume(self, live: LiveTest) -> LiveTest:
        """Take the test up as another start of the program does: nothing but the record is left."""
        opening = self.history.opening(live.session.opening.id)
        return LiveTest.resume(self.history, self.clock, opening, Shelf.of(EXAM))

    def kinds(self, live: LiveTest) -> list[str]:
        return [event.kind.value for event in self.history.events(live.session.opening.id)]

    def rebuilt(self, live: LiveTest) -> Session:
        opening = live.session.opening
        return Session.begin(opening, Shelf.of(EXAM), self.history.events(opening.id))

    def go_on(self, milliseconds: int) -> None:
        self.clock.go_on(milliseconds)

    def set_by(self, milliseconds: int) -> None:
        """Set the wall clock; the other one goes on undisturbed."""
        self.clock.time += milliseconds

    def boot(self) -> None:
        """Start the computer anew: the clock that is never set begins again."""
        self.clock.monotonic = 0


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    made = Desk(tmp_path / "history.db", clock)
    yield made
    made.history.close()


def verdicts(live: LiveTest) -> dict[ItemRef, Verdict | None]:
    return {ref: event.verdict for ref, event in live.session.attempts.items()}


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
    record = desk.history.record
    monkeypatch.setattr(desk.history, "record", lambda *args: (batches.append(args[1]), record(*args)))
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
        patched.setattr(desk.history, "record", refuse)
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
    with pytest.raises(HistoryConflict):
        live.change(WRONG[CAPITAL])
    assert live.session == other.session
    assert live.session.response(CAPITAL) == RIGHT[CAPITAL]


def test_first_responses_feed_the_schedule_and_the_totals(desk: Desk) -> None:
    live = desk.start()
    live.answer(RIGHT[CAPITAL])
    live.advance()
    live.go_back()
    live.hand_in()
    memories = desk.history.memories(desk.learner)
    assert set(memories) == {CAPITAL}
    assert desk.history.last_scores(desk.learner, "exam") == [0.25]
    (told,) = desk.history.sessions(desk.learner, mode=Mode.TEST)
    assert (told.attempts, told.skipped) == (1, 3)
    assert desk.history.rebuild_memory() == 0


# Time


def test_time_goes_on_while_it_runs(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(4 * MINUTE)
    assert live.left_ms() == 6 * MINUTE


def test_quitting_wins_no_time(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(MINUTE)
    live.leave()
    desk.go_on(4 * MINUTE)
    desk.boot()
    assert desk.resume(live).left_ms() == 5 * MINUTE


def test_closing_the_lid_wins_no_time(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.set_by(4 * MINUTE)  # the other clock sleeps with the computer
    assert live.left_ms() == 6 * MINUTE


def test_a_clock_set_back_while_it_runs_wins_no_time(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(4 * MINUTE)
    assert live.left_ms() == 6 * MINUTE
    desk.set_by(-HOUR)
    desk.go_on(MINUTE)
    assert live.left_ms() == 5 * MINUTE


def test_a_clock_set_back_while_it_is_left_wins_nothing_of_what_was_spent(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(4 * MINUTE)
    live.leave()
    desk.set_by(-DAY)
    desk.boot()
    again = desk.resume(live)
    assert again.left_ms() == 6 * MINUTE
    desk.go_on(MINUTE)
    assert again.left_ms() == 5 * MINUTE


@pytest.mark.parametrize("start", [1_743_296_100_000, 1_761_439_800_000], ids=["spring", "autumn"])
def test_daylight_saving_changes_nothing(desk: Desk, start: int) -> None:
    """Both begin in Berlin a quarter of an hour before an hour is left out, or comes twice."""
    desk.clock.time = start
    live = desk.start(minutes=60)
    for _ in range(6):
        desk.go_on(5 * MINUTE)
        live.tick()
    assert live.left_ms() == 30 * MINUTE
    live.leave()
    desk.go_on(10 * MINUTE)
    assert desk.resume(live).left_ms() == 20 * MINUTE


def test_another_time_zone_changes_nothing(desk: Desk) -> None:
    live = desk.start(minutes=10)
    live.leave()
    desk.clock.zone_name = "America/New_York"
    desk.go_on(MINUTE)
    assert desk.resume(live).left_ms() == 9 * MINUTE


def test_at_times_end_what_was_given_in_time_is_handed_in(desk: Desk) -> None:
    live = desk.start(minutes=10)
    live.answer(RIGHT[CAPITAL])
    desk.go_on(9 * MINUTE)
    live.change(Entered(("Pacific",)))
    desk.go_on(MINUTE)
    live.tick()
    assert live.session.phase is Phase.FINISHED
    assert live.session.ended is not None
    assert live.session.ended.body == {"by": "clock"}
    assert verdicts(live)[OCEAN] is Verdict.CORRECT


@pytest.mark.parametrize("step", ["change", "answer"])
def test_what_is_given_after_the_end_does_not_count(desk: Desk, step: str) -> None:
    live = desk.start(CAPITAL, minutes=10)
    desk.go_on(9 * MINUTE)
    live.change(RIGHT[CAPITAL])
    desk.set_by(HOUR)  # the lid was closed
    getattr(live, step)(WRONG[CAPITAL])
    assert live.session.phase is Phase.FINISHED
    assert verdicts(live) == {CAPITAL: Verdict.CORRECT}


def test_a_test_whose_time_ran_out_while_closed_is_handed_in_when_it_is_taken_up(desk: Desk) -> None:
    live = desk.start(minutes=10)
    live.answer(RIGHT[CAPITAL])
    live.leave()
    desk.go_on(3 * DAY)
    again = desk.resume(live)
    ended = again.session.ended
    assert ended is not None
    assert ended.body == {"by": "clock"}
    assert ended.at == again.session.opening.started + 10 * MINUTE
    assert again.session.attempts[CAPITAL].at == ended.at


def test_nothing_more_happens_once_it_is_over(desk: Desk) -> None:
    live = desk.start(minutes=10)
    desk.go_on(10 * MINUTE)
    assert live.tick() == ""
    before = desk.kinds(live)
    for step in (live.tick, live.keep, live.leave, live.flag, live.advance, live.hand_in):
        step()
    assert desk.kinds(live) == before


def test_it_announces_half_five_minutes_and_one_minute_once_each(desk: Desk) -> None:
    live = desk.start(minutes=20)
    said = []
    for _ in range(20 * 60 - 1):
        desk.go_on(SECOND)
        said.append(live.tick())
    assert [words for words in said if words] == [
        "Half of the time is left: 10:00.", "5 minutes left.", "1 minute left.",
    ]  # fmt: skip


def test_what_was_announced_before_it_was_left_is_not_announced_again(desk: Desk) -> None:
    live = desk.start(minutes=20)
    desk.go_on(11 * MINUTE)
    assert live.tick()
    live.leave()
    again = desk.resume(live)
    desk.go_on(SECOND)
    assert again.tick() == ""


# A limit for each item


def test_an_item_whose_time_is_used_up_gives_way_to_the_next(desk: Desk) -> None:
    live = desk.start(seconds_per_item=30)
    live.change(RIGHT[CAPITAL])
    desk.go_on(30 * SECOND)
    live.tick()
    assert live.session.ref == OCEAN
    assert live.item_left_ms() == 30 * SECOND
    with pytest.raises(NotNow):
        live.go_to(0)


def test_text_typed_in_time_counts_though_the_item_closed_on_it(desk: Desk) -> None:
    live = desk.start(OCEAN, CAPITAL, seconds_per_item=30)
    desk.go_on(29_900)
    live.change(Entered(("Pacific",)))
    desk.go_on(SECOND)
    live.change(Entered(("Pacific, or so",)))
    live.tick()
    assert live.session.response(OCEAN) == Entered(("Pacific",))


def test_after_the_last_item_it_is_handed_in(desk: Desk) -> None:
    live = desk.start(CAPITAL, OCEAN, seconds_per_item=30)
    for _ in range(61):
        desk.go_on(SECOND)
        live.tick()
    assert live.session.ended is not None
    assert live.session.ended.at == live.session.opening.started + MINUTE


def test_it_goes_back_to_an_item_that_has_time_left(desk: Desk) -> None:
    live = desk.start(CAPITAL, OCEAN, seconds_per_item=30)
    desk.go_on(10 * SECOND)
    live.advance()
    desk.go_on(30 * SECOND)
    live.tick()
    assert live.session.ref == CAPITAL
    assert live.item_left_ms() == 20 * SECOND


def test_quitting_at_an_item_wins_no_time_for_it(desk: Desk) -> None:
    live = desk.start(CAPITAL, OCEAN, seconds_per_item=30)
    desk.go_on(10 * SECOND)
    live.leave()
    desk.go_on(15 * SECOND)
    again = desk.resume(live)
    assert again.item_left_ms() == 5 * SECOND
    again.leave()
    desk.go_on(HOUR)
    last = desk.resume(live)
    assert last.session.ref == OCEAN
    assert last.item_left_ms() == 30 * SECOND


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
    totals = {total.confidence: total.attempts for total in desk.history.confidence_totals(desk.learner)}
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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
        except NotNow:
            pass
        assert desk.rebuilt(live) == live.session
        left = live.left_ms()
        if act != "crash" and left is not None and before is not None:
            assert left <= before
        before = left
    if minutes is not None and live.session.ended is not None:
        assert live.session.ended.at <= live.session.opening.started + minutes * MINUTE
    kinds = desk.kinds(live)
    assert kinds.count("end") == (live.session.ended is not None)
    if live.session.ended is not None:
        assert kinds.count(EventKind.ATTEMPT.value) == len(FORM)
        assert desk.history.rebuild_memory() == 0
