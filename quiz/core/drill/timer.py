"""A timer that can be stopped and continued, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Timer:
    """A measurement of elapsed time, in milliseconds."""

    spent_ms: int = 0
    """The time that had passed when it was last started or stopped."""
    since: int | None = None
    """When it was started; None while it is stopped."""

    @property
    def is_going(self) -> bool:
        """Whether time is running."""
        return self.since is not None

    def spent(self, at: int) -> int:
        """Return how much time has passed at a moment. A moment before its start adds nothing."""
        return self.spent_ms if self.since is None else self.spent_ms + max(0, at - self.since)

    def going(self, at: int) -> Timer:
        """Return the timer running from a moment on."""
        return Timer(self.spent(at), at)

    def stopped(self, at: int) -> Timer:
        """Return the timer stopped at a moment."""
        return Timer(self.spent(at))


STANDING = Timer()
"""A stopped timer at 0."""
