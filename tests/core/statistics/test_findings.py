from __future__ import annotations

from datetime import date, timedelta

import pytest

from quiz.core.statistics.activity import Day
from quiz.core.statistics.findings import (
    active_days_finding,
    answers_finding,
    by_week,
    due_finding,
    hours_finding,
    recall_finding,
)
from quiz.core.statistics.forecast import DueDay, Forecast

TODAY = date(2025, 6, 18)


def days(*attempts: int, right: float = 1.0) -> list[Day]:
    """Return days up to today with so many answers each."""
    first = TODAY - timedelta(days=len(attempts) - 1)
    return [
        Day(first + timedelta(days=place), number, number * right) for place, number in enumerate(attempts)
    ]


def due(*items: int) -> Forecast:
    return Forecast(
        0, tuple(DueDay(TODAY + timedelta(days=away), number) for away, number in enumerate(items)), 0
    )


def test_every_day_is_told_from_most_days() -> None:
    assert active_days_finding(days(1, 2, 3), TODAY) == "You studied every day since 16 June."
    with_a_gap = [day for day in days(1, 0, 3, 4) if day.attempts]
    assert active_days_finding(with_a_gap, TODAY) == "You studied on 3 of the last 4 days."
    assert active_days_finding([], TODAY) == "Nothing was answered yet."


def test_a_day_that_has_only_begun_breaks_nothing() -> None:
    assert active_days_finding(days(1, 2, 3)[:-1], TODAY) == "You studied every day since 16 June."


def test_a_single_day_is_told_as_the_first() -> None:
    assert active_days_finding(days(3), TODAY) == "You studied for the first time today."
    assert active_days_finding(days(3, 0)[:-1], TODAY) == "You studied for the first time yesterday."
    assert answers_finding(days(44, right=0.75)) == "44 answers on one day of study, 75 % of them right."


def test_a_usual_day_is_the_median_of_those_with_answers() -> None:
    assert (
        answers_finding(days(0, 4, 4, 100, 0, right=0.5))
        == "About 4 answers on a day of study, 50 % of them right."
    )
    assert answers_finding(days(0, 0)) == "No answers in the last 2 days."
    assert "all of them right" in answers_finding(days(3))
    assert "99 % of them right" in answers_finding(days(1000, right=0.999))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (due(9, 2, 1), "9 due today; then 2 a day at most."),
        (due(1, 2, 7), "1 due today; most, 7, in 2 days."),
        (due(0, 5), "Nothing is due today; most, 5, tomorrow."),
        (due(3, 0, 0), "3 due today, and nothing after that."),
        (due(0, 0), "Nothing is due in the next 2 days."),
    ],
)
def test_todays_load_is_told_beside_the_busiest_day(told: Forecast, sentence: str) -> None:
    assert due_finding(told) == sentence


def test_weeks_end_today() -> None:
    shares = by_week([*days(*[2] * 7, right=0.5), *days(*[2] * 7)], 3)
    assert shares == [None, 0.5, 1.0]


def test_recall_is_compared_with_what_was_before() -> None:
    first = TODAY - timedelta(days=59)
    told = [Day(first + timedelta(days=n), 2, 2 * (0.5 if n < 32 else 0.9)) for n in range(60)]
    assert recall_finding(told, TODAY) == "90 % right in four weeks, up from 50 %."
    assert recall_finding(days(3), TODAY).startswith("Too few answers")
    assert recall_finding(days(*[2] * 60), TODAY) == "100 % right in four weeks, as before."


def test_the_busiest_three_hours_may_span_midnight() -> None:
    attempts, scores = [0] * 24, [0.0] * 24
    attempts[23], scores[23] = 30, 15.0
    attempts[1], scores[1] = 10, 10.0
    attempts[12], scores[12] = 20, 20.0
    said = "Most answers come from 23:00 to 2:00, 62 % right; 100 % at other hours."
    assert hours_finding(attempts, scores) == said
    assert hours_finding([0] * 24, [0.0] * 24) == "Too few answers to tell when you study."
