"""How many days in a row something was done, with one free day a week."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

FREE_EVERY = 7
"""One day in this many may be left out without ending the streak."""


def streak(days: Collection[date], today: date) -> int:
    """Return the number of active days in the streak that is going on.

    A single day off is forgiven where the six days before it hold no other day off; it does not count
    itself. Today not being active yet never ends a streak, nor is it a day off.
    """
    active = set(days)
    day = today if today in active else today - timedelta(days=1)
    counted, last_off = 0, None
    while True:
        if day in active:
            counted += 1
        elif day - timedelta(days=1) in active and (last_off is None or (last_off - day).days >= FREE_EVERY):
            last_off = day
        else:
            return counted
        day -= timedelta(days=1)
