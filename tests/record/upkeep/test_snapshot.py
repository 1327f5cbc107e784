"""A large record is looked after while others write to it."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path
from random import Random

import pytest

from quiz.errors import DiskFull
from quiz.record.sqlite.connection import connect
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep import snapshot
from quiz.record.upkeep.snapshot import copy_pages, snapshot_of
from tests.record.record_stress import DAY, NOON, attempt, filled, header

SESSIONS = 25
BETWEEN_ANSWERS = 0.005
"""Seconds in which the other window, or who looks after the record, has its turn."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What is in the file of a record of some sessions."""
    made = tmp_path_factory.mktemp("prepared") / "history.db"
    filled(made, sessions=SESSIONS, attempts=40)
    return made.read_bytes()


@pytest.fixture
def path(prepared: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record that counts as large."""
    monkeypatch.setattr(snapshot, "LARGE", 1)
    made = tmp_path / "history.db"
    made.write_bytes(prepared)
    return made


def damage_projections(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE memory SET attempts=99 WHERE item<'item-5'")
        db.execute("DELETE FROM day_total WHERE day>'2025-07-01'")
        db.execute("UPDATE item_total SET score=score+1")
        db.execute("UPDATE progress SET last_n=1")
        db.execute("UPDATE prediction_total SET reviews=reviews+1")
    db.close()


def test_what_is_wrong_is_put_right_as_in_one_piece(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with SqliteRecord.open(path) as record:
        assert record.rebuild_memory() == 0
    damage_projections(path)
    in_one_piece = path.with_name("other.db")
    in_one_piece.write_bytes(path.read_bytes())
    with SqliteRecord.open(path) as record:
        wrong = record.rebuild_memory()
        assert record.integrity() == []
    monkeypatch.setattr(snapshot, "LARGE", 1 << 40)
    with SqliteRecord.open(in_one_piece) as record:
        assert record.rebuild_memory() == wrong > 60
    with SqliteRecord.open(path) as record:
        assert record.rebuild_memory() == 0


@pytest.mark.durable
def test_others_answer_while_it_is_looked_after(path: Path) -> None:
    """Two windows answer on and on: nobody waits long, and what follows from all answers is right."""
    damage_projections(path)
    stop = threading.Event()
    longest: list[float] = []
    counts: list[int] = []

    def answer(seed: int) -> None:
        with SqliteRecord.open(path) as record:
            begun = header(record.learner(f"learner {seed}").id, Random(seed), NOON + 90 * DAY)
            record.start(begun)
            n, most = 0, 0.0
            while not stop.wait(BETWEEN_ANSWERS):
                n += 1
                since = time.monotonic()
                record.append(begun.id, [attempt(n, f"item-{n % 7}", at=NOON + 90 * DAY + n)])
                most = max(most, time.monotonic() - since)
            longest.append(most)
            counts.append(n)

    windows = [threading.Thread(target=answer, args=(seed,)) for seed in (1, 2)]
    for window in windows:
        window.start()
    with SqliteRecord.open(path) as record:
        assert record.integrity() == []
        assert record.rebuild_memory() > 0
        stop.set()
        for window in windows:
            window.join()
        assert record.rebuild_memory() == 0
        assert record.integrity() == []
    assert min(counts) > 5
    assert max(longest) < 3


@pytest.mark.durable
def test_a_copy_beside_busy_writers_comes_to_an_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each write by another window makes SQLite begin a copy anew."""
    monkeypatch.setattr(snapshot, "_PAGES_AT_A_TIME", 1)
    file, other = connect(path), sqlite3.connect(path, isolation_level=None)
    made = path.with_name("copy.db")

    class Busy(snapshot._Progress):
        def __call__(self, status: int, left: int, total: int) -> None:
            other.execute("UPDATE learner SET name=name")
            super().__call__(status, left, total)

    monkeypatch.setattr(snapshot, "_Progress", Busy)
    copy_pages(file, made)
    copy = sqlite3.connect(made)
    assert copy.execute("SELECT count(*) FROM event").fetchone() == (SESSIONS * 41,)
    copy.close()
    other.close()
    file.close()


def test_where_there_is_no_room_for_a_copy_it_is_looked_through_in_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: object) -> None:
        raise DiskFull(f"There is no room beside {file}.")

    monkeypatch.setattr("quiz.record.upkeep.integrity.snapshot_of", refuse)
    path.write_bytes(path.read_bytes().replace(b"Option of item-1", b"option of item-1", 1))
    with SqliteRecord.open(path) as record:
        assert "not as it was written" in record.integrity()[0]


def test_a_snapshot_leaves_nothing_behind(path: Path) -> None:
    file = connect(path)
    with snapshot_of(file) as copy:
        assert copy.db.execute("SELECT count(*) FROM session").fetchone() == (SESSIONS,)
    file.close()
    assert [entry.name for entry in path.parent.iterdir()] == ["history.db"]
