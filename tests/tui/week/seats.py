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

from tests.fakes import SECOND, FakeClock
from tests.programs import ROOT
from tests.screens import shown
from tests.terminal import KEYS as TERMINAL_KEYS
from tests.terminal import Terminal
from tests.tui.week import moved_program
from tests.tui.week.moved_program import AT, AT_REST, GO_ON, REST
from tests.tui.week.player import TypedText

KEYS = {**TERMINAL_KEYS, "escape": "\x1b[27u", "home": "\x1b[H", "f6": "\x1b[17~"}
"""What a terminal sends; escape as those do that leave nothing to guess."""
PATIENCE = 60.0
"""How many seconds a key may take on a slow machine."""


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
    """At the real program, started by `program`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, with two seconds before the first."""
        sent = [key if isinstance(key, TypedText) else KEYS.get(key, key) for key in keys]
        self._terminal.press(2 * GO_ON + "".join(sent))

    async def text(self) -> str:
        """Return the screen once everything is done and drawn."""
        written = len(self._terminal.written)
        self._terminal.press(REST)
        end = time.monotonic() + PATIENCE
        while AT_REST not in self._terminal.written[written:]:
            assert time.monotonic() < end, f"The program does not come to rest:\n{self._terminal.text}"
            self._terminal.read(1)
        return self._terminal.text

    async def read(self) -> None:
        """Let a second pass."""
        self._terminal.press(GO_ON)


def program(at: int, *arguments: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return a command that runs quiz at a time in ms, and its environment."""
    environment = {AT: str(at), "TZ": "Europe/Berlin", "VISUAL": "true", "PYTHONPATH": str(ROOT)}
    return (sys.executable, "-m", moved_program.__name__, *arguments), environment


def told_as_json(home: Path, at: int, *arguments: str) -> Any:
    """Return what a command prints as JSON at a time in ms."""
    command, environment = program(at, *arguments, "--json")
    around = {**os.environ, **environment, "QUIZ_HOME": str(home)}
    done = subprocess.run(command, env=around, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
