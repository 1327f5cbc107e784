"""What was done from day to day, and the calendar of it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.statistics.activity import Day, calendar, last_days, together, total_of

WEDNESDAY = date(2025, 6, 18)


def days(*counts: int, until: date = WEDNESDAY) -> dict[date, Day]:
    """Return days with so many attempts, the last one at `until`."""
    first = until - timedelta(days=len(counts) - 1)
    told = [Day(first + timedelta(days=place), count) for place, count in enumerate(counts)]
    return {day.day: day for day in told}


def test_parts_of_a_day_are_put_together_oldest_first() -> None:
    yesterday = WEDNESDAY - timedelta(days=1)
    told = together([Day(WEDNESDAY, 2, 1.5, 10), Day(yesterday, 1, 1.0, 5), Day(WEDNESDAY, 2, 2.0, 20)])
    assert list(told) == [yesterday, WEDNESDAY]
    assert told[WEDNESDAY] == Day(WEDNESDAY, 4, 3.5, 30)
    assert told[WEDNESDAY].accuracy == 0.875
    assert Day(WEDNESDAY).accuracy is None
    assert total_of(told.values(), WEDNESDAY) == Day(WEDNESDAY, 5, 4.5, 35)


def test_the_last_days_hold_idle_ones_too() -> None:
    told = last_days(days(3, 0, 7), WEDNESDAY + timedelta(days=1), 5)
    assert [day.attempts for day in told] == [0, 3, 0, 7, 0]
    assert told[-1].day == WEDNESDAY + timedelta(days=1)


def test_a_calendar_begins_on_a_monday_and_ends_today() -> None:
    told = calendar(days(1, 1), WEDNESDAY, 3)
    assert told.first == date(2025, 6, 2)
    assert told.weeks[0] == told.weeks[1] == (0,) * 7
    assert told.weeks[2] == (0, 1, 1, None, None, None, None)


def test_levels_are_quarters_of_the_active_days() -> None:
    told = calendar(days(*range(1, 9)), WEDNESDAY, 2)
    levels = [level for week in told.weeks for level in week if level]
    assert levels == [1, 1, 2, 2, 3, 3, 4, 4]


@given(st.lists(st.integers(0, 500), max_size=80), st.integers(1, 12))
def test_a_day_is_blank_just_where_nothing_was_done_and_more_is_never_fainter(
    counts: list[int], weeks: int
) -> None:
    done = days(*counts) if counts else {}
    told = calendar(done, WEDNESDAY, weeks)
    flat = [level for week in told.weeks for level in week]
    shown = {
        told.first + timedelta(days=place): level for place, level in enumerate(flat) if level is not None
    }
    assert max(shown) == WEDNESDAY
    found = sorted((done[day].attempts if day in done else 0, level) for day, level in shown.items())
    assert [level for _, level in found] == sorted(level for _, level in found)
    assert all((level == 0) == (count == 0) and 0 <= level <= 4 for count, level in found)


def test_a_level_is_the_quarter_that_a_day_is_in() -> None:
    cases: list[tuple[tuple[int, ...], list[int]]] = [
        ((5,), [1]), ((1, 2), [1, 3]), ((1, 2, 3), [1, 2, 3]), ((1, 2, 3, 4), [1, 2, 3, 4]),
        ((1, 2, 3, 4, 5), [1, 1, 2, 3, 4]), ((1, 1, 1, 9), [1, 1, 1, 4]), ((2, 2, 2, 2), [1, 1, 1, 1]),
    ]  # fmt: skip
    for counts, levels in cases:
        told = calendar(days(*counts), WEDNESDAY, 2)
        assert [level for week in told.weeks for level in week if level] == levels


def test_what_came_before_the_calendar_sets_no_level() -> None:
    told = calendar(days(100, *[0] * 9, 1), WEDNESDAY, 2)
    assert told.weeks == ((0,) * 7, (0, 0, 1, None, None, None, None))
    assert Day(WEDNESDAY) == Day(WEDNESDAY, 0, 0.0, 0)
