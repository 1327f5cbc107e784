"""Telling a key that is held down from one that is pressed again, so that nothing is skipped unread."""

from __future__ import annotations

from typing import Final

import msgspec

READ_MS: Final = 350
"""The shortest time that a verdict or a result is shown, in milliseconds."""
GLANCE_MS: Final = 200
"""The shortest time that the next item of a race is shown, in milliseconds."""
REPEAT_MS: Final = 150
"""Two presses this close together, in milliseconds, are one key held down."""
DELAY_MS: Final = 700
"""A key that is held down repeats within so many milliseconds; X11, as shipped, waits for 660."""


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


class HeldKeys:
    """Knows which of several keys have been held down since before something new appeared."""

    def __init__(self) -> None:
        self._shown_at = 0
        self._presses: dict[str, _Press] = {}

    def shown(self, now: int) -> None:
        """Note that something new is on the screen, in ms of any steady clock."""
        self._shown_at = now

    def is_from_before(self, key: str, now: int) -> bool:
        """Record the press of a key, and return whether it only repeats one from before the new thing.

        A terminal tells no release: what follows a press within its delay, or a repetition at the pace of
        repetitions, is the same press.
        """
        last = self._presses.get(key)
        is_repetition = last is not None and now - last.at < (REPEAT_MS if last.is_repetition else DELAY_MS)
        begun_at = last.begun_at if last is not None and is_repetition else now
        self._presses[key] = _Press(now, begun_at, is_repetition)
        return begun_at < self._shown_at


class _Press(msgspec.Struct, frozen=True):
    """What a terminal sent for a key."""

    at: int
    begun_at: int
    """When the key went down."""
    is_repetition: bool
