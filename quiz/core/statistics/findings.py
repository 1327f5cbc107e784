"""What figures show, each in one plain sentence to stand above its plot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from quiz.core.statistics.activity import Day, total_of
from quiz.core.statistics.forecast import Forecast
from quiz.core.text.phrases import count, day_name, past_day, per_cent

WEEK = 7
ENOUGH = 20
"""The fewest answers whose share is compared."""
NEARLY = 0.02
"""By how much two shares, 0 to 1, may differ to be called the same."""


def active_days_finding(days: Sequence[Day], today: date) -> str:
    """Say on how many days something was done; `days` are the active ones, oldest first."""
    if not days:
        return "Nothing was answered yet."
    first = days[0].day
    whole = (today - first).days + 1
    if len(days) == 1:
        return f"You studied for the first time {past_day(first, today)}."
    if len(days) >= whole - (days[-1].day < today):
        return f"You have studied every day since {first.day} {first:%B}."
    return f"You studied on {len(days)} of the last {count(whole, 'day')}."


def answers_finding(days: Sequence[Day]) -> str:
    """Say how many answers a day with any usually has, which share of all is right, and in how many days."""
    active = [day for day in days if day.attempts]
    if not active:
        return f"No answers in the last {count(len(days), 'day')}."
    usual = round(median(day.attempts for day in active))
    whole = sum(day.attempts for day in active)
    right = sum(day.score for day in active) / whole
    if whole == 1:
        return f"1 answer on one day of study, {per_cent(right)} right."
    said = "all right" if right == 1 else f"{per_cent(right)} right"
    if len(active) == 1:
        return f"{count(usual, 'answer')} on one day of study, {said}."
    return f"In {count(len(days), 'day')} about {count(usual, 'answer')} on a day of study, {said}."


def due_finding(told: Forecast) -> str:
    """Say what is due today, and on the busiest of the days to come."""
    later = told.days[1:]
    most = max(later, key=lambda day: day.items, default=None)
    if most is None or not most.items:
        if not told.today:
            return f"Nothing is due for {len(told.days)} days." if later else "Nothing is due today."
        after = f"in the {count(len(later), 'day')} after that" if told.later else "after that"
        return f"{told.today:,} due today, and nothing {after}."
    if told.today > most.items:
        return f"{told.today:,} due today; then {most.items:,} a day at most."
    today = f"{told.today:,} due today; most" if told.today else "Nothing is due today; most"
    return f"{today}, {most.items:,}, {day_name(most.day, told.days[0].day)}."


def by_week(days: Sequence[Day], weeks: int) -> list[float | None]:
    """Return the share that was right in each of the last weeks, oldest first; None without answers."""
    found: list[float | None] = []
    for back in range(weeks, 0, -1):
        end = len(days) - (back - 1) * WEEK
        part = days[max(0, end - WEEK) : max(0, end)]
        found.append(total_of(part, date.min).accuracy if part else None)
    return found


def recall_finding(days: Sequence[Day], today: date) -> str:
    """Say how the share that is right has changed within the last four weeks."""
    since = today - timedelta(weeks=4)
    now = total_of((day for day in days if day.day > since), today)
    before = total_of((day for day in days if day.day <= since), today)
    if now.accuracy is None:
        return "No answers in the last four weeks."
    if now.attempts < ENOUGH:
        return "Too few answers in four weeks to tell how well you recall."
    share = per_cent(now.accuracy)
    if before.accuracy is None or before.attempts < ENOUGH:
        return f"{share} of the answers of four weeks are right."
    then = per_cent(before.accuracy)
    if abs(now.accuracy - before.accuracy) < NEARLY:
        return f"{share} right in four weeks, as before."
    return f"{share} right in four weeks, {'up' if now.accuracy > before.accuracy else 'down'} from {then}."


def hours_finding(attempts: Sequence[int], scores: Sequence[float]) -> str:
    """Say in which three hours most is answered, and how well; both are by the hour, 0 to 23."""
    whole = sum(attempts)
    if whole < ENOUGH:
        return "Too few answers to tell when you study."
    first = max(range(24), key=lambda hour: sum(attempts[(hour + away) % 24] for away in range(3)))
    hours = [(first + away) % 24 for away in range(3)]
    answered = sum(attempts[hour] for hour in hours)
    right = sum(scores[hour] for hour in hours) / answered
    others = whole - answered
    said = f"Most answers come from {first}:00 to {(first + 3) % 24}:00, {per_cent(right)} right"
    if others < ENOUGH:
        return f"{said}."
    return f"{said}; {per_cent((sum(scores) - right * answered) / others)} at other hours."
