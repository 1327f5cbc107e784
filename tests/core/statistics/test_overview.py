"""The overview: days and banks put together."""

from __future__ import annotations

from datetime import date, timedelta

from quiz.core.statistics.activity import Day
from quiz.core.statistics.forecast import Forecast
from quiz.core.statistics.item_counts import ItemCounts
from quiz.core.statistics.overview import RECENT, overview

TODAY = date(2025, 6, 18)


def test_old_days_count_for_the_whole_and_not_for_the_calendar() -> None:
    long_ago = TODAY - timedelta(days=400)
    days = [Day(long_ago, 10, 5.0, 60_000), Day(TODAY, 2, 2.0, 4_000), Day(TODAY - timedelta(days=1), 0)]
    known = ItemCounts(items=4, known=1.0, learning=1.0, new=2)
    view = overview(
        learner="mina",
        today=TODAY,
        since=TODAY - timedelta(weeks=53),
        days=days,
        by_bank={"small": Day(TODAY, 2, 2.0, 4_000), "gone": Day(TODAY, 10, 5.0, 60_000)},
        forecast=Forecast(0, (), 0),
        banks={"small": "Small", "other": "Other"},
        knowledge={"small": known, "other": ItemCounts.untouched(3)},
    )
    assert [day.day for day in view.days] == [TODAY]
    assert view.total == Day(TODAY, 12, 7.0, 64_000)
    assert view.days_active == 2
    assert view.streak == 1
    assert len(view.recent) == RECENT
    assert view.recent[-1] == days[1]
    assert [(line.bank, line.attempts, line.accuracy) for line in view.banks] == [
        ("small", 2, 1.0), ("other", 0, None),
    ]  # fmt: skip
    assert view.banks[0].knowledge is known
