"""Days off and easy days, as the settings give them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final, Literal, TypeAlias, get_args

Weekday: TypeAlias = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

WEEKDAYS: Final[tuple[str, ...]] = get_args(Weekday)
HALF = 0.5
"""The share of a usual day's work on an easy day."""
LONGEST = 366
"""The longest span that one entry of `holidays` may cover, in days."""


def days_of(written: str) -> list[date]:
    """Return the days of a date such as 2026-12-24 or a span such as 2026-12-24..2027-01-02.

    Raises ValueError for what is neither, or spans more than a year.
    """
    first, dots, last = written.partition("..")
    begin = date.fromisoformat(first.strip())
    end = date.fromisoformat(last.strip()) if dots else begin
    if not 0 <= (end - begin).days < LONGEST:
        raise ValueError(f"{written} is not a span of up to a year.")
    return [begin + timedelta(days=passed) for passed in range((end - begin).days + 1)]


def days_off(easy: Iterable[str], free: Iterable[str], holidays: Iterable[str]) -> dict[str, Any]:
    """Return the days off as a schedule takes them, or an empty dictionary."""
    easy, free = frozenset(easy), frozenset(free)
    shares = [0.0 if day in free else HALF if day in easy else 1.0 for day in WEEKDAYS]
    dates = sorted({day.isoformat() for written in holidays for day in days_of(written)})
    return {**({"weekdays": shares} if easy or free else {}), **({"holidays": dates} if dates else {})}


def first_that_is_no_date(holidays: Iterable[str]) -> str | None:
    """Return the first entry that is neither a date nor a span of dates, or None."""
    for written in holidays:
        try:
            days_of(written)
        except ValueError:
            return written
    return None
