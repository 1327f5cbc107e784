"""The schedule is FSRS's own, fed the first response of each study day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import inf
from random import Random

import fsrs
import fsrs.scheduler
import msgspec
import pytest

from quiz.core.content.grading import Recalled
from quiz.core.events.model import Event, EventKind
from quiz.core.scheduling.card import CardState
from quiz.core.scheduling.fsrs_schedule import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    Memory,
    SessionEvent,
    chosen_intervals,
    open_intervals,
    remembered,
    reviewed,
)
from quiz.core.scheduling.intervals import MOST_DAYS, DaysOff, spread
from quiz.core.scheduling.policy import Policy
from quiz.core.scheduling.study_day import day_of, next_day
from tests.core.scheduling.sequences import random_parameters
from tests.core.session_events import (
    as_events,
    attempt,
    by_fsrs,
    event,
    header,
    local_day,
    random_history,
    told,
)
from tests.fakes import DAY, HOUR, MINUTE, NOON, SECOND
from tests.sampling import one_in


@pytest.mark.parametrize("chunk", range(5))
def test_the_schedule_is_fsrs_s_own_over_1000_random_histories(chunk: int) -> None:
    for number in range(chunk * 200, chunk * 200 + 200):
        rng = Random(number)
        zone = rng.choice(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])
        policy = Policy(
            retention=rng.choice([0.8, 0.9, 0.95]), day_starts_at=rng.choice([0, 4, 4, 6]), fuzz=False
        )
        record = random_history(rng)
        events = as_events(record, rng)
        memory = told(*events, zone=zone, **msgspec.structs.asdict(policy))
        card, due = by_fsrs(record, zone, policy)
        assert (memory.card, memory.due) == (card, due), number
        assert memory.attempts == len(record)
        days = [local_day(at, zone, policy.day_starts_at) for at, _ in record]
        firsts = [rating for place, (_, rating) in enumerate(record) if days[place] not in days[:place]]
        assert (memory.reviews, memory.misses) == (len(firsts), firsts.count(AGAIN)), number


@pytest.mark.parametrize("chunk", one_in(25, range(25)))
def test_the_schedule_is_fsrs_s_with_own_parameters_easy_days_and_loads(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card is FSRS's own; the day is the one with least to do for its share among those FSRS may draw."""
    for number in range(chunk * 40, chunk * 40 + 40):
        rng = Random(number)
        zone = rng.choice(["UTC", "Europe/Berlin", "America/New_York"])
        policy = Policy(
            retention=rng.choice([0.8, 0.9, 0.95]),
            parameters=random_parameters(rng),
            days_off=DaysOff(
                rng.choice([(), (1, 1, 1, 1, 1, 0.5, 0)]), (date(2025, 6, 28), date(2025, 7, 9))
            ),
        )
        load = {days: rng.randrange(9) for days in range(1, 60)}
        record, events, memory = random_history(rng), [], None
        for at, rating in record:
            n, day = len(events) + 1, local_day(at, zone, policy.day_starts_at)
            is_review = memory is None or local_day(memory.card.last_review, zone, 4) < day
            open_now = open_intervals(memory, at, zone, policy)
            chosen = chosen_intervals(open_now, day, load, policy.days_off, rng)
            events.append(attempt(at, float(rating > AGAIN), n, Recalled(rating), body={"intervals": chosen}))
            memory = told(*events, zone=zone, **msgspec.structs.asdict(policy))
            card, due = by_fsrs(record[:n], zone, policy)
            assert memory.card == card, number
            if is_review:
                fsrs_s = fsrs_s_days(due - at, card, monkeypatch)
                assert is_least_loaded((memory.due - at) / DAY, fsrs_s, day, load, policy.days_off), number


def fsrs_s_days(interval: int, card: CardState, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the intervals, in days, that FSRS's own fuzz may turn an interval in ms into."""
    if card.step is not None or interval < 2.5 * DAY:
        return [interval / DAY]
    bounds = []
    for drawn in (0.0, 1 - 1e-9):
        monkeypatch.setattr(fsrs.scheduler, "random", lambda drawn=drawn: drawn)
        bounds.append(fsrs.Scheduler()._get_fuzzed_interval(interval=timedelta(milliseconds=interval)).days)
    last = spread(interval // DAY)[-1]
    assert bounds[1] - 1 <= last <= bounds[1]
    return list(map(float, range(bounds[0], last + 1)))


def is_least_loaded(
    found: float, open_days: list[float], today: date, load: dict[int, int], off: DaysOff
) -> bool:
    """Return whether no open day has less to do for its share than the one that was found."""
    if len(open_days) == 1:
        return found == open_days[0]

    def loaded(days: float) -> float:
        share = off.share(today + timedelta(days=days))
        return (load.get(int(days), 0) + 1) / share if share else inf

    return found in open_days and loaded(found) == min(map(loaded, open_days))


@pytest.mark.parametrize("number", range(60))
def test_with_fuzz_the_card_is_the_same_and_due_within_fsrs_s_range(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = Random(number)
    record = random_history(rng)
    events = as_events(record, rng)
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
    memory = remembered([SessionEvent(header(seed=seed), each) for each in events])
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
        after = reviewed(Memory(NOON, card, 9, 9), EASY, NOON + 400 * DAY, "UTC", Policy(), str(number))
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
        once = reviewed(None, first, NOON, "UTC", policy, "1")
        for back in (SECOND, 5 * HOUR, 3 * DAY, 400 * DAY):
            twice = reviewed(once, second, NOON - back, "UTC", policy, "1")
            assert (twice.card, twice.reviews, twice.misses) == (once.card, once.reviews, once.misses)
            assert twice.attempts == 2
            later = reviewed(twice, GOOD, NOON + 2 * DAY, "UTC", policy, "1")
            assert later.reviews == 2


# --------------------------------------------------------------------------- own parameters, days off, loads


@pytest.mark.parametrize("chunk", range(5))
def test_with_own_parameters_too_the_schedule_is_fsrs_s_own(chunk: int) -> None:
    for number in range(chunk * 200, chunk * 200 + 200):
        rng = Random(number)
        policy = Policy(retention=rng.choice([0.8, 0.9]), fuzz=False, parameters=random_parameters(rng))
        sequence = random_history(rng)
        memory = told(*as_events(sequence, rng), **msgspec.structs.asdict(policy))
        assert (memory.card, memory.due) == by_fsrs(sequence, "UTC", policy), number


def with_intervals(events: list[Event], policy: Policy, rng: Random) -> tuple[list[Event], list[int]]:
    """Return events as a session records them under some load, and when the item was due after each."""
    settings = msgspec.to_builtins(policy)
    load = {days: rng.randrange(9) for days in range(400)}
    lived: list[Event] = []
    dues = []
    for each in events:
        if each.kind is EventKind.ATTEMPT:
            before = remembered([SessionEvent(header(**settings), other) for other in lived])
            today = day_of(each.at, "UTC")
            chosen = chosen_intervals(
                open_intervals(before, each.at, "UTC", policy), today, load, policy.days_off, rng
            )
            each = msgspec.structs.replace(each, body={"intervals": list(chosen)})
            load = {days: rng.randrange(9) for days in range(400)}
        lived.append(each)
        dues.append(told(*lived, **settings).due)
    return lived, dues


@pytest.mark.parametrize("number", range(60))
def test_with_loads_the_card_is_fsrs_s_and_what_was_chosen_stays(number: int) -> None:
    rng = Random(number)
    off = DaysOff((1, 1, 1, 1, 1, 0.5, 0), (date(2025, 6, 30),))
    policy = Policy(parameters=random_parameters(rng) if number % 2 else (), days_off=off)
    sequence = random_history(rng)
    events, dues = with_intervals(as_events(sequence, rng), policy, rng)
    memory = told(*events, **msgspec.to_builtins(policy))
    card, due = by_fsrs(sequence, "UTC", policy)
    assert (memory.card, memory.due) == (card, dues[-1])
    if card.step is not None:
        assert memory.due == due
    else:
        assert (memory.due - card.last_review) // DAY in spread((due - card.last_review) // DAY)


def test_what_was_chosen_is_kept_for_each_rating() -> None:
    once = attempt(NOON, 1, 1)
    second = attempt(NOON + 4 * DAY, 1, 2)
    before = told(once)
    open_days = open_intervals(before, second.at, "UTC", Policy())
    assert set(open_days) == {HARD, GOOD, EASY}
    for days in open_days[GOOD]:
        chosen = {"intervals": [0, open_days[HARD][-1], days, open_days[EASY][0]]}
        recorded = msgspec.structs.replace(second, body=chosen)
        assert told(once, recorded).due == second.at + days * DAY
        rate = event(EventKind.RATE, second.at + 1, 3, target=2, body={"rating": EASY})
        assert told(once, recorded, rate).due == second.at + open_days[EASY][0] * DAY


def test_what_was_chosen_gives_way_where_it_is_no_longer_open() -> None:
    once, second = attempt(NOON, 1, 1), attempt(NOON + 4 * DAY, 1, 2)
    far = msgspec.structs.replace(second, body={"intervals": [0, 900, 900, 900]})
    assert told(once, far) == told(once, second)


def test_there_is_nothing_to_choose_without_fuzz_or_on_the_same_day() -> None:
    once = told(attempt(NOON, 1, 1))
    assert open_intervals(once, NOON + 4 * DAY, "UTC", Policy(fuzz=False)) == {}
    assert open_intervals(once, NOON + HOUR, "UTC", Policy()) == {}
    assert AGAIN not in open_intervals(once, NOON + 4 * DAY, "UTC", Policy())
