"""Streaks: how many days in a row a learner was active, with one free day a week."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import msgspec

FREE_EVERY = 7
"""One inactive day in this many does not end the streak."""


class Streak(msgspec.Struct, frozen=True):
    """Active days in a row."""

    days: int
    free_day: date | None = None
    """The free day used within the last seven days; until it is a week ago there is no other."""

    @property
    def in_short(self) -> str:
        """Say how long it is; empty where there is none."""
        return f"{self.days}-day streak" if self.days else ""

    @property
    def in_words(self) -> str:
        """Say how long it is, and which day of the last week it forgave; empty where there is none."""
        return self.in_short + (f", {self.free_day:%A} was free" if self.days and self.free_day else "")


def streak(days: Collection[date], today: date) -> Streak:
    """Return the present streak.

    A single inactive day is forgiven, and not counted, if the six days before it hold no other. An inactive
    day that is today neither ends a streak nor uses the free day.
    """
    active = set(days)
    day = today if today in active else today - timedelta(days=1)
    counted = 0
    first_off: date | None = None
    last_off: date | None = None
    while True:
        if day in active:
            counted += 1
        elif day - timedelta(days=1) in active and (last_off is None or (last_off - day).days >= FREE_EVERY):
            last_off = day
            first_off = first_off or day
        else:
            is_recent = first_off is not None and (today - first_off).days < FREE_EVERY
            return Streak(counted, first_off if is_recent and counted else None)
        day -= timedelta(days=1)
