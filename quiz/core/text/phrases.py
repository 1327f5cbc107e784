"""Times, spans and numbers in words that can be read at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta


def clock(milliseconds: int) -> str:
    """Return a duration in minutes and seconds, such as 0:41, or 1:02:03 from an hour on."""
    seconds = max(0, milliseconds) // 1000
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def span(time: timedelta) -> str:
    """Return an approximate span, such as 10 min, 2 d, 3 mo."""
    minutes = time.total_seconds() / 60
    for limit, size, unit in (
        (60, 1, "min"),
        (60 * 24, 60, "h"),
        (60 * 24 * 60, 60 * 24, "d"),
        (60 * 24 * 730, 60 * 24 * 30.44, "mo"),
    ):
        number = max(1, round(minutes / size))
        if number * size < limit:
            return f"{number} {unit}"
    return f"{minutes / (60 * 24 * 365.25):.1f} y"


def spent(milliseconds: int) -> str:
    """Return an approximate duration, such as 12 min or 3 h 20 min; from ten hours on, only hours."""
    minutes = max(0, milliseconds) // 60_000
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours:,} h"


def day_name(day: date, today: date) -> str:
    """Return a day relative to today: today, tomorrow, in 5 days, or its date."""
    away = (day - today).days
    if away <= 0:
        return "today"
    if away == 1:
        return "tomorrow"
    return f"in {away} days" if away < 60 else f"on {_date(day, today)}"


def past_day(day: date, today: date) -> str:
    """Return a day that has come as seen from today: today, yesterday, 5 days ago, or its date."""
    ago = (today - day).days
    if ago <= 0:
        return "today"
    if ago == 1:
        return "yesterday"
    return f"{ago} days ago" if ago < 60 else f"on {_date(day, today)}"


def _date(day: date, today: date) -> str:
    """Return a date as 9 March, with its year where that is not the present one."""
    return f"{day.day} {day:%B}" + (f" {day.year}" if day.year != today.year else "")


def whole_per_cent(share: float) -> int:
    """Return a share from 0 to 1 in whole per cent: only nothing is 0, and only all is 100."""
    whole = round(share * 100)
    return min(max(whole, 1), 99) if 0 < share < 1 else whole


def per_cent(share: float) -> str:
    """Return a share from 0 to 1 as “82 %”, rounded as by `whole_per_cent`."""
    return f"{whole_per_cent(share)} %"


def in_words(name: str) -> str:
    """Return an identifier as words: “single-choice” becomes “Single choice”."""
    words = name.replace("-", " ").replace("_", " ").strip() or name
    return f"{words[:1].upper()}{words[1:]}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: 1 item, 2 items."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_a_row(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: one, two and three."""
    if len(names) < 2:
        return "".join(names)
    sign = "; " if any("," in name for name in names) else ", "
    return f"{sign.join(names[:-1])} and {names[-1]}"


def only_or_count(names: Sequence[str], one: str, many: str | None = None) -> str:
    """Return the only name there is, or else how many there are."""
    return names[0] if len(names) == 1 else count(len(names), one, many)
