"""The schedule is FSRS's own, fed the first response of each study day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import fsrs
import fsrs.scheduler
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.events import Event, EventKind, Mode, Opening
from quiz.core.grading import Chosen, Recalled, Response, Verdict
from quiz.core.schedule import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    LEECH_AT,
    MOST_DAYS,
    CardState,
    Happening,
    Memory,
    Policy,
    _fuzzed,
    is_leech_now,
    known_share,
    policy_of,
    previews,
    rating_of,
    remembered,
    replayed,
    reviewed,
)
from quiz.core.study_day import moment, next_day
from tests.fakes import DAY, HOUR, MINUTE, NOON, SECOND
from tests.strategies import steady

STEP = timedelta(minutes=10)
SCORES = {AGAIN: 0.0, HARD: 0.5, GOOD: 1.0}


def opening(
    number: int = 1, zone: str = "UTC", mode: Mode = Mode.STUDY, seed: int = 7, **policy: Any
) -> Opening:
    return Opening(
        id=f"01890000-0000-7000-8000-{number:012}",
        learner="mina",
        device="desk",
        mode=mode,
        banks=("b",),
        seed=seed,
        settings={"policy": policy},
        started=0,
        zone=zone,
    )


def attempt(at: int, score: float, n: int = 1, response: Response | None = None, **more: Any) -> Event:
    verdict = more.pop("verdict", Verdict.of(score))
    return Event(
        n=n, kind=EventKind.ATTEMPT, at=at, bank="b", item="i", response=response or Chosen(("x",)),
        score=score, verdict=verdict, **more,
    )  # fmt: skip


def event(kind: EventKind, at: int, n: int = 1, **more: Any) -> Event:
    return Event(n=n, kind=kind, at=at, bank="b", item="i", **more)


def told(*events: Event, zone: str = "UTC", **policy: Any) -> Memory:
    """Fold the events of one session."""
    memory = remembered([Happening(opening(zone=zone, **policy), each) for each in events])
    assert memory is not None
    return memory


# ------------------------------------------------------------------ FSRS's own, over random histories

Answer = tuple[int, int]
"""When an item was answered, and the rating of the response."""


def random_history(rng: Random) -> list[Answer]:
    """Return responses minutes, hours, days or months apart."""
    at, history = NOON + rng.randrange(DAY), []
    gaps = [MINUTE, HOUR, HOUR, DAY, DAY, 30 * DAY]
    for _ in range(rng.randint(1, 24)):
        history.append((at, rng.choice([AGAIN, HARD, GOOD, GOOD, EASY])))
        at += int(rng.choice(gaps) * rng.uniform(0.5, 12)) + rng.randrange(999)
    return history


def as_events(history: Sequence[Answer], rng: Random) -> list[Event]:
    """Return a history as attempts whose ratings come about in all the ways there are."""
    events = []
    for at, rating in history:
        n = len(events) + 1
        match rng.randrange(3):
            case 0 if rating in SCORES:
                events.append(attempt(at, SCORES[rating], n))
            case 1:
                events.append(attempt(at, float(rating > AGAIN), n, Recalled(rating)))
            case _:
                events.append(attempt(at, rng.choice([0.0, 0.25, 1.0]), n))
                events.append(
                    event(EventKind.RATE, at + 1, n + 1, target=n, body={"rating": rng.randint(1, 4)})
                )
                events.append(event(EventKind.RATE, at + 2, n + 2, target=n, body={"rating": rating}))
    return events


def local_day(at: int, zone: str, starts_at: int) -> Any:
    """Return a time's study day, worked out without the core."""
    local = datetime.fromtimestamp(at // 1000, ZoneInfo(zone)).replace(tzinfo=None)
    return (local - timedelta(hours=starts_at)).date()


def by_fsrs(history: Sequence[Answer], zone: str, policy: Policy) -> tuple[CardState, int]:
    """Return FSRS's card after the first response of each study day, and when the item is due."""
    scheduler = fsrs.Scheduler(
        desired_retention=policy.retention,
        learning_steps=(STEP,),
        relearning_steps=(STEP,),
        enable_fuzzing=False,
    )
    card, last, due = fsrs.Card(card_id=1), None, 0
    for at, rating in history:
        day = local_day(at, zone, policy.day_starts_at)
        if last is None or day > last:
            now = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
            card, _ = scheduler.review_card(card, fsrs.Rating(rating), now)
            last, reviewed_at, due = day, at, round(card.due.timestamp() * 1000)
        elif card.step is not None:
            morning = datetime(day.year, day.month, day.day, policy.day_starts_at, tzinfo=ZoneInfo(zone))
            after = morning + timedelta(days=1)
            due = at + 10 * MINUTE if rating == AGAIN else round(after.timestamp() * 1000)
    return CardState(int(card.state), card.step, card.stability, card.difficulty, reviewed_at), due


@pytest.mark.parametrize("chunk", range(5))
def test_the_schedule_is_fsrs_s_own_over_1000_random_histories(chunk: int) -> None:
    for number in range(chunk * 200, chunk * 200 + 200):
        rng = Random(number)
        zone = rng.choice(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])
        policy = Policy(
            retention=rng.choice([0.8, 0.9, 0.95]), day_starts_at=rng.choice([0, 4, 4, 6]), fuzz=False
        )
        history = random_history(rng)
        events = as_events(history, rng)
        memory = told(*events, zone=zone, **msgspec.structs.asdict(policy))
        card, due = by_fsrs(history, zone, policy)
        assert (memory.card, memory.due) == (card, due), number
        assert memory.attempts == len(history)
        days = [local_day(at, zone, policy.day_starts_at) for at, _ in history]
        firsts = [rating for place, (_, rating) in enumerate(history) if days[place] not in days[:place]]
        assert (memory.reviews, memory.misses) == (len(firsts), firsts.count(AGAIN)), number


@pytest.mark.parametrize("number", range(60))
def test_with_fuzz_the_card_is_the_same_and_due_within_fsrs_s_range(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = Random(number)
    history = random_history(rng)
    events = as_events(history, rng)
    fuzzed, plain = told(*events, seed=number), told(*events, fuzz=False)
    assert fuzzed == told(*events, seed=number)
    assert msgspec.structs.replace(fuzzed, due=0) == msgspec.structs.replace(plain, due=0)
    assert plain.card is not None
    interval = timedelta(milliseconds=plain.due - plain.card.last_review)
    if plain.card.step is not None or interval < timedelta(days=2.5):
        assert fuzzed.due == plain.due
        return
    bounds = []
    for drawn in (0.0, 1 - 1e-9):
        monkeypatch.setattr(fsrs.scheduler, "random", lambda drawn=drawn: drawn)
        bounds.append(fsrs.Scheduler()._get_fuzzed_interval(interval=interval))
    spread = timedelta(milliseconds=fuzzed.due - plain.card.last_review)
    assert bounds[0] <= spread <= bounds[1]
    assert spread.seconds == spread.microseconds == 0


def told_with_seed(seed: int, n: int = 2) -> Memory:
    events = [attempt(NOON, 1, 1), attempt(NOON + 3 * DAY, 1, n)]
    memory = remembered([Happening(opening(seed=seed), each) for each in events])
    assert memory is not None
    return memory


def test_fuzz_spreads_what_was_learnt_together_and_stays_the_same_when_rebuilt() -> None:
    dues = {told_with_seed(seed).due for seed in range(60)}
    assert len(dues) >= 3
    assert all(told_with_seed(seed) == told_with_seed(seed) for seed in range(5))
    assert len({told_with_seed(1, n).due for n in range(2, 40)}) >= 3


def test_no_interval_is_longer_than_fsrs_s_longest() -> None:
    card = CardState(state=2, step=None, stability=60_000.0, difficulty=1.0, last_review=NOON)
    for number in range(50):
        after = reviewed(Memory(NOON, card, 9, 9), EASY, NOON + 400 * DAY, "UTC", Policy(), Random(number))
        assert after.due - (NOON + 400 * DAY) <= MOST_DAYS * DAY


# --------------------------------------------------------------------------- within a day


def test_a_miss_comes_back_in_ten_minutes_and_a_pass_ends_the_step_until_tomorrow() -> None:
    missed = told(attempt(NOON, 0, 1))
    assert missed.due == NOON + 10 * MINUTE
    passed = told(attempt(NOON, 0, 1), attempt(NOON + 20 * MINUTE, 1, 2))
    assert passed.due == next_day(NOON, "UTC")
    again = told(attempt(NOON, 0, 1), attempt(NOON + HOUR, 1, 2), attempt(NOON + 2 * HOUR, 0, 3))
    assert again.due == NOON + 2 * HOUR + 10 * MINUTE
    assert missed.card == passed.card == again.card
    assert [memory.attempts for memory in (missed, passed, again)] == [1, 2, 3]
    assert [memory.reviews for memory in (missed, passed, again)] == [1, 1, 1]
    assert [memory.misses for memory in (missed, passed, again)] == [1, 1, 1]


def test_what_was_right_at_once_is_not_moved_by_more_on_the_same_day() -> None:
    once = told(attempt(NOON, 1, 1))
    more = told(attempt(NOON, 1, 1), attempt(NOON + HOUR, 0, 2), attempt(NOON + 2 * HOUR, 1, 3))
    assert (more.card, more.due, more.misses) == (once.card, once.due, 0)


def test_the_next_study_day_s_first_response_is_a_review() -> None:
    first, second = attempt(NOON, 0, 1), attempt(NOON + DAY, 1, 2)
    assert told(first, second).reviews == 2
    assert told(first, second).card.step is None  # type: ignore[union-attr]
    assert told(first, attempt(NOON + HOUR, 1, 3), second).card == told(first, second).card


@pytest.mark.parametrize(
    ("zone", "evening", "early", "morning"),
    [
        # every time is UTC; the study day turns over at 04:00 local, whatever the clocks do that night
        ("UTC", "2025-06-01 22:00", "2025-06-02 03:59", "2025-06-02 04:00"),
        ("Europe/Berlin", "2025-06-01 20:00", "2025-06-02 01:59", "2025-06-02 02:00"),
        ("Europe/Berlin", "2025-03-29 22:00", "2025-03-30 01:59", "2025-03-30 02:00"),
        ("Europe/Berlin", "2025-10-25 20:00", "2025-10-26 02:59", "2025-10-26 03:00"),
        ("America/New_York", "2025-03-09 02:00", "2025-03-09 07:59", "2025-03-09 08:00"),
        ("America/New_York", "2025-11-02 02:00", "2025-11-02 08:59", "2025-11-02 09:00"),
        ("Asia/Kathmandu", "2025-06-01 16:00", "2025-06-01 22:14", "2025-06-01 22:15"),
    ],
)
def test_a_day_turns_over_at_four_in_the_learner_s_zone(
    zone: str, evening: str, early: str, morning: str
) -> None:
    at, before, after = (
        int(datetime.fromisoformat(f"{time}+00:00").timestamp() * 1000) for time in (evening, early, morning)
    )
    missed = attempt(at, 0, 1)
    assert told(missed, attempt(before + 59 * SECOND, 1, 2), zone=zone).reviews == 1
    assert told(missed, attempt(after, 1, 2), zone=zone).reviews == 2
    assert told(missed, attempt(at + MINUTE, 1, 2), zone=zone).due == after


def test_the_hour_at_which_a_day_begins_is_the_policy_s() -> None:
    at = int(datetime(2025, 6, 1, 22, tzinfo=UTC).timestamp() * 1000)
    late = attempt(at + 3 * HOUR, 1, 2)
    assert told(attempt(at, 0, 1), late, day_starts_at=4).reviews == 1
    assert told(attempt(at, 0, 1), late, day_starts_at=0).reviews == 2
    assert told(attempt(at, 0, 1), late, day_starts_at=1).reviews == 2


def test_a_clock_set_back_raises_nothing_and_reviews_nothing_twice() -> None:
    policy = Policy()
    for first, second in [(AGAIN, GOOD), (GOOD, AGAIN), (GOOD, GOOD), (HARD, AGAIN)]:
        once = reviewed(None, first, NOON, "UTC", policy, Random(1))
        for back in (SECOND, 5 * HOUR, 3 * DAY, 400 * DAY):
            twice = reviewed(once, second, NOON - back, "UTC", policy, Random(1))
            assert (twice.card, twice.reviews, twice.misses) == (once.card, once.reviews, once.misses)
            assert twice.attempts == 2
            later = reviewed(twice, GOOD, NOON + 2 * DAY, "UTC", policy, Random(1))
            assert later.reviews == 2


# ------------------------------------------------------------------ what is folded, and in which order


@settings(steady)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_the_order_in_which_it_is_told_makes_no_difference(seed: int, data: st.DataObject) -> None:
    rng = Random(seed)
    first, second = opening(1), opening(2, zone="Europe/Berlin")
    happenings = [Happening(first, each) for each in as_events(random_history(rng), rng)]
    happenings += [Happening(second, each) for each in as_events(random_history(rng), rng)]
    happenings.append(Happening(second, event(EventKind.BURY, NOON + 3 * DAY, 900)))
    assert remembered(data.draw(st.permutations(happenings))) == remembered(happenings)


@pytest.mark.parametrize("number", range(40))
def test_what_happened_in_several_sessions_is_taken_by_time(number: int) -> None:
    rng = Random(number)
    history = random_history(rng)
    policy = Policy(fuzz=False)
    openings = [opening(each, fuzz=False) for each in rng.sample(range(9), 3)]
    happenings = [
        Happening(rng.choice(openings), attempt(at, 1, rng.randrange(500), Recalled(rating)))
        for at, rating in history
    ]
    memory = remembered(rng.sample(happenings, len(happenings)))
    assert memory is not None
    assert (memory.card, memory.due) == by_fsrs(history, "UTC", policy)


def test_nothing_told_is_nothing_remembered() -> None:
    assert remembered([]) is None
    assert remembered([Happening(opening(), event(EventKind.FLAG, NOON))]) is None


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
    first, second = opening(1), opening(2)
    wrong, right = attempt(NOON, 0, 1), attempt(NOON + 5 * DAY, 1, 1)
    override = event(EventKind.OVERRIDE, NOON + 6 * DAY, 2, target=1)
    untouched = remembered([Happening(first, wrong), Happening(second, right)])
    assert (
        remembered([Happening(first, wrong), Happening(second, right), Happening(second, override)])
        == untouched
    )
    assert (
        remembered([Happening(first, wrong), Happening(second, right), Happening(first, override)])
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
        event(EventKind.FLAG, NOON + DAY, 2),
    ):
        assert told(attempt(NOON, 1, 1), nothing) == once


def test_a_test_counts_unless_told_otherwise() -> None:
    for mode, feeds, reviews in [
        (Mode.TEST, True, 1), (Mode.TEST, False, 0), (Mode.DRILL, False, 0), (Mode.STUDY, False, 1),
    ]:  # fmt: skip
        memory = remembered([Happening(opening(mode=mode, feeds_schedule=feeds), attempt(NOON, 1))])
        assert (memory.reviews if memory else 0) == reviews, (mode, feeds)


def test_a_test_counts_where_nothing_was_said_of_it() -> None:
    memory = remembered([Happening(opening(mode=Mode.TEST), attempt(NOON, 1))])
    assert memory is not None
    assert memory.reviews == 1


def test_only_the_first_response_of_a_day_is_a_review() -> None:
    happenings = [Happening(opening(), attempt(at, 1)) for at in (NOON, NOON + HOUR, NOON + DAY)]
    assert [step.is_review for step in replayed(happenings)] == [True, False, True]


@pytest.mark.parametrize(("days", "spread"), [(1, {1}), (2, {2}), (3, {2, 3, 4}), (7, {5, 6, 7, 8, 9})])
def test_short_intervals_are_spread_as_fsrs_spreads_them(days: int, spread: set[int]) -> None:
    then = datetime(2025, 6, 18, tzinfo=UTC)
    drawn = {(_fuzzed(then + timedelta(days=days), then, Random(seed)) - then).days for seed in range(200)}
    assert drawn == spread


def test_an_item_can_be_put_off_for_a_hundred_years_at_most() -> None:
    assert MOST_DAYS == 36_500


def test_a_policy_is_what_the_session_was_told() -> None:
    assert policy_of(opening()) == Policy()
    assert policy_of(opening(retention=0.8, day_starts_at=6, fuzz=False)) == Policy(0.8, 6, fuzz=False)
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
    here = opening(seed=seed)
    history = [Happening(here, each) for each in as_events(random_history(rng), rng)]
    before = remembered(history)
    at, n = max(happening.event.at for happening in history) + later + 1, 901
    shown = previews(before, at, here.zone, policy_of(here), f"{here.seed}/b/i/{n}")
    assert list(shown) == [AGAIN, HARD, GOOD, EASY]
    for rating, interval in shown.items():
        after = remembered([*history, Happening(here, attempt(at, 1, n, Recalled(rating)))])
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
    assert known_share([memory], 4, NOON) == pytest.approx(0.25)
    assert known_share([], 0, NOON) == 0


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
