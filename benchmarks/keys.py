"""From a key press to what it paints, against a blank app's key that paints as many changed cells."""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.generate_banks import write_banks
from benchmarks.measuring import Row, milliseconds
from benchmarks.terminal import COLUMNS, ROWS, Screen

ROUNDS = 100
"""How often each step is taken: a bit over two minutes on a machine with nothing else to do."""
WIDTH = 80
"""Cells in a row of what the blank app paints."""
BLANK_KEYS = """
import sys
from textual.app import App
from textual.widgets import Static
rows, rest = divmod(int(sys.argv[1]), int(sys.argv[2]))
class Blank(App):
    count = 0
    def compose(self):
        yield Static("ready to begin")
    def on_key(self):
        self.count += 1
        digit = str(self.count % 10)
        lines = [digit * int(sys.argv[2])] * rows + [digit * rest]
        self.query_one(Static).update("\\n".join([*lines, f"pressed {self.count} times"]))
Blank().run()
"""
BLANK_QUIET = 0.05
"""Seconds without anything written before a blank app's key: it does nothing afterwards."""
READ_FOR = 0.4
"""Seconds for which a verdict is left alone: until then it takes no key."""


class Step(NamedTuple):
    """A key of a study session."""

    name: str
    key: str
    shows: str
    """What is on the screen once it is painted."""
    quiet: float
    """Seconds without anything written before the key, so that all else is done."""
    most: float | None = None
    """How many times a blank app's median its own may be."""
    most_at_99: float | None = None
    """The same for the 99th percentiles."""


STEPS = (
    Step("the cursor, moved", "j", "▌", 0.15, 2.0),
    Step("an option, chosen", "1", "Answer", 0.15),
    Step("the verdict, on the disk and painted", "\r", "Next", 0.15, 6.0, 4.0),
    Step("the next item", "\r", "Choose an option", READ_FOR, 6.0),
)


def measure(rounds: int = ROUNDS) -> list[Row]:
    """Take the steps in turn, a blank app's key after each, and compare medians and 99th percentiles.

    With fewer than a hundred rounds the 99th percentile is little less than the slowest.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_banks(Path(folder, "banks"), banks=1, items=rounds + 20)
        os.environ |= {"QUIZ_HOME": folder, "QUIZ_NEW_PER_DAY": "9999"}
        cells = asyncio.run(_changed_cells())
        taken, memory = _take(cells, rounds)
    rows = []
    for step in STEPS:
        mine, theirs = taken[step.name]
        for name, place, goal in (("median", 50, step.most), ("99th percentile", 99, step.most_at_99)):
            ours, blank = _percentile(mine, place), _percentile(theirs, place)
            beside = f"blank, {cells[step.name]} cells, {milliseconds(blank)}"
            rows.append(
                Row(f"{step.name}, {name} of {rounds}", milliseconds(ours), beside, ours / blank, goal)
            )
    home, session, empty = memory
    rows.append(Row("memory at home", f"{home:.0f} MB", f"blank {empty:.0f} MB", home / empty))
    rows.append(Row("memory in a session", f"{session:.0f} MB", f"blank {empty:.0f} MB", session / empty))
    return rows


def _take(
    cells: dict[str, int], rounds: int
) -> tuple[dict[str, tuple[list[float], list[float]]], tuple[float, float, float]]:
    """Return the seconds of each step and of the blank app's key, and how much memory is taken in MB."""
    taken: dict[str, tuple[list[float], list[float]]] = {step.name: ([], []) for step in STEPS}
    blanks = {step.name: Screen(["-c", BLANK_KEYS, str(cells[step.name]), str(WIDTH)], {}) for step in STEPS}
    quiz = Screen(["-m", "quiz"], {})
    try:
        for blank in blanks.values():
            blank.seconds_until("ready to begin")
        empty = blank.memory_mb()
        quiz.seconds_until("to do today")
        quiz.settle(1.5)  # while what the first keys need is imported
        home = quiz.memory_mb()
        quiz.press("\r")
        quiz.seconds_until("Choose an option")
        for number in range(1, rounds + 1):
            for step in STEPS:
                quiz.settle(step.quiet)
                quiz.press(step.key)
                mine = quiz.seconds_until(step.shows)
                blank = blanks[step.name]
                blank.settle(BLANK_QUIET)
                blank.press("x")
                taken[step.name][0].append(mine)
                taken[step.name][1].append(blank.seconds_until(f"{number} times"))
        return taken, (home, quiz.memory_mb(), empty)
    finally:
        for screen in (quiz, *blanks.values()):
            screen.end()


async def _changed_cells() -> dict[str, int]:
    """Return how many cells each step changes, played once without a terminal."""
    from quiz.cli.startup import open_workspace
    from quiz.tui.app import QuizApp

    changed: dict[str, int] = {}
    with open_workspace() as workspace:
        app = QuizApp(workspace)
        async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
            await pilot.pause()
            for key in ("enter", "j", "1", "enter", "enter"):  # the first item offers its topic's note
                await pilot.press(key)
                await pilot.pause(READ_FOR)
            for step in STEPS:
                before = _cells(app)
                await pilot.press("enter" if step.key == "\r" else step.key)
                await pilot.pause(READ_FOR)
                changed[step.name] = sum(one != other for one, other in zip(before, _cells(app), strict=True))
    return changed


def _cells(app: Any) -> list[tuple[str, object]]:
    return [
        (character, segment.style)
        for strip in app.screen._compositor.render_strips()
        for segment in strip
        for character in segment.text
    ]


def _percentile(values: list[float], place: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[place - 1]
