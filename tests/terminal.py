"""The real program in a real terminal: a pty, and pyte to read what is on its screen."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from tests.programs import SCREENS, Started, start

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "backspace": "\x7f",
    "ctrl+c": "\x03",
    "ctrl+q": "\x11",
    "f5": "\x1b[15~",
}
PATIENCE = 30.0
"""How many seconds a slow machine may take before a test gives up."""


SIZE = {"COLUMNS", "LINES"}
"""What a test runner may set; the pty knows better."""


class Executed:
    """A program that was started with a terminal of its own."""

    def __init__(self, command: Sequence[str], terminal: int, environment: dict[str, str]) -> None:
        def lead() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # a test runner may ignore it

        self._process = subprocess.Popen(
            command,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=environment,
            start_new_session=True,
            preexec_fn=lead,  # noqa: PLW1509
        )
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal, None while the program goes on."""
        return self._process.poll()

    def end(self, how: signal.Signals) -> int:
        """End the program by a signal and return its exit code."""
        self._process.send_signal(how)
        return self._process.wait()


class Screen(pyte.Screen):
    """A screen that passes over what only some terminals know."""

    def select_graphic_rendition(self, *attributes: int, private: bool = False) -> None:
        """Set colours and styles, unless the sequence asks for a terminal's own modes of keys."""
        if not private:
            super().select_graphic_rendition(*attributes)


class Terminal:
    """A program in a pty of some size; what it writes is read into a screen and kept as bytes."""

    def __init__(
        self,
        arguments: Sequence[str] = (),
        *,
        home: Path,
        size: tuple[int, int] = (80, 24),
        environment: dict[str, str] | None = None,
        program: Sequence[str] = (),
    ) -> None:
        """Run quiz with some arguments, or another program."""
        self.columns, self.rows = size
        self.screen = Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""
        self._drawn = 0
        self._text = ""
        told = {
            **{name: value for name, value in os.environ.items() if name not in SIZE},
            "QUIZ_HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            **(environment or {}),
        }
        self._fd, its_end = os.openpty()
        self.resize(*size)
        ends = (its_end, its_end, its_end)
        self._run: Started | Executed
        if program:
            self._run = Executed([*program, *arguments], its_end, told)
        else:
            self._run = start(arguments, ends, environment=told, imports=SCREENS, is_leader=True)
        os.close(its_end)
        self.pid = self._run.pid
        self.status: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        if self._fd >= 0:
            os.close(self._fd)

    def resize(self, columns: int, rows: int) -> None:
        """Change the terminal's size, as a person who drags its corner."""
        self._draw()
        self.columns, self.rows = columns, rows
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)
        self._text = ""

    def press(self, *keys: str) -> None:
        """Press keys by their names, or type text."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode())

    @property
    def text(self) -> str:
        """What is on the screen now."""
        if self._draw() or not self._text:
            self._text = "\n".join(line.rstrip() for line in self.screen.display)
        return self._text

    def read(self, seconds: float) -> None:
        """Take in what the program writes within some time."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if ready:
            try:
                chunk = os.read(self._fd, 65536)
            except OSError:  # the program is gone
                chunk = b""
            self.written += chunk

    def _draw(self) -> bool:
        """Put what was written since onto the screen; say whether there was any. Nothing costs more."""
        end = len(self.written)
        for begun in (b"\x1b[", b"\x1b"):  # the rest of it is still to come
            end -= len(begun) if self.written.endswith(begun) else 0
        since, self._drawn = self.written[self._drawn : end], end
        self._stream.feed(since.replace(b"\x1b[>", b"\x1b["))
        return bool(since)

    def wait_for(self, *texts: str, gone: str | None = None) -> str:
        """Wait until all the texts are on the screen (and `gone` is not) and return the screen."""
        return self.wait_until(
            lambda shown: all(text in shown for text in texts) and (gone is None or gone not in shown),
            f"{texts!r}" + (f" without {gone!r}" if gone else ""),
        )

    def wait_until(self, is_so: Callable[[str], bool], what: str) -> str:
        """Wait until something is so of the screen, and return the screen."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if is_so(self.text):
                return self.text
            self.read(0.05)
        raise AssertionError(f"Never saw {what}. The screen was:\n{self.text}")

    def press_until(self, key: str, text: str) -> str:
        """Press a key, again after half a second, until a text is there: some screens stay for a moment."""
        end = time.monotonic() + PATIENCE
        while text not in self.text and time.monotonic() < end:
            self.press(key)
            for _ in range(10):
                self.read(0.05)
                if text in self.text:
                    break
        return self.wait_for(text)

    def wait(self) -> int:
        """Wait until the program ends and return its exit code, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while self.status is None and time.monotonic() < end:
            self.read(0.05)
            self.status = self._run.poll()
        if self.status is None:
            raise AssertionError(f"The program did not end. The screen was:\n{self.text}")
        return self.status

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        os.close(self._fd)
        self._fd = -1

    def wait_quietly(self, seconds: float) -> int | None:
        """Wait some seconds for the end of a program that has no terminal any more; None if it goes on."""
        end = time.monotonic() + seconds
        self.status = self._run.poll() if self.status is None else self.status
        while self.status is None and time.monotonic() < end:
            time.sleep(0.05)
            self.status = self._run.poll()
        return self.status

    def kill(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End the program the hard way and return its exit code."""
        if self.status is None:
            self.status = self._run.end(how)
        return self.status
