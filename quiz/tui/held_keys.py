"""Telling a key that is held down from one that is pressed again, so that nothing is skipped unread."""

from __future__ import annotations

from typing import Final

READ_MS: Final = 350
"""The shortest time that a verdict or a result is shown, in milliseconds."""
GLANCE_MS: Final = 200
"""The shortest time that the next item of a race is shown, in milliseconds."""
REPEAT_MS: Final = 150
"""Two presses this close together, in milliseconds, are one key held down."""


class HeldKeyGuard:
    """Knows when something new appeared and when a key was last pressed, in ms of any steady clock."""

    def __init__(self, least_ms: int = READ_MS) -> None:
        self._least_ms = least_ms
        self._shown_at = -least_ms
        self._pressed_at = -REPEAT_MS

    def shown(self, now: int) -> None:
        """Note that something new is on the screen."""
        self._shown_at = now

    def is_unread(self, now: int) -> bool:
        """Return whether the screen changed so recently that a key was meant for what was there before."""
        return now - self._shown_at < self._least_ms

    def is_repeat(self, now: int) -> bool:
        """Record a key press, and return whether the key is being held down."""
        was_pressed_at, self._pressed_at = self._pressed_at, now
        return now - was_pressed_at < REPEAT_MS

    def released(self) -> None:
        """Note that another key was pressed, so that the first one is no longer held down."""
        self._pressed_at = -REPEAT_MS
