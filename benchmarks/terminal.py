"""How long a program takes, in a real terminal, until a text is on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

BLANK = """
from textual.app import App
from textual.widgets import Static
class Blank(App):
    def compose(self):
        yield Static("ready to begin")
Blank().run()
"""
LIMIT = 120.0
"""Seconds after which a text is not waited for any more."""
SETTLED_AFTER = 3.0
"""Seconds after which a screen is taken to be at rest, whatever it still writes."""


def as_installed(folder: str) -> dict[str, str]:
    """Return an environment in which bytecode is kept, as of any installed program, in a folder apart."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}


COLUMNS, ROWS = 100, 30


class Screen:
    """A program in a pty of that size."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self.begun = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **environment})
            os.execv(sys.executable, [sys.executable, *arguments])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.written = b""

    def seconds_until(self, text: str) -> float:
        """Return the seconds since the start, or since the last `press`, until a text is written."""
        wanted = text.encode()
        while wanted not in self.written:
            if time.perf_counter() - self.begun > LIMIT:
                raise TimeoutError(f"“{text}” never appeared.")
            ready, _, _ = select.select([self.fd], [], [], 0.5)
            if ready:
                self.written += os.read(self.fd, 65536)
        return time.perf_counter() - self.begun

    def settle(self, quiet: float = 0.15) -> None:
        """Wait until nothing was written for some seconds; not for long, since a cursor may blink."""
        end = time.perf_counter() + SETTLED_AFTER
        while time.perf_counter() < end and select.select([self.fd], [], [], quiet)[0]:
            self.written += os.read(self.fd, 65536)

    def press(self, keys: str) -> None:
        """Press keys and begin to count anew."""
        self.written = b""
        self.begun = time.perf_counter()
        os.write(self.fd, keys.encode())

    def memory_mb(self) -> float:
        """Return the program's proportional share of memory (PSS) in MB (Linux)."""
        with Path(f"/proc/{self.pid}/smaps_rollup").open(encoding="ascii") as file:
            kilobytes = next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        return kilobytes / 1024

    def end(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def start_seconds(arguments: Sequence[str], text: str, environment: Mapping[str, str]) -> float:
    """Start a program, wait for a text, end it, and return how long that took."""
    screen = Screen(arguments, environment)
    try:
        return screen.seconds_until(text)
    finally:
        screen.end()
