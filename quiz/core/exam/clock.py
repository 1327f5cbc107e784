"""The clock of an exam, which cannot be cheated by setting a clock or leaving the program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from quiz.core.events.model import Event
from quiz.core.text.phrases import clock, count

MINUTE_MS = 60_000
WARN_MS = (5 * MINUTE_MS, MINUTE_MS)
"""The times left, besides half of the limit, at which an announcement is made."""


SET_BACK_FROM_MS = MINUTE_MS
"""From this difference on, the wall clock is reported as having been set back."""


class ClockReading(NamedTuple):
    """The reading of the clock that is never set, taken when an event was recorded."""

    at: int
    """The time on the exam's clock, in milliseconds since 1970 UTC."""
    passed: int
    """Milliseconds since the computer started."""
    boot: str
    """The id of that start of the computer."""

    @property
    def body(self) -> dict[str, Any]:
        """The entries for an event's body."""
        return {"passed": self.passed, "boot": self.boot}

    @classmethod
    def of(cls, note: Event) -> ClockReading | None:
        """Return the reading in a note, or None."""
        passed, boot = note.body.get("passed"), note.body.get("boot")
        if not isinstance(passed, int) or not isinstance(boot, str) or not boot:
            return None
        return cls(note.at, passed, boot)


@dataclass(frozen=True)
class RunningClock:
    """The exam's clock while the program runs, in milliseconds since 1970 UTC.

    It follows whichever clock advances further: the wall clock, which goes on during a suspension, or the
    clock that is never set, which goes on while the program is closed. It never goes back. Daylight saving
    does not affect it.
    """

    begun_at: int
    """The time when the program took up the exam."""
    begun_passed: int
    """The reading of the clock that is never set at that moment."""
    at: int
    """The present time."""
    set_back_ms: int = 0
    """By how much the wall clock was set back before that, as far as can be told; 0 if under a minute."""

    @classmethod
    def begin(
        cls, wall: int, passed: int, latest: int, boot: str = "", reading: ClockReading | None = None
    ) -> RunningClock:
        """Take up an exam.

        `latest` is the time of its last event, before which it cannot be now. `reading` is the last recorded
        reading of the clock that is never set; it tells how long ago that was if the computer has not been
        restarted since.
        """
        expected = latest
        if reading is not None and reading.boot == boot:
            expected = max(latest, reading.at + passed - reading.passed)
        now, set_back_ms = max(wall, expected), expected - wall
        return cls(now, passed, now, set_back_ms if set_back_ms >= SET_BACK_FROM_MS else 0)

    def went_on(self, wall: int, passed: int) -> RunningClock:
        """Return the clock after reading both clocks again."""
        return replace(self, at=max(self.at, wall, self.begun_at + passed - self.begun_passed))


def announcement(limit_ms: int, before_ms: int, left_ms: int) -> str:
    """Return what to announce when the time left falls from `before_ms` to `left_ms`, usually nothing.

    Half of the limit, five minutes and one minute are announced once each; of several, only the latest.
    """
    if left_ms <= 0:
        return ""
    said = {limit_ms // 2: f"Half of the time is left: {clock(limit_ms // 2)}."}
    said |= {mark: f"{count(mark // MINUTE_MS, 'minute')} left." for mark in WARN_MS}
    crossed = [mark for mark in said if left_ms <= mark < before_ms]
    return said[min(crossed)] if crossed else ""
