"""A photograph of cards on its way here, in pieces."""

from __future__ import annotations

from collections.abc import Callable

from quiz.web.limits import PHOTO_FRAMES, Rate
from quiz.web.protocol import NotUnderstood


class IncomingPhoto:
    """What one connection has sent of a photograph."""

    def __init__(self, passed: Callable[[], int]) -> None:
        """Measure how fast pieces come by a clock that tells milliseconds."""
        self._rate = Rate(passed)
        self._received = bytearray()
        self._size = 0
        """How many bytes are announced; 0 for none."""

    def announce(self, size: int) -> None:
        """Wait for a photograph of so many bytes."""
        self._received, self._size = bytearray(), size

    def add(self, piece: bytes) -> bytes | None:
        """Take a piece, and return the photograph if it is the last one, else None.

        Raises NotUnderstood for a piece that was not announced, that is empty, or that comes too fast.
        """
        if not piece or len(self._received) + len(piece) > self._size or self._rate.is_too_fast(PHOTO_FRAMES):
            raise NotUnderstood("No such piece was announced.")
        self._received += piece
        if len(self._received) < self._size:
            return None
        photo = bytes(self._received)
        self.announce(0)
        return photo
