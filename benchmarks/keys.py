"""From a key press to what it paints: a verdict with its durable write, against a blank app's key."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.generate_banks import write_banks
from benchmarks.measuring import Row, milliseconds
from benchmarks.terminal import Screen

PRESSES = 200
BLANK_KEYS = """
from textual.app import App
from textual.widgets import Static
class Blank(App):
    count = 0
    def compose(self):
        yield Static("ready to begin")
    def on_key(self):
        self.count += 1
        self.query_one(Static).update(f"pressed {self.count} times")
Blank().run()
"""


def measure() -> list[Row]:
    """Press keys in both, one after the other, and compare medians and 99th percentiles."""
    blank = _blank()
    verdicts, memory = _verdicts()
    rows = []
    for name, place in (("median", 50), ("99th percentile", 99)):
        mine, theirs = _percentile(verdicts, place), _percentile(blank, place)
        rows.append(
            Row(
                f"key to painted verdict, {name}",
                milliseconds(mine),
                f"blank {milliseconds(theirs)}",
                mine / theirs,
            )
        )
    home, session, empty = memory
    rows.append(Row("memory at home", f"{home:.0f} MB", f"blank {empty:.0f} MB", home / empty))
    rows.append(Row("memory in a session", f"{session:.0f} MB", f"blank {empty:.0f} MB", session / empty))
    return rows


def _blank() -> list[float]:
    screen = Screen(["-c", BLANK_KEYS], {})
    try:
        screen.seconds_until("ready to begin")
        taken = []
        for number in range(1, PRESSES + 1):
            screen.settle()
            screen.press("x")
            taken.append(screen.seconds_until(f"{number} times" if number < 10 else "times"))
        return taken
    finally:
        screen.end()


def _verdicts() -> tuple[list[float], tuple[float, float, float]]:
    empty = Screen(["-c", BLANK_KEYS], {})
    empty.seconds_until("ready to begin")
    blank_memory = empty.memory_mb()
    empty.end()
    with tempfile.TemporaryDirectory() as folder:
        write_banks(Path(folder, "banks"), banks=1, items=200)
        environment = {"QUIZ_HOME": folder, "QUIZ_NEW_PER_DAY": "9999"}
        screen = Screen(["-m", "quiz"], environment)
        try:
            screen.seconds_until("Study")
            home = screen.memory_mb()
            screen.press("\r")
            screen.seconds_until("Choose an option")
            screen.settle()
            taken = []
            for _ in range(PRESSES):
                screen.press("1")
                screen.settle()
                screen.press("\r")
                taken.append(screen.seconds_until("Comes back"))
                _next(screen)
            return taken, (home, screen.memory_mb(), blank_memory)
        finally:
            screen.end()


def _next(screen: Screen) -> None:
    """Go on to the next item; a verdict that has only just appeared stays for a third of a second."""
    screen.settle(0.4)
    screen.press("\r")
    screen.seconds_until("Choose an option")
    screen.settle()


def _percentile(values: list[float], place: int) -> float:
    return statistics.quantiles(values, n=100)[place - 1]
