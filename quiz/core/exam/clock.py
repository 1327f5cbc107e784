"""The time of an exam: nothing that is done to a clock or to the program wins any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from quiz.core.events.model import Event
from quiz.core.text.phrases import clock, count

MINUTE_MS = 60_000
WARN_MS = (5 * MINUTE_MS, MINUTE_MS)
"""How much time is left, besides half of it, when that is announced."""


SET_BACK_FROM_MS = MINUTE_MS
"""From which difference on the wall clock is said to have been set back."""


class ClockReading(NamedTuple):
    """What the clock that is never set showed when something was put on record."""

    at: int
    """When, by the exam's clock, in milliseconds since 1970 UTC."""
    passed: int
    """Milliseconds since the computer started."""
    boot: str
    """Which start of which computer that was."""

    @property
    def body(self) -> dict[str, Any]:
        """What an event's body holds of it."""
        return {"passed": self.passed, "boot": self.boot}

    @classmethod
    def of(cls, note: Event) -> ClockReading | None:
        """Return what a note holds of it; None where it holds nothing."""
        passed, boot = note.body.get("passed"), note.body.get("boot")
        if not isinstance(passed, int) or not isinstance(boot, str) or not boot:
            return None
        return cls(note.at, passed, boot)


@dataclass(frozen=True)
class RunningClock:
    """The time of an exam while the program runs, in milliseconds since 1970 UTC.

    It follows whichever went further: the wall clock, which goes on through a suspension, or the clock that
    is never set, which goes on while the program is closed. It never goes back. Milliseconds since 1970 know
    no daylight saving.
    """

    begun_at: int
    """What time it was when the program took the exam up."""
    begun_passed: int
    """What the clock that is never set showed then."""
    at: int
    """What time it is."""
    set_back_ms: int = 0
    """By how much the wall clock was set back before that, as far as it can be told; under a minute is 0."""

    @classmethod
    def begin(
        cls, wall: int, passed: int, latest: int, boot: str = "", reading: ClockReading | None = None
    ) -> RunningClock:
        """Take an exam up.

        `latest` is when its last event was, before which it cannot be now; `reading` what was last recorded
        of the clock that is never set, which tells how long ago that was if the computer has not been started
        anew since.
        """
        expected = latest
        if reading is not None and reading.boot == boot:
            expected = max(latest, reading.at + passed - reading.passed)
        now, set_back_ms = max(wall, expected), expected - wall
        return cls(now, passed, now, set_back_ms if set_back_ms >= SET_BACK_FROM_MS else 0)

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
