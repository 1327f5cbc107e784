"""Clocks that are passed to whatever needs the time."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol


class Clock(Protocol):
    """A source of the time of day, of elapsed time and of the local time zone."""

    def now(self) -> int:
        """Return milliseconds since 1970 UTC by the wall clock, which may be set."""
        ...

    def passed(self) -> int:
        """Return milliseconds on a clock that is never set, counted from an arbitrary moment."""
        ...

    def boot(self) -> str:
        """Return an id of the computer start that `passed` counts from, or an empty text."""
        ...

    def zone(self) -> str:
        """Return the local time zone: an IANA name, or an offset such as +02:00."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> int:
        """Return milliseconds since 1970 UTC by the wall clock."""
        return time.time_ns() // 1_000_000

    def passed(self) -> int:
        """Return milliseconds since the computer started, time asleep included where the system counts it."""
        source = getattr(time, "CLOCK_BOOTTIME", None)
        nanoseconds = time.clock_gettime_ns(source) if source is not None else time.monotonic_ns()
        return nanoseconds // 1_000_000

    def boot(self) -> str:
        """Return a shortened form of Linux's boot id, or an empty text on other systems."""
        import platform

        try:
            with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:  # noqa: PTH123
                return file.read(8)
        except (OSError, ValueError):
            return platform.node()

    def zone(self) -> str:
        """Return the IANA name of the local time zone, or the present offset where the name is unknown."""
        name = _zone_by_name() if "TZ" in os.environ else _zone_by_link()
        name = name or _zone_by_library()
        if name:
            return name
        offset = time.localtime().tm_gmtoff
        hours, minutes = divmod(abs(offset) // 60, 60)
        return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"


def _zone_by_name() -> str | None:
    """Return the zone that TZ names as a region and a place, or UTC. None for all else that TZ may say."""
    from zoneinfo import ZoneInfo

    name = os.environ["TZ"].removeprefix(":")
    if name == "UTC":
        return name
    try:
        return ZoneInfo(name).key if "/" in name else None
    except (KeyError, ValueError, OSError):
        return None


def _zone_by_link() -> str | None:
    """Return the zone that /etc/localtime links to, which is quick to read. None if it is no such link."""
    try:
        return _zone_of(os.readlink("/etc/localtime"))  # noqa: PTH115
    except OSError:
        return None


@cache
def _zone_of(target: str) -> str | None:
    """Return the zone that a link in /etc leads to, by way of others perhaps. None if it leads to no zone."""
    file = os.path.realpath(os.path.join("/etc", target))  # noqa: PTH118
    _, found, name = file.partition("/zoneinfo/")
    return name.removeprefix("posix/") if found else None


def _zone_by_library() -> str | None:
    """Return the zone that the system names. None if its time is another: TZ may be a rule without a name."""
    from zoneinfo import ZoneInfo

    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name()
        offset = datetime.now(ZoneInfo(name)).utcoffset() if name and name != "local" else None
    except (LookupError, ValueError, OSError):
        return None
    return name if offset == timedelta(seconds=time.localtime().tm_gmtoff) else None
