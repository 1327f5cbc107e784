"""Start to the first usable screen, against a blank Textual app; and the bare command."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.generate_banks import write_banks
from benchmarks.measuring import Row, beside_each_other, milliseconds, ratio
from benchmarks.terminal import BLANK, as_installed, start_seconds

FIGURES = "Nothing answered yet"
"""What is said of the first bank where nobody has answered anything."""


def measure(rounds: int = 15) -> list[Row]:
    """Measure starts with the shipped banks and with 1,000 banks of 100 items."""
    with tempfile.TemporaryDirectory() as folder:
        home, many = Path(folder, "home"), Path(folder, "many")
        write_banks(many / "banks", banks=1000, items=100)
        kept = as_installed(f"{folder}/bytecode")

        def opened(text: str, at: Path) -> float:
            return start_seconds(["-m", "quiz"], text, {**kept, "QUIZ_HOME": str(at)})

        taken = beside_each_other(
            {
                "blank": lambda: start_seconds(["-c", BLANK], "ready to begin", kept),
                "detail": lambda: opened(FIGURES, home),
                "first": lambda: _first(kept),
                "many": lambda: opened(FIGURES, many),
                "python": lambda: _seconds([sys.executable, "-c", "pass"], kept),
                "version": lambda: _seconds([sys.executable, "-m", "quiz", "--version"], kept),
            },
            rounds,
            warm_up=2,
        )
    blank = f"blank Textual app, {milliseconds(statistics.median(taken['blank']))}"
    python = f"bare interpreter, {milliseconds(statistics.median(taken['python']))}"

    def row(what: str, name: str, beside: str, base: str, goal: float) -> Row:
        return Row(what, milliseconds(statistics.median(taken[name])), beside, ratio(taken, name, base), goal)

    return [
        row("start to home with the first bank's figures", "detail", blank, "blank", 1.15),
        row("the same, 1,000 banks of 100,000 items", "many", blank, "blank", 1.35),
        row("the very first start, with the record made", "first", blank, "blank", 1.3),
        row("quiz --version", "version", python, "python", 3.0),
    ]


def _first(kept: dict[str, str]) -> float:
    with tempfile.TemporaryDirectory() as home:
        return start_seconds(["-m", "quiz"], FIGURES, {**kept, "QUIZ_HOME": home})


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    return time.perf_counter() - begun
