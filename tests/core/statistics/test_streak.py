"""Days in a row, with one free day a week and no guilt."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quiz.core.statistics.streak import FREE_EVERY, streak
from tests.sampling import tries
from tests.strategies import steady

TODAY = date(2025, 6, 18)


def days(pattern: str) -> set[date]:
    """Return the days marked x in a row that ends today."""
    return {TODAY - timedelta(days=away) for away, mark in enumerate(reversed(pattern)) if mark == "x"}


@pytest.mark.parametrize(
    ("pattern", "length"),
    [
        ("", 0),
        ("x", 1),
        ("x.", 1),
        ("xxx", 3),
        ("xxx.", 3),
        ("xxx..", 3),  # yesterday off is the free day; today may still be used
        ("xxx...", 0),
        ("xxx..x", 1),
        ("xx.x", 3),
        ("xx.x.", 3),
        ("xx.x..", 1),
        ("x.x.x", 2),
        ("xx.xxxxx.x", 6),
        ("xx.xxxxxx.x", 9),
        ("xx.xxxxxx.xxxxxx.x", 15),
        ("x.xxxxxx..", 7),
        ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 30),
    ],
)
def test_a_streak_forgives_one_day_in_seven(pattern: str, length: int) -> None:
    assert streak(days(pattern), TODAY).days == length


def test_days_to_come_and_the_order_of_days_make_no_difference() -> None:
    active = [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=1), TODAY + timedelta(days=9)]
    assert streak(active, TODAY).days == streak(active[::-1], TODAY).days == 2


patterns = st.text("xxx.", max_size=40)


@settings(steady, max_examples=tries(300))
@given(pattern=patterns)
def test_today_not_being_used_yet_never_ends_a_streak(pattern: str) -> None:
    unused = days(f"{pattern}.")
    assert streak(unused | {TODAY}, TODAY).days == streak(unused, TODAY).days + 1


def by_trying(pattern: str) -> int:
    """Return the most active days that end a pattern with single days off at least a week apart."""
    best = 0
    for length in range(1, len(pattern) + 1):
        tail = pattern[-length:]
        offs = [place for place, mark in enumerate(tail) if mark != "x"]
        if tail[0] == "x" and all(later - earlier >= FREE_EVERY for earlier, later in pairwise(offs)):
            best = max(best, tail.count("x"))
    return best


@settings(steady, max_examples=tries(300))
@given(pattern=patterns)
def test_it_is_the_longest_run_with_days_off_a_week_apart(pattern: str) -> None:
    assume(pattern.endswith("x"))
    assert streak(days(pattern), TODAY).days == by_trying(pattern)


@settings(steady, max_examples=tries(100))
@given(pattern=patterns, place=st.integers(0, 39))
def test_one_more_active_day_never_shortens_the_streak_that_ends_today(pattern: str, place: int) -> None:
    active = days(f"{pattern}x")
    assert streak(active | {TODAY - timedelta(days=place)}, TODAY).days >= min(streak(active, TODAY).days, 1)


def test_it_is_said_with_the_day_that_was_free() -> None:
    friday = date(2025, 6, 20)
    assert streak([], friday).in_words == ""
    days = [friday - timedelta(days=back) for back in (0, 1, 3, 4)]
    assert streak(days, friday).in_words == "4-day streak, Wednesday was free"
    assert streak(days[:2], friday).in_words == "2-day streak"
