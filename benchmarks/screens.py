"""Opening every screen over 100,000 items and a million answers, each in a process of its own.

    python -m benchmarks screens

A screen is opened from Home by its route, as its key does: first of all after the start, then once more after
an answer. It is shown once it has been drawn; what it reads in a thread comes later and is told apart.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.every_route import BANK, add_class, prepared
from benchmarks.measuring import Row, milliseconds
from benchmarks.statistics import UNTIL, WIDE, home_of
from benchmarks.terminal import as_installed
from quiz import paths
from quiz.cli.startup import open_workspace
from quiz.clock import SystemClock
from quiz.core.collector import paused_collector
from quiz.core.events.model import Mode
from quiz.core.study_filter import StudyFilter
from quiz.services.left_sessions import end_session
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace

LIMIT = 0.3
"""Seconds in which every screen is to be shown."""
SIZE = 120, 36
BETWEEN_LOOKS = 0.002
SETTLED = 1.5
"""Seconds after which Home has imported what its keys need, and collected garbage."""
HOME = "Home"


class Taken(NamedTuple):
    """What opening a screen took, in seconds."""

    shown: float
    """Until it was drawn."""
    processor: float
    """Of the processor, until then."""
    whole: float
    """Until all was drawn that it read in threads."""


class Opened(NamedTuple):
    """What was measured in one process."""

    home: Taken
    """Home as it is shown first."""
    first: Taken
    again: Taken
    """After an answer was given."""
    back: Taken
    """Home again, after that answer."""


def measure() -> list[Row]:
    """Open every screen, each in a process of its own and on a copy of the record."""
    home = home_of(WIDE)
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder, "history.db")
        _copy(home / "history.db", record)
        names = _made_ready(home, record)
        bytecode = str(Path(folder, "bytecode"))
        for name in names:  # what an installed program has compiled
            _in_a_process(name, home, record, bytecode)
        opened = {name: _in_a_process(name, home, record, bytecode) for name in names}
    return [
        _row("Home, first", [each.home for each in opened.values()]),
        _row("Home again after an answer", [each.back for each in opened.values()]),
        *(_row(f"{name}, first", [each.first]) for name, each in opened.items()),
        *(_row(f"{name}, after an answer", [each.again]) for name, each in opened.items()),
    ]


def _row(name: str, all_taken: list[Taken]) -> Row:
    shown, processor, whole = (median(each[place] for each in all_taken) for place in range(3))
    beside = f"limit {milliseconds(LIMIT)}; processor {milliseconds(processor)}, all {milliseconds(whole)}"
    return Row(f"{name}, {WIDE.brief}", milliseconds(shown), beside, shown / LIMIT, 1.0)


@contextmanager
def _opened(home: Path, record: Path) -> Iterator[Workspace]:
    """Open the workspace of a home with another record, on the day that the record ends with."""

    class Then(SystemClock):
        def now(self) -> int:
            return UNTIL + 3_600_000 + self.passed() % 3_600_000

    os.environ["QUIZ_HOME"] = str(home)
    paths.record_file = lambda: record
    with open_workspace() as workspace:
        workspace.clock = Then()
        workspace._back_up = None  # it would copy a record that is a copy, and take a minute
        yield workspace


def _made_ready(home: Path, record: Path) -> list[str]:
    """End the sessions that were left over the years, as quiz does, and return the names of all screens."""
    with _opened(home, record) as workspace:
        file: Any = workspace.record
        file._file.db.execute("PRAGMA synchronous=OFF")
        for left in workspace.record.unfinished(workspace.learner.id, limit=1_000_000):
            if left.header.mode is Mode.STUDY:
                end_session(workspace, left.header)
        add_class(workspace)
        return list(prepared(workspace))


def _copy(record: Path, to: Path) -> None:
    """Copy a record onto the disk: otherwise its first answer would wait for all of it to be written."""
    shutil.copyfile(record, to)
    with to.open("rb+") as file:
        os.fsync(file.fileno())


def _in_a_process(name: str, home: Path, record: Path, bytecode: str) -> Opened:
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, "history.db")
        _copy(record, own)
        command = [sys.executable, "-m", "benchmarks.screens", name, str(home), str(own)]
        environment = {**os.environ, **as_installed(bytecode)}
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return Opened._make(Taken._make(each) for each in json.loads(done.stdout))


async def _open(name: str, home: Path, record: Path) -> Opened:
    from quiz.tui.app import QuizApp

    with _opened(home, record) as workspace:
        begun = _Begun()
        app = QuizApp(workspace)
        async with app.run_test(size=SIZE):
            first_home = await begun.taken(app)
            await asyncio.sleep(SETTLED)
            opened = []
            for _ in range(2):
                make = prepared(workspace)[name]()
                begun = _Begun()
                app.go(make())
                opened.append(await begun.taken(app))
                _answer(workspace)
                begun = _Begun()
                while len(app.screen_stack) > 1:
                    await app.pop_screen()
                back = await begun.taken(app)
    return Opened(first_home, opened[0], opened[1], back)


def _answer(workspace: Workspace) -> None:
    """Give an answer, which changes what is on record."""
    ref = next(each.ref for each in workspace.library.contents(BANK).items)
    live = start_study(workspace, StudyFilter(), [ref])
    if live is not None:
        live.submit(live.session.current.item.key_response())
        live.advance()
    workspace.let_go()


class _Begun:
    """A moment from which time is taken."""

    def __init__(self) -> None:
        self._at, self._processor = time.perf_counter(), time.process_time()

    async def taken(self, app: Any) -> Taken:
        """Wait until the screen is drawn, and until nothing is left to do."""
        screen = app.screen
        for _ in range(2):
            drawn = asyncio.Event()
            screen.call_after_refresh(drawn.set)
            await drawn.wait()
        shown, processor = self._passed()
        whole = shown
        while _is_busy(app):
            await asyncio.sleep(BETWEEN_LOOKS)
            whole, _ = self._passed()
        return Taken(shown, processor, whole)

    def _passed(self) -> tuple[float, float]:
        return time.perf_counter() - self._at, time.process_time() - self._processor


def _is_busy(app: Any) -> bool:
    screen = app.screen
    is_drawn = not (screen._layout_required or screen._repaint_required or screen._dirty_widgets)
    return not is_drawn or any(not worker.is_finished for worker in app.workers)


def main(name: str, home: str, record: str) -> None:
    """Measure one screen, and write what it took as JSON."""
    with paused_collector():
        print(json.dumps(asyncio.run(_open(name, Path(home), Path(record)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
