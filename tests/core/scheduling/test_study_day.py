"""Which day a moment belongs to, wherever the learner is and whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quiz.core.scheduling.study_day import (
    DAY_STARTS_AT,
    day_around,
    day_number,
    day_of,
    milliseconds,
    moment,
    next_day,
    start_of,
    zone_of,
)
from tests.fakes import DAY, HOUR, MINUTE, NOON
from tests.sampling import tries
from tests.strategies import steady

ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Auckland",
    "Pacific/Apia", "Australia/Lord_Howe", "America/St_Johns", "America/Sao_Paulo", "+02:00", "-09:30",
    "+1245", "nowhere/at-all",
]  # fmt: skip


def at(text: str) -> int:
    """Return a time given in UTC, or with its offset, in milliseconds."""
    when = datetime.fromisoformat(text)
    return milliseconds(when if when.tzinfo else when.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("time", "zone", "day"),
    [
        ("2025-06-18 10:00", "Europe/Berlin", "2025-06-18"),
        ("2025-06-18 01:59:59.999", "Europe/Berlin", "2025-06-17"),
        ("2025-06-18 02:00", "Europe/Berlin", "2025-06-18"),
        ("2025-06-18 22:30", "Europe/Berlin", "2025-06-18"),
        ("2025-01-01 03:59", "UTC", "2024-12-31"),
        ("2025-06-18 07:59", "America/New_York", "2025-06-17"),
        ("2025-06-18 08:00", "America/New_York", "2025-06-18"),
        ("2025-06-17 22:29", "Asia/Kolkata", "2025-06-17"),
        ("2025-06-17 22:30", "Asia/Kolkata", "2025-06-18"),
        ("2025-06-18 01:59", "+02:00", "2025-06-17"),
        ("2025-06-18 02:00", "+02:00", "2025-06-18"),
        ("2025-06-18 13:29", "-09:30", "2025-06-17"),
        ("2025-06-18 13:30", "-09:30", "2025-06-18"),
        ("1969-12-31 05:00", "UTC", "1969-12-31"),
    ],
)
def test_a_study_day_begins_at_four(time: str, zone: str, day: str) -> None:
    assert day_of(at(time), zone) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("zone", "day", "starts_at", "begins", "hours"),
    [
        ("Europe/Berlin", "2025-03-29", 4, "2025-03-29 03:00", 23),
        ("Europe/Berlin", "2025-03-30", 4, "2025-03-30 02:00", 24),
        ("Europe/Berlin", "2025-10-25", 4, "2025-10-25 02:00", 25),
        ("Europe/Berlin", "2025-10-26", 4, "2025-10-26 03:00", 24),
        ("America/New_York", "2025-03-08", 4, "2025-03-08 09:00", 23),
        ("America/New_York", "2025-11-01", 4, "2025-11-01 08:00", 25),
        # the hour at which the day begins is left out, or comes twice
        ("Europe/Berlin", "2025-03-30", 2, "2025-03-30 01:00", 23),
        ("Europe/Berlin", "2025-10-26", 2, "2025-10-26 00:00", 25),
        ("America/New_York", "2025-03-09", 2, "2025-03-09 07:00", 23),
        ("America/New_York", "2025-11-02", 1, "2025-11-02 05:00", 25),
        ("Pacific/Apia", "2011-12-29", 4, "2011-12-29 14:00", 24),
    ],
)
def test_days_on_which_the_clocks_change_begin_at_their_hour(
    zone: str, day: str, starts_at: int, begins: str, hours: int
) -> None:
    begin = start_of(date.fromisoformat(day), zone, starts_at)
    assert begin == at(begins)
    assert day_of(begin, zone, starts_at) == date.fromisoformat(day)
    assert day_of(begin - 1, zone, starts_at) < date.fromisoformat(day)
    assert next_day(begin, zone, starts_at) == begin + hours * HOUR
    assert next_day(begin + hours * HOUR - 1, zone, starts_at) == begin + hours * HOUR


moments = st.integers(at("1990-01-01"), at("2037-12-31"))


@settings(steady, max_examples=tries(300))
@given(time=moments, zone=st.sampled_from(ZONES), starts_at=st.integers(1, 23))
def test_a_moment_lies_in_its_day_and_the_next_begins_after_it(time: int, zone: str, starts_at: int) -> None:
    day = day_of(time, zone, starts_at)
    assert start_of(day, zone, starts_at) <= time < next_day(time, zone, starts_at)
    assert next_day(time, zone, starts_at) == start_of(day + timedelta(days=1), zone, starts_at)
    assert day_of(next_day(time, zone, starts_at), zone, starts_at) > day


@settings(steady, max_examples=tries(200))
@given(time=moments, later=st.integers(0, 3 * DAY), zone=st.sampled_from(ZONES))
def test_days_never_go_back(time: int, later: int, zone: str) -> None:
    assert day_of(time, zone) <= day_of(time + later, zone)


@settings(steady, max_examples=tries(100))
@given(time=moments, zone=st.sampled_from(ZONES), starts_at=st.integers(0, 23), part=st.floats(0, 1))
@example(time=at("2025-03-30 02:30"), zone="Europe/Berlin", starts_at=4, part=1.0)
@example(time=at("2025-03-30 02:30"), zone="Pacific/Auckland", starts_at=0, part=0.0)
def test_a_day_is_the_same_for_as_long_as_is_said(time: int, zone: str, starts_at: int, part: float) -> None:
    number, since, until = day_around(time, zone, starts_at)
    assert since <= time < until
    between = since + int(part * (until - 1 - since))
    assert {day_number(each, zone, starts_at) for each in (since, time, between, until - 1)} == {number}


@settings(steady, max_examples=tries(100))
@given(time=st.integers(-(2**44), 2**45))
def test_moments_are_exact_to_the_millisecond(time: int) -> None:
    assert milliseconds(moment(time)) == time
    assert moment(time).tzinfo is UTC


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    there = datetime(2025, 6, 18, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    assert milliseconds(there) == NOON
    assert moment(NOON) == there


@pytest.mark.parametrize(
    "name",
    [
        "", "nowhere", "Europe/Atlantis", "../etc/passwd", "/etc/passwd", "Europe", "+99:99", "+24:00",
        "-25:00", "+2", "\x00", "\ud800", "tzdata.zi", "A" * 5000, "+02:00\n",
    ],
)  # fmt: skip
def test_a_zone_that_is_none_is_utc(name: str) -> None:
    assert zone_of(name) is UTC


@pytest.mark.parametrize(
    ("name", "minutes"), [("+02:00", 120), ("-02:00", -120), ("+0530", 330), ("-00:30", -30), ("+14:00", 840)]
)
def test_an_offset_is_a_zone(name: str, minutes: int) -> None:
    assert zone_of(name).utcoffset(None) == timedelta(minutes=minutes)


def test_days_begin_at_four_unless_told() -> None:
    assert DAY_STARTS_AT == 4
    late = at("2025-06-18 03:30")
    assert [day_of(late, "UTC", hour).day for hour in (0, 3, 4, 23)] == [18, 18, 17, 17]
    assert start_of(date(2025, 6, 18), "UTC") - start_of(date(2025, 6, 18), "UTC", 0) == 4 * 60 * MINUTE
