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


def due(*items: int, later: int = 0) -> Forecast:
    return Forecast(
        0, tuple(DueDay(TODAY + timedelta(days=away), number) for away, number in enumerate(items)), later
    )


def test_every_day_is_told_from_most_days() -> None:
    assert active_days_finding(days(1, 2, 3), TODAY) == "You have studied every day since 16 June."
    with_a_gap = [day for day in days(1, 0, 3, 4) if day.attempts]
    assert active_days_finding(with_a_gap, TODAY) == "You studied on 3 of the last 4 days."
    assert active_days_finding([], TODAY) == "Nothing was answered yet."


def test_a_day_that_has_only_begun_breaks_nothing() -> None:
    assert active_days_finding(days(1, 2, 3)[:-1], TODAY) == "You have studied every day since 16 June."


def test_a_single_day_is_told_as_the_first() -> None:
    assert active_days_finding(days(3), TODAY) == "You studied for the first time today."
    assert active_days_finding(days(3, 0)[:-1], TODAY) == "You studied for the first time yesterday."
    assert answers_finding(days(44, right=0.75)) == "44 answers on one day of study, 75 % right."


def test_a_usual_day_is_the_median_of_those_with_answers() -> None:
    assert (
        answers_finding(days(0, 4, 4, 100, 0, right=0.5))
        == "In 5 days about 4 answers on a day of study, 50 % right."
    )
    assert answers_finding(days(0, 0)) == "No answers in the last 2 days."
    assert "all right" in answers_finding(days(3))
    assert "99 % right" in answers_finding(days(1000, right=0.999))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (due(9, 2, 1), "9 due today; then 2 a day at most."),
        (due(1, 2, 7), "1 due today; most, 7, in 2 days."),
        (due(0, 5), "Nothing is due today; most, 5, tomorrow."),
        (due(3, 0, 0), "3 due today, and nothing after that."),
        (due(3, 0, 0, later=1), "3 due today, and nothing in the 2 days after that."),
        (due(0, 0), "Nothing is due for 2 days."),
        (due(0), "Nothing is due today."),
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
    assert recall_finding(days(0), TODAY) == "No answers in the last four weeks."
    assert recall_finding(days(*[2] * 60), TODAY) == "100 % right in four weeks, as before."


def test_the_busiest_three_hours_may_span_midnight() -> None:
    attempts, scores = [0] * 24, [0.0] * 24
    attempts[23], scores[23] = 30, 15.0
    attempts[1], scores[1] = 10, 10.0
    attempts[12], scores[12] = 20, 20.0
    said = "Most answers come from 23:00 to 2:00, 62 % right; 100 % at other hours."
    assert hours_finding(attempts, scores) == said
    assert hours_finding([0] * 24, [0.0] * 24) == "Too few answers to tell when you study."


def test_the_busiest_day_is_told_where_it_is_no_less_than_today() -> None:
    cases: list[tuple[Forecast, str]] = [
        (due(5, 5), "5 due today; most, 5, tomorrow."), (due(6, 5), "6 due today; then 5 a day at most."),
        (due(1200, 1100), "1,200 due today; then 1,100 a day at most."),
        (due(1000, 1500, 1500), "1,000 due today; most, 1,500, tomorrow."),
        (due(1234), "1,234 due today, and nothing after that."),
        (due(0, 1), "Nothing is due today; most, 1, tomorrow."),
    ]  # fmt: skip
    for told, sentence in cases:
        assert due_finding(told) == sentence


def test_the_last_week_of_several_may_be_a_part_and_one_without_days_is_none() -> None:
    assert by_week(days(*[1] * 8, right=0.5), 2) == [0.5, 0.5]
    assert by_week([*days(4, right=0.0), *days(*[2] * 7)], 2) == [0.0, 1.0]
    assert by_week([], 2) == [None, None]
    assert by_week(days(0, 0), 1) == [None]


def month(before: tuple[int, float], now: tuple[int, float]) -> list[Day]:
    """Return a day four weeks ago and one just after it, each with its answers and the share right."""
    since = TODAY - timedelta(weeks=4)
    return [
        Day(since, before[0], before[0] * before[1]),
        Day(since + timedelta(days=1), now[0], now[0] * now[1]),
    ]


def test_twenty_answers_are_enough_to_compare() -> None:
    cases: list[tuple[tuple[int, float], tuple[int, float], str]] = [
        ((20, 0.5), (20, 0.53), "53 % right in four weeks, up from 50 %."),
        ((20, 0.5), (20, 0.4), "40 % right in four weeks, down from 50 %."),
        ((20, 0.5), (20, 0.515), "52 % right in four weeks, as before."),
        ((19, 0.5), (20, 0.4), "40 % of the answers of four weeks are right."),
        ((0, 0), (20, 0.4), "40 % of the answers of four weeks are right."),
        ((20, 0.5), (19, 0.4), "Too few answers in four weeks to tell how well you recall."),
        ((20, 0.5), (0, 0), "No answers in the last four weeks."),
    ]  # fmt: skip
    for before, now, sentence in cases:
        assert recall_finding(month(before, now), TODAY) == sentence


def test_a_usual_day_between_two_is_rounded_and_one_answer_is_told_as_one() -> None:
    assert (
        answers_finding(days(2, 5, right=0.994)) == "In 2 days about 4 answers on a day of study, 99 % right."
    )
    assert answers_finding(days(1)) == "1 answer on one day of study, 100 % right."
    assert answers_finding(days(1, right=0.0)) == "1 answer on one day of study, 0 % right."
    assert answers_finding(days(0)) == "No answers in the last 1 day."


def hours(*told: tuple[int, int, float]) -> str:
    attempts, scores = [0] * 24, [0.0] * 24
    for hour, number, right in told:
        attempts[hour], scores[hour] = number, right
    return hours_finding(attempts, scores)


def test_the_busiest_three_hours() -> None:
    cases: list[tuple[list[tuple[int, int, float]], str]] = [
        ([(8, 19, 1.0)], "Too few answers to tell when you study."),
        ([(8, 20, 5.0)], "Most answers come from 6:00 to 9:00, 25 % right."),
        ([(8, 20, 5.0), (20, 19, 19.0)], "Most answers come from 6:00 to 9:00, 25 % right."),
        ([(8, 21, 21.0), (20, 20, 5.0)],
         "Most answers come from 6:00 to 9:00, 100 % right; 25 % at other hours."),
        ([(22, 30, 15.0), (23, 5, 5.0)], "Most answers come from 21:00 to 0:00, 57 % right."),
        ([(8, 10, 5.0), (9, 10, 5.0), (10, 10, 5.0), (12, 12, 12.0)],
         "Most answers come from 8:00 to 11:00, 50 % right."),
    ]  # fmt: skip
    for told, sentence in cases:
        assert hours(*told) == sentence


def test_only_all_of_it_is_100_per_cent() -> None:
    attempts = [300 if hour == 8 else 0 for hour in range(24)]
    assert "99 % right" in hours_finding(attempts, [float(count > 0) * 299.5 for count in attempts])
    assert "100 % right" in hours_finding(attempts, [float(count) for count in attempts])
