"""Choosing among the intervals that FSRS's fuzz leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from random import Random

import msgspec

MOST_DAYS = 36_500
"""The longest interval, in days: FSRS's own."""
LEAST_FUZZED = 2.5
"""Shorter intervals, in days, stay as they are."""
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""The share by which an interval between two lengths is spread (`fsrs.scheduler.FUZZ_RANGES`)."""


class DaysOff(msgspec.Struct, frozen=True, omit_defaults=True):
    """Days on which somebody wants less to do, or nothing."""

    weekdays: tuple[float, ...] = ()
    """The share of a usual day's work, 0 to 1, from Monday to Sunday; empty if all are alike."""
    holidays: tuple[date, ...] = ()
    """Days on which nothing should be due."""

    def share(self, day: date) -> float:
        """Return the share of a usual day's work that a day should get, 0 to 1."""
        if day in self.holidays:
            return 0.0
        return self.weekdays[day.weekday()] if len(self.weekdays) == 7 else 1.0


@lru_cache(maxsize=4096)
def spread(days: int) -> range:
    """Return the intervals, in days, that FSRS's fuzz may turn an interval into."""
    if days < LEAST_FUZZED:
        return range(days, days + 1)
    delta = 1.0 + sum(share * max(min(float(days), end) - start, 0.0) for start, end, share in _FUZZ)
    return range(max(2, round(days - delta)), min(MOST_DAYS, round(days + delta)) + 1)


def drawn(open_days: range, today: date, off: DaysOff, rng: Random) -> int:
    """Draw one of the intervals, with probabilities in proportion to the days' shares, equal if all are 0."""
    is_even = not (off.weekdays or off.holidays)
    shares = [] if is_even else [off.share(today + timedelta(days=days)) for days in open_days]
    if is_even or len(set(shares)) == 1:
        return rng.randint(open_days[0], open_days[-1])
    return rng.choices(open_days, shares)[0]


def least_loaded(open_days: range, today: date, load: Mapping[int, int], off: DaysOff, rng: Random) -> int:
    """Return the interval to the day with the least to do for its share, any of them if there are several.

    `load` is how many items are due each number of days from today. Days with a share of 0 are taken only if
    there is no other.
    """
    shares = {days: off.share(today + timedelta(days=days)) for days in open_days}
    working = {days: share for days, share in shares.items() if share > 0} or dict.fromkeys(open_days, 1.0)
    loads = {days: (load.get(days, 0) + 1) / share for days, share in working.items()}
    least = min(loads.values())
    return rng.choice([days for days, loaded in loads.items() if loaded == least])


def recorded(intervals: object, rating: int, open_days: Sequence[int]) -> int | None:
    """Return the recorded interval for a rating, 1 to 4, if it is open now.

    `intervals` is what the record holds: four whole numbers, one a rating, 0 where there was no choice.
    """
    if not isinstance(intervals, (list, tuple)) or len(intervals) != 4:
        return None
    days = intervals[rating - 1]
    return days if isinstance(days, int) and days in open_days else None
