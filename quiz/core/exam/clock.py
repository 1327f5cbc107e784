"""The time of an exam: nothing that is done to a clock or to the program wins any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quiz.core.text.phrases import clock, count

MINUTE_MS = 60_000
WARN_MS = (5 * MINUTE_MS, MINUTE_MS)
"""How much time is left, besides half of it, when that is announced."""


@dataclass(frozen=True)
class RunningClock:
    """The time of an exam while the program runs, in milliseconds since 1970 UTC.

    It follows whichever went further: the wall clock, which goes on through a suspension, or the clock that
    is never set. It never goes back. Milliseconds since 1970 know no daylight saving.
    """

    begun_at: int
    """What time it was when the program took the exam up."""
    begun_passed: int
    """What the clock that is never set showed then."""
    at: int
    """What time it is."""

    @classmethod
    def begin(cls, wall: int, passed: int, latest: int) -> RunningClock:
        """Take an exam up; `latest` is when its last event was, before which it cannot be now."""
        now = max(wall, latest)
        return cls(now, passed, now)

    def went_on(self, wall: int, passed: int) -> RunningClock:
        """Return the clock at another look at both clocks."""
        return replace(self, at=max(self.at, wall, self.begun_at + passed - self.begun_passed))


def announcement(limit_ms: int, before_ms: int, left_ms: int) -> str:
    """Return what to say when the time left falls from `before_ms` to `left_ms`; mostly nothing.

    Half of the limit, five minutes and one minute are announced, each once; of several only the latest.
    """
    if left_ms <= 0:
        return ""
    said = {limit_ms // 2: f"Half of the time is left: {clock(limit_ms // 2)}."}
    said |= {mark: f"{count(mark // MINUTE_MS, 'minute')} left." for mark in WARN_MS}
    crossed = [mark for mark in said if left_ms <= mark < before_ms]
    return said[min(crossed)] if crossed else ""
