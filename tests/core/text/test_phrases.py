"""Times, spans and numbers in words."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.text.phrases import (
    clock,
    count,
    day_name,
    in_words,
    past_day,
    span,
    spent,
    whole_per_cent,
)
from tests.fakes import HOUR, MINUTE, SECOND
from tests.sampling import tries
from tests.strategies import steady

TODAY = date(2025, 6, 18)


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (0, "0:00"), (999, "0:00"), (41 * SECOND, "0:41"), (59_999, "0:59"), (MINUTE, "1:00"),
        (61 * SECOND, "1:01"),
        (HOUR - 1, "59:59"), (HOUR, "1:00:00"), (HOUR + 2 * MINUTE + 3 * SECOND, "1:02:03"),
        (30 * HOUR, "30:00:00"),
        (-5, "0:00"),
    ],
)  # fmt: skip
def test_a_duration_is_shown_as_on_a_clock(milliseconds: int, shown: str) -> None:
    assert clock(milliseconds) == shown


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        (timedelta(0), "1 min"), (timedelta(minutes=10), "10 min"),
        (timedelta(minutes=59, seconds=20), "59 min"),
        (timedelta(minutes=59, seconds=40), "1 h"), (timedelta(minutes=89), "1 h"),
        (timedelta(hours=15), "15 h"),
        (timedelta(hours=23, minutes=40), "1 d"), (timedelta(days=1), "1 d"), (timedelta(days=2.4), "2 d"),
        (timedelta(days=59), "59 d"), (timedelta(days=59.7), "2 mo"), (timedelta(days=91), "3 mo"),
        (timedelta(days=700), "23 mo"), (timedelta(days=729), "2.0 y"), (timedelta(days=1000), "2.7 y"),
        (timedelta(days=36_500), "99.9 y"),
    ],
)  # fmt: skip
def test_a_span_is_shown_roughly(time: timedelta, shown: str) -> None:
    assert span(time) == shown


@settings(steady, max_examples=tries(100))
@given(minutes=st.integers(1, 100 * 365 * 24 * 60))
def test_a_span_is_never_far_from_what_is_shown(minutes: int) -> None:
    number, unit = span(timedelta(minutes=minutes)).split()
    size = {"min": 1, "h": 60, "d": 1440, "mo": 1440 * 30.44, "y": 1440 * 365.25}[unit]
    assert abs(float(number) * size - minutes) <= size / 2 + 1
    assert re.fullmatch(r"\d{1,2}(\.\d)?|100\.0", number)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2025-06-01", "today"), ("2025-06-18", "today"), ("2025-06-19", "tomorrow"),
        ("2025-06-20", "in 2 days"),
        ("2025-08-16", "in 59 days"), ("2025-08-17", "on 17 August"), ("2027-01-01", "on 1 January 2027"),
    ],
)  # fmt: skip
def test_a_day_is_named_as_seen_from_today(day: str, shown: str) -> None:
    assert day_name(date.fromisoformat(day), TODAY) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2025-06-19", "today"), ("2025-06-17", "yesterday"), ("2025-04-20", "59 days ago"),
        ("2025-03-09", "on 9 March"), ("2024-12-31", "on 31 December 2024"),
    ],
)  # fmt: skip
def test_a_past_day_is_named_as_seen_from_today(day: str, shown: str) -> None:
    assert past_day(date.fromisoformat(day), TODAY) == shown


@pytest.mark.parametrize(
    ("number", "words", "shown"),
    [
        (0, ("item",), "0 items"), (1, ("item",), "1 item"), (2, ("item",), "2 items"),
        (1234, ("item",), "1,234 items"),
        (2, ("entry", "entries"), "2 entries"), (1, ("entry", "entries"), "1 entry"),
    ],
)  # fmt: skip
def test_a_number_takes_its_noun(number: int, words: tuple[str, ...], shown: str) -> None:
    assert count(number, *words) == shown


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (200, "3 h 20 min"), (640, "10 h"), (90_000, "1,500 h")],
)
def test_long_durations_are_rough(minutes: int, said: str) -> None:
    assert spent(minutes * 60_000 + 59_999) == said
    assert spent(-5) == "0 min"


def test_a_name_is_read_as_the_words_it_is_made_of() -> None:
    assert in_words("level-apply") == "Level apply"
    assert in_words("IUPAC_names") == "IUPAC names"
    assert in_words("-") == "-"


def test_only_nothing_is_0_per_cent_and_only_all_is_100() -> None:
    cases: list[tuple[float, int]] = [
        (0, 0),
        (0.001, 1),
        (0.014, 1),
        (0.016, 2),
        (0.5, 50),
        (0.999, 99),
        (1, 100),
        (0.986, 99),
    ]
    for share, whole in cases:
        assert whole_per_cent(share) == whole
