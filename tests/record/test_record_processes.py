"""Several programs at one record, and programs that are killed in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

import pytest

from quiz.core.scheduling.fsrs_schedule import remembered
from quiz.record.sqlite_record import SqliteRecord
from tests.record.record_stress import ROOT

pytestmark = pytest.mark.durable


@contextmanager
def _writers(path: Path, *seeds: int, count: int) -> Iterator[list[subprocess.Popen[str]]]:
    with ExitStack() as stack:
        writers = [stack.enter_context(_writer(path, seed, count)) for seed in seeds]
        for writer in writers:
            stack.callback(writer.kill)
        yield writers


def _writer(path: Path, seed: int, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.record.record_stress", str(path), str(seed), str(count)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_programs_write_without_losing_or_doubling_anything(tmp_path: Path) -> None:
    _interleave(tmp_path / "history.db", 200)


@pytest.mark.long
def test_two_programs_write_a_thousand_answers_each(tmp_path: Path) -> None:
    _interleave(tmp_path / "history.db", 1000)


def _interleave(path: Path, count: int) -> None:
    with _writers(path, 1, 2, count=count) as writers:
        for writer in writers:
            said, complaints = writer.communicate(timeout=300)
            assert (writer.returncode, complaints) == (0, "")
            assert said.split()[1:] == [str(n) for n in range(1, count + 1)]
    with SqliteRecord.open(path) as record:
        sessions = list(record.everything())
        assert [len(events) for _, events in sessions] == [count, count]
        assert len(record.learners()) == 1
        mina = record.learners()[0].id
        for ref, memory in record.memories(mina).items():
            assert memory == remembered(record.session_events(mina, ref))
        assert record.rebuild_memory() == 0
        assert record.integrity() == []


def test_what_was_recorded_survives_a_kill(tmp_path: Path) -> None:
    _kill(tmp_path, 10)


@pytest.mark.long
def test_what_was_recorded_survives_five_hundred_kills(tmp_path: Path) -> None:
    _kill(tmp_path, 500)


def _kill(folder: Path, times: int) -> None:
    """Kill a writer at random moments, the very start included; what it said is on record is there."""
    rng = Random(4)
    path = folder / "home" / "history.db"
    said: dict[str, int] = {}
    for seed in range(times):
        with _writers(path, seed, count=100_000) as (writer,):
            assert writer.stdout is not None
            assert writer.stderr is not None
            session = writer.stdout.readline().strip() if rng.random() < 0.8 else ""
            time.sleep(rng.random() * (0.05 if session else 0.3))
            writer.kill()
            lines = writer.stdout.read()
            assert writer.stderr.read() == ""
        numbers = lines.split()
        session = session or (numbers.pop(0) if numbers else "")
        if session:
            said[session] = int(numbers[-1]) if numbers else 0
    with SqliteRecord.open(path) as record:
        kept = {header.id: len(events) for header, events in record.everything()}
        for session, last in said.items():
            assert last <= kept[session] <= last + 1
        assert record.rebuild_memory() == 0
        assert record.integrity() == []


def test_two_programs_may_make_the_record_at_the_same_moment(tmp_path: Path) -> None:
    for attempt in range(3):
        path = tmp_path / str(attempt) / "history.db"
        with _writers(path, 1, 2, 3, count=3) as writers:
            for writer in writers:
                assert writer.communicate(timeout=120)[1] == ""
        with SqliteRecord.open(path) as record:
            assert [len(events) for _, events in record.everything()] == [3, 3, 3]
        assert [entry.name for entry in path.parent.iterdir()] == ["history.db"]
