"""A large record is looked after while others write to it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from quiz.errors import DiskFull
from quiz.record.sqlite.connection import connect
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep import integrity, snapshot
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
    counts = {1: 0, 2: 0}

    def answer(seed: int) -> None:
        with SqliteRecord.open(path) as record:
            begun = header(record.learner(f"learner {seed}").id, Random(seed), NOON + 90 * DAY)
            record.start(begun)
            most = 0.0
            while not stop.wait(BETWEEN_ANSWERS):
                n = counts[seed] = counts[seed] + 1
                since = time.monotonic()
                record.append(begun.id, [attempt(n, f"item-{n % 7}", at=NOON + 90 * DAY + n)])
                most = max(most, time.monotonic() - since)
            longest.append(most)

    windows = [threading.Thread(target=answer, args=(seed,)) for seed in counts]
    for window in windows:
        window.start()
    with SqliteRecord.open(path) as record:
        assert record.integrity() == []
        assert record.rebuild_memory() > 0
        while min(counts.values()) <= 5:
            assert record.integrity() == []
        stop.set()
        for window in windows:
            window.join()
        assert record.rebuild_memory() == 0
        assert record.integrity() == []
    assert max(longest) < 3


def test_a_copy_holds_what_others_wrote_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another window writes after every part that is copied, and nobody keeps it from that."""
    file, other = connect(path), sqlite3.connect(path, isolation_level=None, timeout=0)
    made = path.with_name("copy.db")
    made.touch()
    written = 0
    write = snapshot._write

    def write_and_let_another_write(copy: int, content: bytes, start: int) -> int:
        nonlocal written
        if not file.db.in_transaction:
            written += 1
            other.execute("INSERT INTO learner(id, name, crc) VALUES(?, ?, 0)", (f"l{written}", "x" * 9000))
        return write(copy, content, start)

    monkeypatch.setattr(snapshot, "_write", write_and_let_another_write)
    copy_pages(file, made)
    assert written > 3
    assert made.read_bytes() == path.read_bytes()
    other.close()
    file.close()


def test_a_copy_of_a_record_with_a_log_beside_it_is_whole(path: Path) -> None:
    """Another program may have turned it into one that SQLite keeps in two files."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("UPDATE learner SET name='changed'")
    file = connect(path)
    with snapshot_of(file) as copy:
        assert copy.db.execute("SELECT DISTINCT name FROM learner").fetchall() == [("changed",)]
    file.close()
    other.close()


def test_a_copy_keeps_the_locks_that_this_program_has(path: Path) -> None:
    """A process that closes a file gives up all its locks on it."""
    program = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
    window = connect(path)
    with window.writing():
        with closing(connect(path)) as source, snapshot_of(source):
            pass
        tried = subprocess.run([sys.executable, "-c", program, path], capture_output=True, check=False)
    assert b"database is locked" in tried.stderr
    window.close()


def test_gaps_are_found_in_parts_as_in_one_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(path) as db:
        db.execute("DROP TRIGGER event_refuses_delete")
        db.execute("DELETE FROM event WHERE n=7 AND substr(session, 16)<x'80'")
    db.close()
    with SqliteRecord.open(path) as record:
        found = record.gaps()
        assert 3 < len(found) < SESSIONS
        for at_once in (1, 3):
            monkeypatch.setattr(integrity, "AT_ONCE", at_once)
            assert record.gaps() == found


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
