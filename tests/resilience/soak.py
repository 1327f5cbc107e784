"""Half an hour of study with simulated keys, in the real program: its memory, as a curve.

    nice -n 19 python -m tests.resilience.soak FOLDER MINUTES [SEED]

Prints the minute, the keys so far and the resident memory in MB, twice a minute.
"""

from __future__ import annotations

import os
import select
import sys
import time
from pathlib import Path
from random import Random

from tests.resilience.world import bank_of
from tests.terminal import KEYS, Terminal

VISITS = (
    *((*"1234", "space", "enter", "x", "enter", "enter"),) * 8,
    *((*"asfunhyr", "tab", "down", "enter", "-", "escape", "enter"),) * 3,
    ("escape", "escape", "i", "down", "enter", "tab", "escape", "escape"),
    ("escape", "escape", "/", "p", "l", "escape"),
    ("escape", "escape", "x", "enter", "1", "enter", "2", "enter", "escape", "escape"),
    ("escape", "escape", "d", "enter", "enter", "y", "n", "space", "escape", "escape"),
    ("escape", "escape", ",", "down", "escape", "r", "space", "escape", "a"),
)
"""What is pressed in a row: mostly answering, sometimes what else there is to see."""
ITEMS = 40


def write_banks(folder: Path) -> list[Path]:
    """Write several banks with an item of every kind."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(ITEMS):
        path = folder / f"world-{number}.yaml"
        path.write_text(
            bank_of("plain text of some length").replace("bank: world", f"bank: world-{number}"), "utf-8"
        )
        paths.append(path)
    return paths


def resident_mb(pid: int) -> float:
    """Return how much memory a process has resident, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def _settle(terminal: Terminal, quiet: float = 0.03) -> None:
    """Take in what is drawn until nothing more comes, and forget it."""
    while select.select([terminal._fd], [], [], quiet)[0]:
        os.read(terminal._fd, 65536)


def soak(folder: Path, minutes: float, seed: int) -> None:
    """Press keys for some minutes, and print what memory the program has."""
    rng = Random(seed)
    write_banks(folder / "home" / "banks")
    settings = ("--set", "keys.home.quit=f12", "--set", "new_per_day=9999", "--set", "criterion=3")
    program = [sys.executable, "-m", "quiz"]
    with Terminal(settings, home=folder / "home", size=(100, 30), program=program) as terminal:
        terminal.wait_for("Study")
        terminal.press("a")
        begun = told = time.monotonic()
        keys = 0
        while (passed := time.monotonic() - begun) < minutes * 60:
            for key in rng.choice(VISITS):
                terminal.press(KEYS.get(key, key))
                keys += 1
                _settle(terminal)
            _settle(terminal, 0.4)  # as one reads
            if time.monotonic() - told > 30 or keys < 30:
                told = time.monotonic()
                print(
                    f"{passed / 60:5.1f} min  {keys:6} keys  {resident_mb(terminal.pid):6.1f} MB", flush=True
                )


if __name__ == "__main__":
    soak(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
