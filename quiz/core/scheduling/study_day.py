"""Study days, which begin some hours after midnight for those who study late."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_STARTS_AT = 4
"""The default local hour at which a study day begins."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = _EPOCH.toordinal()
_AN_HOUR, _A_DAY = 3_600_000, 86_400_000


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """Return the time zone of an IANA name or an offset such as +02:00, or UTC for anything else."""
    offset = re.fullmatch(r"([+-])(\d{2}):?(\d{2})", name) if name.startswith(("+", "-")) else None
    try:
        if offset:
            span = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
            return timezone(-span if offset[1] == "-" else span)
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def moment(at_ms: int) -> datetime:
    """Return a time in milliseconds since 1970 as a datetime in UTC."""
    return _EPOCH + timedelta(milliseconds=at_ms)


def milliseconds(when: datetime) -> int:
    """Return a datetime in whole milliseconds since 1970 UTC."""
    return (when - _EPOCH) // timedelta(milliseconds=1)


def day_of(at_ms: int, zone: str, starts_at: int = DAY_STARTS_AT) -> date:
    """Return the study day of a time: the local date, where hours before `starts_at` belong to the day
    before."""
    return date_of(day_number(at_ms, zone, starts_at))


def date_of(number: int) -> date:
    """Return a day by the number of days since 1 January 1970."""
    return date.fromordinal(_FIRST_DAY + number)


def day_number(at_ms: int, zone: str, starts_at: int = DAY_STARTS_AT) -> int:
    """Return the study day of a time as the number of days since 1 January 1970."""
    offset = _offset_throughout(at_ms // _A_DAY, zone)
    if offset is None:
        offset = _offset(at_ms, zone)
    return (at_ms + offset - starts_at * _AN_HOUR) // _A_DAY


def day_around(at_ms: int, zone: str, starts_at: int = DAY_STARTS_AT) -> tuple[int, int, int]:
    """Return the number of a time's study day, and from when and until when, exclusively, it is the same one.

    The day may go on before and after that.
    """
    number, day = day_number(at_ms, zone, starts_at), at_ms // _A_DAY
    offset = _offset_throughout(day, zone)
    if offset is None:
        return number, at_ms, at_ms + 1
    begins = number * _A_DAY - offset + starts_at * _AN_HOUR, day * _A_DAY
    return number, max(begins), min(begins) + _A_DAY


@lru_cache(maxsize=8192)
def _offset_throughout(day: int, zone: str) -> int | None:
    """Return a zone's offset on a day of UTC, or None if it changes then. No zone changes twice in a day."""
    first, last = _offset(day * _A_DAY, zone), _offset((day + 1) * _A_DAY - 1, zone)
    return first if first == last else None


def _offset(at_ms: int, zone: str) -> int:
    return (moment(at_ms).astimezone(zone_of(zone)).utcoffset() or timedelta()) // timedelta(milliseconds=1)


def start_of(day: date, zone: str, starts_at: int = DAY_STARTS_AT) -> int:
    """Return when a study day begins, in milliseconds since 1970 UTC."""
    return milliseconds(datetime.combine(day, time(starts_at), zone_of(zone)).astimezone(UTC))


def next_day(at_ms: int, zone: str, starts_at: int = DAY_STARTS_AT) -> int:
    """Return when the study day after the one of `at_ms` begins, in milliseconds since 1970 UTC."""
    return start_of(day_of(at_ms, zone, starts_at) + timedelta(days=1), zone, starts_at)
