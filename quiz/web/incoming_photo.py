"""A photograph of cards on its way here, in numbered pieces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from quiz.web.limits import PHOTO_FRAMES, Rate
from quiz.web.protocol import NotUnderstood

NUMBER_BYTES: Final = 2
"""How many bytes of each piece are its number, the most significant first; the first piece is 0."""


class IncomingPhoto:
    """What one connection has sent of a photograph."""

    def __init__(self, passed: Callable[[], int]) -> None:
        """Measure how fast pieces come by a clock that tells milliseconds."""
        self._rate = Rate(passed)
        self._received = bytearray()
        self._pieces = 0
        self._size = 0
        """How many bytes are announced; 0 for none."""

    def announce(self, size: int) -> None:
        """Wait for a photograph of so many bytes."""
        self._received, self._pieces, self._size = bytearray(), 0, size

    def add(self, piece: bytes) -> bytes | None:
        """Take a piece, and return the photograph if it is the last one, else None.

        Raises NotUnderstood for a piece that is not the next one announced, or that comes too fast.
        """
        number, content = int.from_bytes(piece[:NUMBER_BYTES], "big"), piece[NUMBER_BYTES:]
        is_next = number == self._pieces and 0 < len(content) <= self._size - len(self._received)
        if not is_next or self._rate.is_too_fast(PHOTO_FRAMES):
            raise NotUnderstood("No such piece was announced.")
        self._received += content
        self._pieces += 1
        if len(self._received) < self._size:
            return None
        photo = bytes(self._received)
        self.announce(0)
        return photo
