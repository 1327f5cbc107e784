"""While another program holds the record, steps wait in their order beside the loop."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from quiz.core.events.model import SessionHeader
from quiz.errors import RecordError, RecordLocked
from quiz.record.record import SqliteRecord
from quiz.record.write_queue import WriteQueue
from tests.record.record_stress import NOON, attempt, header


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SqliteRecord]:
    with SqliteRecord.open(tmp_path / "history.db", rng=Random(1)) as opened:
        yield opened


@pytest.fixture
def begun(record: SqliteRecord) -> SessionHeader:
    made = header(record.learner("mina").id, Random(2), NOON)
    record.start(made)
    return made


@pytest.fixture
def holder(record: SqliteRecord) -> Iterator[sqlite3.Connection]:
    """Another program that writes and does not come to an end."""
    other = sqlite3.connect(record.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


async def test_steps_wait_in_order_and_the_loop_goes_on(
    record: SqliteRecord, begun: SessionHeader, holder: sqlite3.Connection
) -> None:
    queue = WriteQueue()
    done: list[int] = []

    def step(n: int) -> int:
        with record.patience(0.05):
            record.append(begun.id, [attempt(n)])
        done.append(n)
        return n

    futures = [asyncio.wrap_future(queue.submit(lambda n=n: step(n))) for n in (1, 2, 3)]
    longest = 0.0
    end = time.monotonic() + 0.8
    while time.monotonic() < end:
        since = time.monotonic()
        await asyncio.sleep(0)
        with record.patience(0.05):
            assert record.events(begun.id) == ()  # reading goes on, and shows only what is on disk
        longest = max(longest, time.monotonic() - since)
        await asyncio.sleep(0.01)
    assert done == []
    assert queue.waiting == 3
    assert longest < 0.4
    holder.execute("COMMIT")
    assert await asyncio.gather(*futures) == [1, 2, 3]
    assert [event.n for event in record.events(begun.id)] == done == [1, 2, 3]
    assert queue.waiting == 0
    queue.close()


def test_what_follows_a_failed_step_fails_with_it(record: SqliteRecord, begun: SessionHeader) -> None:
    queue = WriteQueue()
    opened = queue.submit(lambda: time.sleep(0.1))
    wrong = queue.submit(lambda: record.append(begun.id, [attempt(7)]))
    after = queue.submit(lambda: record.append(begun.id, [attempt(1)]))
    opened.result(5)
    with pytest.raises(ValueError, match="come events"):
        wrong.result(5)
    with pytest.raises(RecordError, match="step before"):
        after.result(5)
    queue.submit(lambda: record.append(begun.id, [attempt(1)])).result(5)
    assert len(record.events(begun.id)) == 1
    queue.close()


def test_closing_gives_up_what_waits(
    record: SqliteRecord, begun: SessionHeader, holder: sqlite3.Connection
) -> None:
    queue = WriteQueue()

    def step() -> None:
        with record.patience(0.02):
            record.append(begun.id, [attempt(1)])

    waiting = queue.submit(step)
    queue.close()
    queue.close()
    with pytest.raises(RecordLocked):
        waiting.result(5)
    holder.execute("COMMIT")
    assert record.events(begun.id) == ()


def test_a_short_patience_is_kept(
    record: SqliteRecord, begun: SessionHeader, holder: sqlite3.Connection
) -> None:
    since = time.monotonic()
    with pytest.raises(RecordLocked), record.patience(0.05):
        record.append(begun.id, [attempt(1)])
    assert time.monotonic() - since < 1
