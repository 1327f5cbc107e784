"""Study days, which begin some hours after midnight for those who study late."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_STARTS_AT = 4
"""The default local hour at which a study day begins."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """Return the time zone of an IANA name or an offset such as +02:00, or UTC for anything else."""
    offset = _OFFSET.fullmatch(name)
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


@lru_cache(maxsize=4096)
def day_of(at_ms: int, zone: str, starts_at: int = DAY_STARTS_AT) -> date:
    """Return the study day of a time: the local date, where hours before `starts_at` belong to the day
    before."""
    local = moment(at_ms).astimezone(zone_of(zone))
    return local.date() - timedelta(days=local.hour < starts_at)


def start_of(day: date, zone: str, starts_at: int = DAY_STARTS_AT) -> int:
    """Return when a study day begins, in milliseconds since 1970 UTC."""
    return milliseconds(datetime.combine(day, time(starts_at), zone_of(zone)).astimezone(UTC))


def next_day(at_ms: int, zone: str, starts_at: int = DAY_STARTS_AT) -> int:
    """Return when the study day after the one of `at_ms` begins, in milliseconds since 1970 UTC."""
    return start_of(day_of(at_ms, zone, starts_at) + timedelta(days=1), zone, starts_at)
