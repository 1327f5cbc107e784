"""A learner's activity from day to day, and a calendar of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

LEVELS = 4
"""How many levels of activity the calendar has besides none."""


class Day(msgspec.Struct, frozen=True):
    """The activity of a study day, or of several together."""

    day: date
    attempts: int = 0
    score: float = 0.0
    """The sum of the scores, each from 0 to 1."""
    duration_ms: int = 0
    """The total time for answers."""

    @property
    def accuracy(self) -> float | None:
        """The mean score, 0 to 1; None without attempts."""
        return self.score / self.attempts if self.attempts else None


class Calendar(msgspec.Struct, frozen=True):
    """The levels of activity on each day of some weeks."""

    first: date
    """The Monday of the first week."""
    weeks: tuple[tuple[int | None, ...], ...]
    """Seven levels a week, Monday first: 0 none, 1 to 4 by quarters of the active days; None for the future.
    """


def together(days: Iterable[Day]) -> dict[date, Day]:
    """Return one entry for each date, oldest first, adding up those of the same date."""
    found: dict[date, Day] = {}
    for part in days:
        there = found.get(part.day)
        found[part.day] = part if there is None else plus(there, part)
    return dict(sorted(found.items()))


def plus(one: Day, other: Day) -> Day:
    """Return the sum of two days, with the date of the first."""
    return Day(
        one.day,
        one.attempts + other.attempts,
        one.score + other.score,
        one.duration_ms + other.duration_ms,
    )


def total_of(days: Iterable[Day], today: date) -> Day:
    """Return the sum of some days."""
    total = Day(today)
    for day in days:
        total = plus(total, day)
    return total


def last_days(days: Mapping[date, Day], today: date, count: int) -> tuple[Day, ...]:
    """Return the last days up to today, oldest first, including days without activity."""
    dates = (today - timedelta(days=back) for back in range(count - 1, -1, -1))
    return tuple(days.get(day, Day(day)) for day in dates)


def calendar(days: Mapping[date, Day], today: date, weeks: int) -> Calendar:
    """Return the calendar of the last weeks, including the present one."""
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    counts = {day: done.attempts for day, done in days.items() if day >= first and done.attempts}
    edges = _edges(sorted(counts.values()))

    def level(day: date) -> int | None:
        if day > today:
            return None
        count = counts.get(day, 0)
        return 1 + sum(count > edge for edge in edges) if count else 0

    return Calendar(
        first,
        tuple(
            tuple(level(first + timedelta(days=7 * week + weekday)) for weekday in range(7))
            for week in range(weeks)
        ),
    )


def _edges(counts: list[int]) -> tuple[int, ...]:
    """Return the upper bounds of the quarters of the sorted counts."""
    if not counts:
        return ()
    return tuple(counts[(len(counts) * quarter - 1) // LEVELS] for quarter in range(1, LEVELS))
