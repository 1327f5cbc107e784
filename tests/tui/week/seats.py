"""Where somebody plays: at an app under test, or at the real program in a real terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Protocol

from textual.app import App
from textual.pilot import Pilot

from quiz.tui.held_keys import READ_MS
from tests.fakes import SECOND, FakeClock
from tests.screens import shown
from tests.terminal import Terminal
from tests.tui.week.player import TypedText

AHEAD = """
import os, sys, time
from quiz.clock import SystemClock
begun, at = time.monotonic(), int(os.environ["WEEK_AT"])
SystemClock.now = lambda self: at + int((time.monotonic() - begun) * 1000)
from quiz.cli.main import main
sys.exit(main())
"""
"""Runs quiz as though it were the time, in ms, that the environment names."""


QUIET = 0.5
"""After how many seconds without a change the screen is taken to be at rest."""
LONGEST = 8.0
"""How many seconds a key may take to change the screen, if it does."""


class Seat(Protocol):
    """A keyboard and a screen."""

    async def press(self, *keys: str) -> None:
        """Press keys by their names, or type texts."""

    async def text(self) -> str:
        """Return the screen once it has come to rest."""

    async def read(self) -> None:
        """Take the time to read what has just appeared."""


class PilotSeat:
    """At an app under test."""

    def __init__(self, app: App[Any], pilot: Pilot[Any], clock: FakeClock) -> None:
        self._app, self._pilot, self._clock = app, pilot, clock

    async def press(self, *keys: str) -> None:
        """Press keys, with two seconds before the first."""
        self._clock.go_on(2 * SECOND)
        for key in keys:
            await self._pilot.press(*(key if isinstance(key, TypedText) else [key]))
        await self._pilot.pause()

    async def text(self) -> str:
        """Return the screen."""
        return shown(self._app)

    async def read(self) -> None:
        """Let a second pass."""
        self._clock.go_on(SECOND)


class TerminalSeat:
    """At the real program."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    async def press(self, *keys: str) -> None:
        """Press keys, each once the one before was drawn."""
        for key in keys:
            before = self._below_the_clock()
            self._terminal.press(key)
            end = time.monotonic() + (LONGEST if key == "enter" else 1)
            while self._below_the_clock() == before and time.monotonic() < end:
                self._terminal.read(0.02)

    def _below_the_clock(self) -> str:
        """Return the screen without its first line, where a clock runs."""
        return self._terminal.text.partition("\n")[2]

    async def text(self) -> str:
        """Return the screen once nothing was written for a moment."""
        written = -1
        while written != len(self._terminal.written):
            written = len(self._terminal.written)
            self._terminal.read(QUIET)
        return self._terminal.text

    async def read(self) -> None:
        """Wait for as long as a verdict stays at least."""
        end = time.monotonic() + READ_MS / 1000 + 0.1
        while time.monotonic() < end:
            self._terminal.read(0.05)


def program(at: int, *arguments: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return a command that runs quiz at a time in ms, and its environment."""
    environment = {"WEEK_AT": str(at), "TZ": "Europe/Berlin", "VISUAL": "true"}
    return (sys.executable, "-c", AHEAD, *arguments), environment


def told_as_json(home: Path, at: int, *arguments: str) -> Any:
    """Return what a command prints as JSON at a time in ms."""
    command, environment = program(at, *arguments, "--json")
    around = {**os.environ, **environment, "QUIZ_HOME": str(home)}
    done = subprocess.run(command, env=around, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
