"""Opening each screen of statistics on a record of a million attempts at ten thousand items.

Records are made once and kept in the temporary folder, since a million attempts take minutes to make.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.generate_record import generate
from benchmarks.measuring import Row, beside_each_other, milliseconds, ratio
from benchmarks.terminal import start_seconds
from quiz.cli.startup import open_workspace
from quiz.clock import SystemClock
from quiz.record.sqlite.migrations import MIGRATIONS
from quiz.services.statistics import bank_figures
from quiz.services.workspace import Workspace

LIMIT = 0.5
"""Seconds in which every screen is to open."""
UNTIL = 1_750_240_800_000
DAYS, BANKS = 2000, 20


class Size(NamedTuple):
    """How large a record is."""

    attempts: int
    items: int

    @property
    def brief(self) -> str:
        """The size in thousands of attempts and items."""
        return f"{self.attempts // 1000:,}k/{self.items // 1000}k"

    def __str__(self) -> str:
        return f"{self.attempts:,} attempts at {self.items:,} items"


SMALL, MIDDLE, LARGE = Size(10_000, 1_000), Size(100_000, 10_000), Size(1_000_000, 10_000)
WIDE = Size(1_000_000, 100_000)


def measure(rounds: int = 7) -> list[Row]:
    """Measure every screen on the four records, and the start of quiz on a large one."""
    taken = {size: asyncio.run(_headers(home_of(size), rounds)) for size in (SMALL, MIDDLE, LARGE, WIDE)}
    rows = []
    for name, seconds in taken[LARGE].items():
        grown = ", ".join(f"{size.brief} {milliseconds(taken[size][name])}" for size in (SMALL, MIDDLE, WIDE))
        beside = f"limit {milliseconds(LIMIT)}; {grown}"
        rows.append(Row(f"opening {name}, {LARGE}", milliseconds(seconds), beside, seconds / LIMIT, 1.0))
    return [*rows, _start(rounds)]


def _start(rounds: int) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "home")
        generate(empty, 0, LARGE.items, BANKS, 1, 1, UNTIL)

        def start(home: Path) -> float:
            return start_seconds(["-m", "quiz"], "Study", {"QUIZ_HOME": str(home)})

        large = home_of(LARGE)
        taken = beside_each_other(
            {"large": lambda: start(large), "empty": lambda: start(empty)}, rounds, warm_up=2
        )
    beside = f"the same banks and an empty record, {milliseconds(median(taken['empty']))}"
    figure = milliseconds(median(taken["large"]))
    return Row(f"start to home, {LARGE}", figure, beside, ratio(taken, "large", "empty"), 1.1)


def home_of(size: Size) -> Path:
    """Return a home of quiz with a record of a size, made if it is not there yet."""
    version = zlib.crc32(repr(MIGRATIONS).encode())
    home = Path(tempfile.gettempdir(), f"quiz-benchmark-{size.attempts}-{size.items}-{version:08x}")
    if not home.exists():
        draft = Path(tempfile.mkdtemp(prefix="quiz-benchmark-"))
        print(f"  making {size} …", file=sys.stderr)
        generate(draft, size.attempts, size.items, BANKS, DAYS, 1, UNTIL)
        draft.rename(home)
    return home


async def _headers(home: Path, rounds: int) -> dict[str, float]:
    """Return how long each screen takes to open, from the key to what it shows, in seconds."""
    os.environ["QUIZ_HOME"] = str(home)
    from quiz.tui.app import QuizApp

    class Then(SystemClock):
        def now(self) -> int:
            return UNTIL + 3_600_000

    with open_workspace() as workspace:
        workspace.clock = Then()
        app = QuizApp(workspace)
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            taken: dict[str, list[float]] = {}
            for _ in range(rounds):
                for name, make in _screens(workspace).items():
                    taken.setdefault(name, []).append(await _header(app, make))
                    app.pop_screen()
                    await pilot.pause()
        return {name: median(seconds) for name, seconds in taken.items()}


def _screens(workspace: Workspace) -> dict[str, Callable[[], Any]]:
    from quiz.tui.statistics.bank import BankStatisticsScreen
    from quiz.tui.statistics.calibration import CalibrationScreen
    from quiz.tui.statistics.item import ItemStatisticsScreen
    from quiz.tui.statistics.overview import StatisticsScreen
    from quiz.tui.statistics.session_list import SessionListScreen

    bank = "bank-000"
    hardest = bank_figures(workspace, bank, workspace.learner).items[0].ref
    return {
        "the overview": lambda: StatisticsScreen(workspace),
        "a bank's statistics": lambda: BankStatisticsScreen(workspace, bank),
        "an item's statistics": lambda: ItemStatisticsScreen(workspace, hardest),
        "calibration": lambda: CalibrationScreen(workspace),
        "the history": lambda: SessionListScreen(workspace, workspace.learner),
        "a bank's history": lambda: SessionListScreen(workspace, workspace.learner, bank),
    }


async def _header(app: Any, make: Callable[[], Any]) -> float:
    """Open a screen and wait until it has been drawn with all it shows."""
    begun = time.perf_counter()
    screen = make()
    await app.push_screen(screen)
    for _ in range(2):
        drawn = asyncio.Event()
        screen.call_after_refresh(drawn.set)
        await drawn.wait()
    return time.perf_counter() - begun
