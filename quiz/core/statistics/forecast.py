"""How many items come back on each of the next days."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from quiz.core.scheduling.study_day import start_of

DAYS = 30
"""How many days the forecast covers, including today."""


class DueDay(msgspec.Struct, frozen=True):
    """How many items come back on a day."""

    day: date
    items: int


class Forecast(msgspec.Struct, frozen=True):
    """What is due in the next days."""

    overdue: int
    """How many of today's items were due on an earlier day."""
    days: tuple[DueDay, ...]
    """Today first; overdue items count for today."""
    later: int
    """How many items come back later."""

    @property
    def today(self) -> int:
        """How many items are due today, including overdue ones."""
        return self.days[0].items if self.days else 0


def forecast(dues: Iterable[int], today: date, zone: str, day_starts_at: int, days: int = DAYS) -> Forecast:
    """Count items by study day; `dues` are their due times, in milliseconds since 1970 UTC."""
    starts = [start_of(today + timedelta(days=away), zone, day_starts_at) for away in range(days + 1)]
    found = list(dues)
    overdue = sum(map(starts[0].__gt__, found))
    coming = sorted(due for due in found if starts[0] <= due < starts[-1])
    before = [bisect_left(coming, start) for start in starts]
    told = [overdue + before[1], *(after - until for until, after in pairwise(before[1:]))]
    return Forecast(
        overdue,
        tuple(DueDay(today + timedelta(days=away), items) for away, items in enumerate(told)),
        len(found) - overdue - len(coming),
    )
