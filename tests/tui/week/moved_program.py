"""The real program at another time, which goes on with each key; run as a module in a terminal.

Two keys that no keyboard has are for whoever plays: `GO_ON` lets a second pass; to `REST` the program writes
`AT_REST` once it has done and drawn all that the keys before it asked for.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any, Final

from textual._context import active_app
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

from quiz.cli.main import main
from quiz.clock import SystemClock
from tests.rest import settle

AT: Final = "WEEK_AT"
"""The environment variable with the time at which the program starts, in ms since 1970 UTC."""
GO_ON: Final = "\x1b[57382u"
REST: Final = "\x1b[57383u"
AT_REST: Final = b"\x1b]777;at rest\x07"
KEY_MS: Final = 250
"""How long each key takes, in ms."""
SECOND: Final = 1000


class MovedClock:
    """The time of the program: it goes on only with the keys."""

    def __init__(self, at: int) -> None:
        self.at = at

    def take_over(self) -> None:
        """Let quiz take its time from here."""
        SystemClock.now = lambda _: self.at  # type: ignore[method-assign]
        SystemClock.passed = lambda _: self.at  # type: ignore[method-assign]

    def listen(self) -> None:
        """Go on with each key that the terminal sends, and answer the two that are not for the app."""
        process = LinuxDriver.process_message

        def heard(driver: LinuxDriver, message: Message) -> None:
            key = message.key if isinstance(message, Key) else ""
            if key == "f19":
                self.at += SECOND
            elif key == "f20":
                asyncio.run_coroutine_threadsafe(say_at_rest(driver), driver._loop)
            else:
                self.at += KEY_MS if key else 0
                process(driver, message)

        LinuxDriver.process_message = heard  # type: ignore[method-assign]


async def say_at_rest(driver: Any) -> None:
    """Tell the terminal once the app has done and drawn everything."""
    active_app.set(driver._app)
    await settle(driver._app)
    driver.write(AT_REST.decode())


if __name__ == "__main__":
    clock = MovedClock(int(os.environ[AT]))
    clock.take_over()
    clock.listen()
    sys.exit(main())
