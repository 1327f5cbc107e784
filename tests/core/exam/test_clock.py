"""An exam's clock: nothing done to a clock or to the program wins time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.events.model import Event, EventKind
from quiz.core.exam.clock import ClockReading, RunningClock, announcement
from tests.fakes import HOUR, MINUTE, NOON, SECOND


def test_it_goes_on_with_the_clock_that_is_never_set() -> None:
    clock = RunningClock.begin(NOON, 500, NOON)
    assert clock.went_on(NOON, 500 + MINUTE).at == NOON + MINUTE


def test_a_clock_set_back_wins_nothing() -> None:
    clock = RunningClock.begin(NOON, 0, NOON)
    assert clock.went_on(NOON - HOUR, MINUTE).at == NOON + MINUTE


def test_a_suspension_that_the_other_clock_slept_through_counts() -> None:
    clock = RunningClock.begin(NOON, 0, NOON)
    assert clock.went_on(NOON + HOUR, SECOND).at == NOON + HOUR


def test_taken_up_again_it_is_no_earlier_than_the_last_event() -> None:
    assert RunningClock.begin(NOON - HOUR, 0, NOON).at == NOON


@given(st.lists(st.tuples(st.integers(-HOUR, HOUR), st.integers(0, MINUTE)), max_size=30))
def test_it_never_goes_back_and_never_falls_behind_either_clock(looks: list[tuple[int, int]]) -> None:
    clock = RunningClock.begin(NOON, 0, NOON)
    wall, passed = NOON, 0
    for set_by, later in looks:
        wall, passed = wall + set_by, passed + later
        before, clock = clock, clock.went_on(wall, passed)
        assert clock.at >= max(before.at, wall, NOON + passed)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (30, {15: "Half of the time is left: 15:00.", 5: "5 minutes left.", 1: "1 minute left."}),
        (6, {3: "Half of the time is left: 3:00.", 5: "5 minutes left.", 1: "1 minute left."}),
        (4, {2: "Half of the time is left: 2:00.", 1: "1 minute left."}),
        (10, {5: "5 minutes left.", 1: "1 minute left."}),
    ],
)
def test_half_five_minutes_and_one_minute_are_announced(limit: int, expected: dict[int, str]) -> None:
    said = {}
    for second in range(limit * 60):
        before = (limit * 60 - second) * SECOND
        words = announcement(limit * MINUTE, before, before - SECOND)
        if words:
            said[(before - SECOND) // MINUTE] = words
    assert said == expected


def test_a_minute_has_only_its_half_announced() -> None:
    marks = [announcement(MINUTE, left * SECOND, (left - 1) * SECOND) for left in range(60, 0, -1)]
    assert [mark for mark in marks if mark] == ["Half of the time is left: 0:30."]


def test_of_several_only_the_latest_is_announced() -> None:
    assert announcement(30 * MINUTE, 20 * MINUTE, 30 * SECOND) == "1 minute left."


def test_nothing_is_announced_once_time_is_over() -> None:
    assert announcement(30 * MINUTE, 20 * MINUTE, 0) == ""
    assert announcement(30 * MINUTE, 20 * MINUTE, 1) == "1 minute left."


BOOTED = {"passed": 5000, "boot": "b1"}


def note(**body: object) -> Event:
    return Event(n=1, kind=EventKind.NOTE, at=NOON, body=body)


def test_a_reading_is_taken_from_a_note_that_holds_one() -> None:
    reading = ClockReading.of(note(**BOOTED))
    assert reading == (NOON, 5000, "b1")
    assert reading is not None
    assert reading.body == BOOTED
    for body in ({}, {"passed": 1}, {"boot": "b1"}, {"passed": 1, "boot": ""}, {"passed": "1", "boot": "b1"}):
        assert ClockReading.of(note(**body)) is None


def test_how_long_an_exam_was_left_is_told_by_the_clock_that_is_never_set() -> None:
    cases: list[tuple[int, int, str, int, int]] = [
        (NOON, 5000, "b1", NOON, 0), (NOON - HOUR, 5000 + MINUTE, "b1", NOON + MINUTE, HOUR + MINUTE),
        (NOON - HOUR, 5000 + MINUTE, "b2", NOON, HOUR), (NOON - MINUTE, 5000, "b1", NOON, MINUTE),
        (NOON - MINUTE + 1, 5000, "b1", NOON, 0), (NOON + HOUR, 5000, "b1", NOON + HOUR, 0),
    ]  # fmt: skip
    for wall, passed, boot, at, set_back in cases:
        clock = RunningClock.begin(wall, passed, NOON, boot, ClockReading(NOON, 5000, "b1"))
        assert (clock.at, clock.begun_at, clock.begun_passed, clock.set_back_ms) == (at, at, passed, set_back)
