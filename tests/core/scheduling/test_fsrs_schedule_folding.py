"""What of all that happened to an item counts for its schedule, and what is said of it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import fsrs
import fsrs.scheduler
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import Chosen, Recalled, Response, Verdict
from quiz.core.events.model import EventKind, Mode
from quiz.core.scheduling.card import CardState
from quiz.core.scheduling.fsrs_schedule import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    LEECH_AT,
    Memory,
    SessionEvent,
    is_leech_now,
    previews,
    rating_of,
    remembered,
    replayed,
)
from quiz.core.scheduling.intervals import MOST_DAYS, DaysOff, drawn, spread
from quiz.core.scheduling.policy import Policy, policy_of
from quiz.core.scheduling.study_day import moment, next_day
from tests.core.session_events import STEP, as_events, attempt, by_fsrs, event, header, random_history, told
from tests.fakes import DAY, HOUR, MINUTE, NOON
from tests.strategies import steady


@settings(steady)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_the_order_in_which_it_is_told_makes_no_difference(seed: int, data: st.DataObject) -> None:
    rng = Random(seed)
    first, second = header(1), header(2, zone="Europe/Berlin")
    session_events = [SessionEvent(first, each) for each in as_events(random_history(rng), rng)]
    session_events += [SessionEvent(second, each) for each in as_events(random_history(rng), rng)]
    session_events.append(SessionEvent(second, event(EventKind.BURY, NOON + 3 * DAY, 900)))
    assert remembered(data.draw(st.permutations(session_events))) == remembered(session_events)


@pytest.mark.parametrize("number", range(40))
def test_what_happened_in_several_sessions_is_taken_by_time(number: int) -> None:
    rng = Random(number)
    record = random_history(rng)
    policy = Policy(fuzz=False)
    headers = [header(each, fuzz=False) for each in rng.sample(range(9), 3)]
    session_events = [
        SessionEvent(rng.choice(headers), attempt(at, 1, rng.randrange(500), Recalled(rating)))
        for at, rating in record
    ]
    memory = remembered(rng.sample(session_events, len(session_events)))
    assert memory is not None
    assert (memory.card, memory.due) == by_fsrs(record, "UTC", policy)


def test_nothing_told_is_nothing_remembered() -> None:
    assert remembered([]) is None
    assert remembered([SessionEvent(header(), event(EventKind.SKIP, NOON))]) is None


@pytest.mark.parametrize(
    ("score", "response", "rating"),
    [
        (0, None, AGAIN), (0.49, None, AGAIN), (0.5, None, HARD), (0.99, None, HARD), (1, None, GOOD),
        (1, Recalled(2), HARD), (1, Recalled(4), EASY), (0, Recalled(1), AGAIN), (0, Recalled(0), AGAIN),
        (1, Chosen(("x",)), GOOD),
    ],
)  # fmt: skip
def test_a_score_is_a_rating(score: float, response: Response | None, rating: int) -> None:
    assert rating_of(score, response) == rating


def rated(*ratings: int | EventKind) -> Memory:
    """Return the memory of one wrong response that was rated or overruled afterwards."""
    events = [attempt(NOON, 0, 1)]
    for n, each in enumerate(ratings, 2):
        kind = each if isinstance(each, EventKind) else EventKind.RATE
        body = {} if isinstance(each, EventKind) else {"rating": each}
        events.append(event(kind, NOON + n, n, target=1, body=body))
    return told(*events, fuzz=False)


@pytest.mark.parametrize(
    ("ratings", "as_if"),
    [
        ([], AGAIN), ([HARD], HARD), ([EASY], EASY), ([EASY, AGAIN], AGAIN), ([AGAIN, GOOD], GOOD),
        ([EventKind.OVERRIDE], GOOD), ([EventKind.OVERRIDE, HARD], HARD),
        ([EventKind.OVERRIDE, AGAIN], AGAIN),
        ([AGAIN, EventKind.OVERRIDE], GOOD), ([HARD, EventKind.OVERRIDE], HARD),
        ([EASY, EventKind.OVERRIDE], EASY),
    ],
)  # fmt: skip
def test_the_learner_s_own_rating_and_word_count(ratings: list[int | EventKind], as_if: int) -> None:
    assert rated(*ratings) == told(attempt(NOON, float(as_if > AGAIN), 1, Recalled(as_if)), fuzz=False)


def test_a_rating_is_about_its_own_attempt_and_session() -> None:
    first, second = header(1), header(2)
    wrong, right = attempt(NOON, 0, 1), attempt(NOON + 5 * DAY, 1, 1)
    override = event(EventKind.OVERRIDE, NOON + 6 * DAY, 2, target=1)
    untouched = remembered([SessionEvent(first, wrong), SessionEvent(second, right)])
    assert (
        remembered([SessionEvent(first, wrong), SessionEvent(second, right), SessionEvent(second, override)])
        == untouched
    )
    assert (
        remembered([SessionEvent(first, wrong), SessionEvent(second, right), SessionEvent(first, override)])
        != untouched
    )


def test_what_was_skipped_or_not_graded_does_not_count() -> None:
    once = told(attempt(NOON, 1, 1))
    skipped = attempt(NOON + DAY, 0, 2, verdict=Verdict.SKIPPED)
    draft = msgspec.structs.replace(attempt(NOON + DAY, 0, 2), score=None)
    for nothing in (
        skipped,
        draft,
        event(EventKind.SKIP, NOON + DAY, 2),
    ):
        assert told(attempt(NOON, 1, 1), nothing) == once


def test_a_test_counts_unless_told_otherwise() -> None:
    for mode, feeds, reviews in [
        (Mode.EXAM, True, 1), (Mode.EXAM, False, 0), (Mode.DRILL, False, 0), (Mode.STUDY, True, 1),
        (Mode.STUDY, False, 0),
    ]:  # fmt: skip
        memory = remembered([SessionEvent(header(mode=mode, feeds_schedule=feeds), attempt(NOON, 1))])
        assert (memory.reviews if memory else 0) == reviews, (mode, feeds)


def test_a_test_counts_where_nothing_was_said_of_it() -> None:
    memory = remembered([SessionEvent(header(mode=Mode.EXAM), attempt(NOON, 1))])
    assert memory is not None
    assert memory.reviews == 1


def test_only_the_first_response_of_a_day_is_a_review() -> None:
    session_events = [SessionEvent(header(), attempt(at, 1)) for at in (NOON, NOON + HOUR, NOON + DAY)]
    assert [step.is_review for step in replayed(session_events)] == [True, False, True]


@pytest.mark.parametrize(("days", "reached"), [(1, {1}), (2, {2}), (3, {2, 3, 4}), (7, {5, 6, 7, 8, 9})])
def test_short_intervals_are_spread_as_fsrs_spreads_them(days: int, reached: set[int]) -> None:
    found = {drawn(spread(days), date(2025, 6, 18), DaysOff(), Random(seed)) for seed in range(200)}
    assert found == reached


def test_an_item_can_be_put_off_for_a_hundred_years_at_most() -> None:
    assert MOST_DAYS == 36_500


def test_a_policy_is_what_the_session_was_told() -> None:
    assert policy_of(header()) == Policy()
    assert policy_of(header(retention=0.8, day_starts_at=6, fuzz=False)) == Policy(0.8, 6, fuzz=False)
    higher, lower = (
        told(attempt(NOON, 1), attempt(NOON + 9 * DAY, 1, 2), retention=r, fuzz=False) for r in (0.95, 0.8)
    )
    assert higher.due < lower.due


# --------------------------------------------------------------------------- suspended, buried, due, new


def test_suspending_lasts_until_it_is_resumed() -> None:
    suspended = told(attempt(NOON, 1, 1), event(EventKind.SUSPEND, NOON + 1, 2))
    assert suspended.is_suspended
    assert suspended.asked_from is None
    assert not suspended.is_due(NOON + 1000 * DAY)
    resumed = told(
        attempt(NOON, 1, 1), event(EventKind.SUSPEND, NOON + 1, 2), event(EventKind.RESUME, NOON + DAY, 3)
    )
    assert resumed == told(attempt(NOON, 1, 1))


def test_burying_lasts_until_the_next_study_day() -> None:
    end = next_day(NOON, "UTC")
    due = told(attempt(NOON - 9 * DAY, 1, 1), event(EventKind.BURY, NOON, 2))
    assert due.due < NOON
    assert not due.is_due(end)
    assert due.is_due(end + 1)
    assert due.asked_from == end
    new = told(event(EventKind.BURY, NOON, 1))
    assert new.is_new
    assert not new.is_askable_as_new(end)
    assert new.is_askable_as_new(end + DAY)
    assert told(event(EventKind.BURY, NOON, 1), event(EventKind.RESUME, NOON + 1, 2)).is_askable_as_new(end)
    assert told(event(EventKind.BURY, NOON, 1), attempt(NOON + 1, 0, 2)).asked_from == NOON + 1 + 10 * MINUTE


def test_a_new_item_is_not_due_and_a_suspended_one_is_not_new_to_ask() -> None:
    assert Memory(0).is_new
    assert not Memory(0).is_due(NOON)
    assert Memory(0).is_askable_as_new(NOON)
    assert not Memory(0, is_suspended=True).is_askable_as_new(NOON)
    answered = told(attempt(NOON, 1))
    assert not answered.is_new
    assert not answered.is_askable_as_new(NOON + 1000 * DAY)
    assert not answered.is_due(answered.due)
    assert answered.is_due(answered.due + 1)


def test_eight_misses_on_eight_days_make_a_leech() -> None:
    events = [
        attempt(NOON + day * DAY + again, 0, 2 * day + again + 1)
        for day in range(LEECH_AT)
        for again in (0, 1)
    ]
    before, after = told(*events[:-2]), told(*events)
    assert (before.misses, after.misses) == (7, 8)
    assert (before.is_leech, after.is_leech) == (False, True)
    assert is_leech_now(before, after)
    assert not is_leech_now(after, after)
    assert not is_leech_now(None, before)


# --------------------------------------------------------------------------- what is said beforehand


@settings(steady)
@given(seed=st.integers(0, 10**6), later=st.integers(0, 40 * DAY))
def test_the_intervals_shown_are_those_that_come_about(seed: int, later: int) -> None:
    rng = Random(seed)
    here = header(seed=seed)
    record = [SessionEvent(here, each) for each in as_events(random_history(rng), rng)]
    before = remembered(record)
    at, n = max(session_event.event.at for session_event in record) + later + 1, 901
    shown = previews(before, at, here.zone, policy_of(here), f"{here.seed}/b/i/{n}")
    assert list(shown) == [AGAIN, HARD, GOOD, EASY]
    for rating, interval in shown.items():
        after = remembered([*record, SessionEvent(here, attempt(at, 1, n, Recalled(rating)))])
        assert after is not None
        assert timedelta(milliseconds=max(0, after.due - at)) == interval
    assert all(interval >= timedelta(0) for interval in shown.values())


def test_a_better_rating_of_a_new_item_comes_back_later() -> None:
    shown = previews(None, NOON, "UTC", Policy(fuzz=False), "x")
    assert shown[AGAIN] == STEP
    assert shown[AGAIN] < shown[HARD] < shown[GOOD] < shown[EASY]


def test_recall_fades_and_is_counted_over_all_items() -> None:
    memory = told(attempt(NOON, 1), fuzz=False)
    chances = [memory.recall(NOON + days * DAY) for days in (0, 1, 3, 30, 300)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == 1
    assert chances[0] > chances[-1] > 0
    assert memory.recall(memory.due) == pytest.approx(0.9, abs=0.02)
    assert Memory(0).recall(NOON) == 0


def test_a_memory_survives_json() -> None:
    memory = told(attempt(NOON, 0, 1), attempt(NOON + DAY, 1, 2), event(EventKind.BURY, NOON + DAY, 3))
    assert msgspec.json.decode(msgspec.json.encode(memory), type=Memory) == memory


@pytest.mark.parametrize("stability", [0.01, 0.4, 3.7, 80.0, 20_000.0])
@pytest.mark.parametrize("days", [-3.5, 0.0, 0.99, 1.0, 17.3, 4000.0])
def test_recall_is_what_fsrs_predicts(stability: float, days: float) -> None:
    reviewed = 1_750_000_000_000
    at = reviewed + round(days * 86_400_000)
    held = Memory(reviewed, card=CardState(2, None, stability, 5.0, reviewed))
    theirs = fsrs.Card(
        card_id=1, state=fsrs.State.Review, step=None, stability=stability, difficulty=5.0,
        due=moment(reviewed), last_review=moment(reviewed),
    )  # fmt: skip
    assert held.recall(at) == pytest.approx(
        fsrs.Scheduler().get_card_retrievability(theirs, moment(at)), abs=1e-12
    )


def of_item(*events: Any) -> Memory | None:
    return remembered([SessionEvent(header(fuzz=False), each) for each in events])


def test_an_item_that_is_made_new_again_keeps_what_the_learner_said_of_it() -> None:
    said = (
        attempt(NOON, 1, 1), event(EventKind.FLAG, NOON + 1, 2, body={"flagged": True}),
        event(EventKind.TAG, NOON + 2, 3, body={"added": ["b", "a"]}), event(EventKind.SUSPEND, NOON + 3, 4),
    )  # fmt: skip
    forgotten = of_item(*said, event(EventKind.FORGET, NOON + 4, 5))
    assert forgotten == Memory(0, is_suspended=True, is_flagged=True, tags=("a", "b"))
    assert of_item(event(EventKind.FORGET, NOON)) is None


def test_an_item_comes_back_on_the_day_that_was_set_if_it_was_ever_reviewed() -> None:
    later = event(EventKind.RESCHEDULE, NOON + 5, 3, body={"due": NOON + 9 * DAY})
    moved = of_item(attempt(NOON, 1, 1), event(EventKind.BURY, NOON + 1, 2), later)
    assert moved is not None
    assert (moved.due, moved.buried_until, moved.attempts) == (NOON + 9 * DAY, 0, 1)
    assert of_item(later) is None
    flagged = event(EventKind.FLAG, NOON, 1, body={"flagged": True})
    assert of_item(flagged, later) == Memory(0, is_flagged=True)


def test_tags_are_given_and_taken_and_a_flag_that_says_nothing_turns() -> None:
    given = event(EventKind.TAG, NOON, 1, body={"added": ["b", "a", "c"], "removed": ["c"]})
    assert of_item(given) == Memory(0, tags=("a", "b"))
    taken = event(EventKind.TAG, NOON + 1, 2, body={"removed": ["a", "x"]})
    assert of_item(given, taken) == Memory(0, tags=("b",))
    turned = [event(EventKind.FLAG, NOON + n, n) for n in (1, 2, 3)]
    assert [of_item(*turned[:n]) for n in (1, 2, 3)] == [
        Memory(0, is_flagged=True), Memory(0), Memory(0, is_flagged=True),
    ]  # fmt: skip
    assert of_item(event(EventKind.SUSPEND, NOON), event(EventKind.RESUME, NOON + 1)) == Memory(0)
