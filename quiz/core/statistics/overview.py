"""An overview of a learner's record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from quiz.core.statistics.activity import Day, last_days, together, total_of
from quiz.core.statistics.forecast import Forecast
from quiz.core.statistics.item_counts import ItemCounts
from quiz.core.statistics.streak import streak

RECENT = 90
"""How many of the last days are listed one by one."""


class BankKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """A bank as a row of the overview."""

    bank: str
    title: str
    knowledge: ItemCounts
    attempts: int = 0
    accuracy: float | None = None
    """The mean score of all attempts, 0 to 1; None without attempts."""
    duration_ms: int = 0
    """The total time for answers."""


class LearnerOverview(msgspec.Struct, frozen=True, kw_only=True):
    """An overview of a learner's record."""

    learner: str
    """The learner's name."""
    today: date
    streak: int
    """How many days in a row the learner was active."""
    days: tuple[Day, ...]
    """All active days of the last year, oldest first."""
    recent: tuple[Day, ...]
    """The last 90 days, today last, including inactive ones."""
    total: Day
    """The sum of all days on record."""
    days_active: int
    """On how many days the learner was active."""
    forecast: Forecast
    banks: tuple[BankKnowledge, ...]

    @property
    def by_day(self) -> dict[date, Day]:
        """The active days of the last year, by date."""
        return {day.day: day for day in self.days}


def overview(
    *,
    learner: str,
    today: date,
    since: date,
    days: Iterable[Day],
    by_bank: Mapping[str, Day],
    forecast: Forecast,
    banks: Mapping[str, str],
    knowledge: Mapping[str, ItemCounts],
) -> LearnerOverview:
    """Assemble the overview of a learner.

    `days` and `by_bank` are the learner's activity per day and per bank; `banks` are the titles of the known
    banks. Activity at other banks counts for the days only.
    """
    by_day = together(days)
    active = {day: done for day, done in by_day.items() if done.attempts}
    return LearnerOverview(
        learner=learner,
        today=today,
        streak=streak(active, today).days,
        days=tuple(done for day, done in active.items() if day >= since),
        recent=last_days(by_day, today, RECENT),
        total=total_of(by_day.values(), today),
        days_active=len(active),
        forecast=forecast,
        banks=tuple(
            _bank_line(bank, title, knowledge[bank], by_bank.get(bank, Day(today)))
            for bank, title in banks.items()
        ),
    )


def _bank_line(bank: str, title: str, known: ItemCounts, total: Day) -> BankKnowledge:
    return BankKnowledge(
        bank=bank,
        title=title,
        knowledge=known,
        attempts=total.attempts,
        accuracy=total.accuracy,
        duration_ms=total.duration_ms,
    )
