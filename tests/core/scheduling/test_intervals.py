"""Items come back on the day with least to do, of the days that FSRS's fuzz leaves open."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import fsrs.scheduler
import pytest

from quiz.core.scheduling.intervals import (
    MOST_DAYS,
    DaysOff,
    drawn,
    least_loaded,
    recorded,
    spread,
)

MONDAY = date(2025, 6, 16)
NO_WEEKENDS = DaysOff(weekdays=(1, 1, 1, 1, 1, 0, 0))


def test_the_days_open_are_fsrs_s(monkeypatch: pytest.MonkeyPatch) -> None:
    scheduler = fsrs.Scheduler()
    for days in [*range(1, 60), 100, 365, 1_000, 20_000, MOST_DAYS]:
        bounds = []
        for chance in (0.0, 1 - 1e-9):
            monkeypatch.setattr(fsrs.scheduler, "random", lambda chance=chance: chance)
            bounds.append(scheduler._get_fuzzed_interval(interval=timedelta(days=days)).days)
        open_days = spread(days)
        # FSRS rounds what it has drawn up to one day past the last
        assert open_days[0] == bounds[0]
        assert bounds[1] - 1 <= open_days[-1] <= bounds[1]


def test_without_days_off_every_open_day_is_as_likely() -> None:
    open_days = spread(10)
    found = Counter(drawn(open_days, MONDAY, DaysOff(), Random(seed)) for seed in range(3_000))
    assert set(found) == set(open_days)
    assert max(found.values()) < 1.4 * min(found.values())
    assert drawn(open_days, MONDAY, DaysOff(), Random(5)) == Random(5).randint(8, 12)


def test_nothing_is_drawn_for_a_day_off_unless_all_are() -> None:
    for seed in range(200):
        day = MONDAY + timedelta(days=drawn(spread(13), MONDAY, NO_WEEKENDS, Random(seed)))
        assert day.weekday() < 5
    all_off = DaysOff(weekdays=(0,) * 7)
    assert len({drawn(spread(13), MONDAY, all_off, Random(seed)) for seed in range(200)}) == len(spread(13))


def test_a_day_of_half_the_work_is_drawn_half_as_often() -> None:
    half = DaysOff(weekdays=(0.5, 1, 1, 1, 1, 1, 1))
    found = Counter(drawn(range(7, 14), MONDAY, half, Random(seed)) for seed in range(6_000))
    assert found[7] / found[8] == pytest.approx(0.5, abs=0.1)


def test_the_least_loaded_day_is_taken() -> None:
    load = {8: 4, 9: 2, 10: 7, 11: 1, 12: 3}
    assert least_loaded(range(8, 13), MONDAY, load, DaysOff(), Random(1)) == 11
    assert {least_loaded(range(8, 14), MONDAY, load, DaysOff(), Random(seed)) for seed in range(9)} == {13}
    equal = {least_loaded(range(8, 11), MONDAY, {}, DaysOff(), Random(seed)) for seed in range(50)}
    assert equal == {8, 9, 10}


def test_a_day_s_share_weighs_its_load() -> None:
    half = DaysOff(weekdays=(0.5, 1, 1, 1, 1, 1, 1))
    assert least_loaded(range(7, 9), MONDAY, {7: 3, 8: 6}, half, Random(1)) == 8
    assert least_loaded(range(7, 9), MONDAY, {7: 3, 8: 8}, half, Random(1)) == 7


def test_holidays_and_days_off_stay_free_unless_no_other_day_is_open() -> None:
    off = DaysOff(weekdays=NO_WEEKENDS.weekdays, holidays=(MONDAY + timedelta(days=8),))
    assert least_loaded(range(5, 10), MONDAY, {7: 99, 9: 100}, off, Random(1)) == 7
    assert least_loaded(range(5, 7), MONDAY, {5: 3, 6: 1}, off, Random(1)) == 6
    assert off.share(MONDAY + timedelta(days=8)) == 0.0
    assert off.share(MONDAY) == 1.0


def test_filling_a_month_leaves_no_peaks() -> None:
    rng, load = Random(3), Counter[int]()
    for _ in range(900):
        load[least_loaded(spread(rng.randint(20, 40)), MONDAY, load, DaysOff(), rng)] += 1
    inner = [load[days] for days in range(22, 39)]
    assert max(inner) - min(inner) <= 2


@pytest.mark.parametrize(
    "told", [None, (), [1, 2, 3], "2222", {"3": 9}, [0, 0, 99, 0], [0, 0, "9", 0], [0, 0, 9.0, 0]]
)
def test_what_is_recorded_counts_only_where_it_is_open(told: object) -> None:
    assert recorded([0, 0, 9, 0], 3, spread(9)) == 9
    if told != [0, 0, 9.0, 0]:
        assert recorded(told, 3, spread(9)) is None
    assert recorded(told, 1, spread(9)) is None
