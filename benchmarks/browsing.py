"""Browse and the chooser over 100,000 items in a terminal, beside the start of a blank Textual app."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.generate_record import LEARNER, generate
from benchmarks.measuring import Row, beside_each_other, milliseconds, ratio
from benchmarks.terminal import BLANK, Screen, as_installed, start_seconds

BANKS, ITEMS, ATTEMPTS = 100, 100_000, 30_000
UNTIL = 1_750_240_800_000
WORDS = "harbour 1"
"""What is searched for: some of the items hold it."""
ROUNDS = 3
PLAIN_START = 0.3
"""Seconds that a blank app takes to start on the machine that the goals are for."""
GOALS = {"opening Browse": 0.5, "the first search": 1.0, "opening the chooser, counted": 1.5}
"""Seconds on that machine."""


def measure() -> list[Row]:
    """Open Browse, search, and open the chooser, each beside a blank app's start."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        generate(home, attempts=ATTEMPTS, items=ITEMS, banks=BANKS, days=60, seed=1, until=UNTIL)
        kept = as_installed(str(Path(folder) / "bytecode")) | {"QUIZ_HOME": str(home)}
        taken: dict[str, list[float]] = {name: [] for name in GOALS}

        def played() -> float:
            for name, seconds in _play(kept).items():
                taken[name].append(seconds)
            return 0.0

        blank = beside_each_other(
            {"blank": lambda: start_seconds(["-c", BLANK], "ready to begin", kept), "played": played}, ROUNDS
        )["blank"]
    taken = {name: values[-ROUNDS:] for name, values in taken.items()} | {"blank": blank}
    beside = f"blank Textual app, {milliseconds(statistics.median(blank))}"
    return [
        Row(
            f"{name}, {ITEMS:,} items", milliseconds(statistics.median(taken[name])), beside,
            ratio(taken, name, "blank"), goal / PLAIN_START,
        )
        for name, goal in GOALS.items()
    ]  # fmt: skip


def _play(environment: dict[str, str]) -> dict[str, float]:
    """Return the seconds from each key to what it shows."""
    screen = Screen(["-m", "quiz", "--set", f"learner={LEARNER}"], environment)
    try:
        screen.seconds_until("Settings")
        screen.settle(1.0)
        screen.press("b")
        opening = screen.seconds_until("lead to?")
        screen.settle(2.0)
        screen.press(f"/{WORDS}")
        searching = screen.seconds_until("harbour of year 1")
        screen.settle(1.0)
        screen.press("\x1b")
        screen.settle(0.5)
        screen.press("\x1b")
        screen.settle(0.5)
        screen.press("S")
        choosing = screen.seconds_until("what today asks, longest")
    finally:
        screen.end()
    return dict(zip(GOALS, (opening, searching, choosing), strict=True))
