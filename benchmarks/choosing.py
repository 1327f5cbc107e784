"""What it costs to begin a session and to choose its next item, as the number of items grows."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from random import Random

from benchmarks.generate_banks import write_banks
from benchmarks.measuring import Row, milliseconds
from quiz.banks.index.index import BankIndex
from quiz.banks.library import Library
from quiz.clock import SystemClock
from quiz.config.settings import Config
from quiz.core.study_filter import StudyFilter
from quiz.record.sqlite_record import SqliteRecord
from quiz.services.study.start import queue_for, start_study
from quiz.services.workspace import Workspace

SIZES = (1_000, 10_000, 100_000)
ANSWERS = 60
GOAL_MS = 20.0


def measure() -> list[Row]:
    """Begin a session on all items, then answer some and go on each time."""
    return [row for size in SIZES for row in _rows(size)]


def _rows(size: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_banks(home / "banks", banks=size // 1000, items=1000)
        index = BankIndex(home / "index.db")
        with SqliteRecord.open(home / "history.db") as record:
            workspace = Workspace(
                config=Config(new_per_day=9999),
                library=Library(folders=[home / "banks"], index=index),
                record=record,
                clock=SystemClock(),
                rng=Random(1),
                learner_name="measured",
            )
            workspace.library.summaries()
            begun = time.perf_counter()
            queue = queue_for(workspace, StudyFilter(), 1)
            selecting = time.perf_counter() - begun
            live = start_study(workspace, StudyFilter(), queue.items)
            assert live is not None
            taken = []
            for _ in range(ANSWERS):
                live.submit(live.session.current.item.key_response())
                begun = time.perf_counter()
                live.advance()
                _ = live.session.interaction
                taken.append(time.perf_counter() - begun)
        index.close()
    median = statistics.median(taken)
    return [
        Row(f"selecting from {size:,} items", milliseconds(selecting), f"{len(queue.items):,} selected"),
        Row(
            f"choosing the next of {len(queue.items):,} items, {size:,} in all",
            milliseconds(median),
            f"goal {GOAL_MS:.0f} ms",
            median * 1000 / GOAL_MS,
            1.0,
        ),
    ]
