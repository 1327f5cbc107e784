"""A timer that can be stopped and set going, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Timer:
    """How long something has taken. All times are in milliseconds."""

    spent_ms: int = 0
    """What had passed when it was last set going or stopped."""
    since: int | None = None
    """When it was set going; None while it stands."""

    @property
    def is_going(self) -> bool:
        """Whether time is passing."""
        return self.since is not None

    def spent(self, at: int) -> int:
        """Return how much has passed at a moment. A moment before it was set going adds nothing."""
        return self.spent_ms if self.since is None else self.spent_ms + max(0, at - self.since)

    def going(self, at: int) -> Timer:
        """Return the timer set going from a moment on."""
        return Timer(self.spent(at), at)

    def stopped(self, at: int) -> Timer:
        """Return the timer standing at what it shows at a moment."""
        return Timer(self.spent(at))


STANDING = Timer()
"""A timer that shows nothing yet."""
