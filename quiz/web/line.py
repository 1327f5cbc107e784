"""One browser's connection: what waits to be sent to it, and what it may send."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any, Final

import msgspec

from quiz.web.incoming_photo import IncomingPhoto
from quiz.web.limits import Rate

if TYPE_CHECKING:
    from collections.abc import Callable

    from websockets.asyncio.server import ServerConnection

SLOWEST: Final = 10.0
"""Seconds after which a browser that does not take a frame is given up."""
MOST_WAITING: Final = 100
"""How many short messages may wait for a browser; more means that it reads none."""


class Line:
    """A connection that always gets the newest state and never an older one."""

    def __init__(
        self, socket: ServerConnection, address: str, passed: Callable[[], int], *, is_wall: bool
    ) -> None:
        self.socket = socket
        self.address = address
        self.is_wall = is_wall
        self.number = 0
        """Its place in the room; 0 before it joined."""
        self.rate = Rate(passed)
        self.photo = IncomingPhoto(passed)
        self._messages: deque[bytes] = deque()
        self._is_awake = asyncio.Event()
        self._sent = b""

    def tell(self, kind: str, **told: Any) -> None:
        """Send a short message before the next state."""
        if len(self._messages) >= MOST_WAITING:
            self.drop()
            return
        self._messages.append(msgspec.json.encode({"t": kind, **told}))
        self._is_awake.set()

    def wake(self) -> None:
        """Send the newest state, if it is another than the last one sent."""
        self._is_awake.set()

    def forget_sent(self) -> None:
        """Send the newest state even if it is the last one sent."""
        self._sent = b""

    def drop(self) -> None:
        """Cut the connection without waiting for the other side."""
        self.socket.transport.abort()

    async def send_all(self, newest: Callable[[Line], tuple[bytes, bytes] | None]) -> None:
        """Send what there is to send, until the connection ends.

        `newest` returns what tells one state from another, and the frame; or None for nothing.
        """
        while True:
            await self._is_awake.wait()
            self._is_awake.clear()
            while self._messages:
                await self._send(self._messages.popleft())
            found = newest(self)
            if found is not None and found[0] != self._sent:
                self._sent = found[0]
                await self._send(found[1])

    async def _send(self, frame: bytes) -> None:
        try:
            async with asyncio.timeout(SLOWEST):
                await self.socket.send(frame, text=True)
        except TimeoutError:
            self.drop()
