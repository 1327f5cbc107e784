"""A record that cannot be used says why and what to do, and is never taken for an empty one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest

from quiz.errors import (
    RecordDamaged,
    RecordError,
    RecordForeign,
    RecordLocked,
    RecordNewer,
)
from quiz.record.sqlite_record import SqliteRecord
from tests.record.record_stress import DAY, NOON, attempt, header
from tests.waits import counted_waits

pytestmark = pytest.mark.durable


def complaint(path: Path, kind: type[RecordError]) -> RecordError:
    """Return what opening a file says; the file stays as it is."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RecordError) as told:
        SqliteRecord.open(path)
    assert type(told.value) is kind
    assert str(path) in told.value.message
    assert told.value.help
    if before is not None:
        assert path.read_bytes() == before
    return told.value


def test_an_empty_file_is_a_lost_record_not_a_new_one(path: Path) -> None:
    path.write_bytes(b"")
    assert "is empty" in complaint(path, RecordDamaged).message


@pytest.mark.parametrize(
    "content", [b"x", b"bank: courtship\n" * 500, bytes(8192), Random(1).randbytes(20_000)], ids=len
)
def test_a_file_of_something_else_is_foreign(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    complaint(path, RecordForeign)


def test_a_database_of_another_program_is_foreign(tmp_path: Path) -> None:
    other = tmp_path / "history.db"
    database = sqlite3.connect(other)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE cards(id)")
    database.commit()
    database.close()
    complaint(other, RecordForeign)
    assert other.read_bytes()[18] == 2, "it is still in its own journal mode"


def test_a_folder_or_a_pipe_in_its_place_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    complaint(tmp_path / "folder", RecordForeign)
    os.mkfifo(tmp_path / "pipe")
    complaint(tmp_path / "pipe", RecordForeign)


def test_a_newer_record_is_left_alone(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version=99")
    database.close()
    assert "newer quiz" in complaint(path, RecordNewer).message
    with pytest.raises(RecordNewer):
        SqliteRecord.open(path, read_only=True)


def test_a_record_without_one_of_its_tables_is_damaged(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("DROP TABLE day_total")
    database.close()
    complaint(path, RecordDamaged)


@pytest.mark.parametrize("size", [50, 100, 600, 4096, 4500, 8192, 40_000, -4096, -100, -1])
def test_a_cut_record_is_damaged(path: Path, size: int) -> None:
    whole = path.stat().st_size
    os.truncate(path, size if size > 0 else whole + size)
    told = complaint(path, RecordDamaged)
    assert "doctor" in told.help


def test_a_record_that_something_was_added_to_is_damaged(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\0" * 100)
    complaint(path, RecordDamaged)


@pytest.mark.parametrize("lot", range(4))
def test_flipped_bits_are_found(path: Path, lot: int) -> None:
    """A flipped bit that changes anything anybody could read is a complaint or a RecordError."""
    _flip_and_look(path, seed=lot, count=50)


@pytest.mark.long
def test_flipped_bits_are_found_at_thousands_of_places(path: Path) -> None:
    _flip_and_look(path, seed=99, count=4000)


def _flip_and_look(path: Path, seed: int, count: int) -> None:
    with SqliteRecord.open(path) as record:
        record.class_lists.add("7b", ["Ada Lovelace", "Otto"])
    sound, rng = path.read_bytes(), Random(seed)
    damaged = path.with_name("damaged.db")
    truth = _read(path)
    assert truth is not None
    unseen = 0
    for _ in range(count):
        content = bytearray(sound)
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        damaged.write_bytes(content)
        said = _read(damaged)
        if said is not None and said != truth:
            unseen += 1
    assert unseen == 0


def _read(path: Path) -> object:
    """Return all that a record says, None where it is said to be damaged."""
    try:
        with SqliteRecord.open(path, read_only=True) as record:
            if record.integrity():
                return None
            return list(record.everything()), record.learners(), record.class_lists.all()
    except RecordError:
        return None


def test_a_damaged_row_is_told_when_it_is_read(path: Path) -> None:
    content = path.read_bytes()
    place = content.index(b"Option of item")
    path.write_bytes(content[:place] + b"option" + content[place + 6 :])
    with SqliteRecord.open(path) as record:
        (complaint,) = record.integrity()
        assert "not as it was written" in complaint
        with pytest.raises(RecordDamaged, match="not as it was written"):
            list(record.everything())
        assert len(record.sessions()) == 3


def test_damaged_text_is_damage_not_a_crash(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Option of item", b"Opti\xff\xfe of item"))
    with SqliteRecord.open(path) as record:
        assert record.integrity()
        with pytest.raises(RecordDamaged):
            list(record.everything())


def test_a_record_that_another_program_holds_is_locked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quiz.record.sqlite.connection.PATIENCE", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    with SqliteRecord.open(path) as record:
        mina = record.learner("mina").id
        started = header(mina, Random(3), NOON + DAY)
        record.start(started)
        holder.execute("BEGIN EXCLUSIVE")
        for ask in (
            lambda: record.append(started.id, [attempt(1)]),
            lambda: record.memories(mina),
            lambda: SqliteRecord.open(path),
        ):
            with pytest.raises(RecordLocked, match="Another program holds"):
                ask()
        holder.execute("ROLLBACK")
        record.append(started.id, [attempt(1)])
    holder.close()


def test_a_reader_that_holds_up_a_write_is_told_and_the_write_can_be_repeated(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.record.sqlite.connection.PATIENCE", 0.05)
    reader = sqlite3.connect(path, isolation_level=None)
    with SqliteRecord.open(path) as record:
        started = header(record.learner("mina").id, Random(3), NOON + DAY)
        record.start(started)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        with pytest.raises(RecordLocked):
            record.append(started.id, [attempt(1)])
        reader.execute("ROLLBACK")
        assert record.events(started.id) == ()
        record.append(started.id, [attempt(1)])
        assert record.rebuild_memory() == 0
    reader.close()


def test_a_thread_that_waited_in_vain_waits_no_more_until_the_record_was_free(path: Path) -> None:
    with SqliteRecord.open(path) as record, counted_waits() as waits:
        record.wait_at_most(0.02)
        started = header(record.learner("mina").id, Random(3), NOON + DAY)
        record.start(started)
        for statement in ("BEGIN EXCLUSIVE", "BEGIN IMMEDIATE", "BEGIN"):
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute(statement)
                other.execute("SELECT count(*) FROM event").fetchone()
                before = waits.waited
                for _ in range(9):
                    with pytest.raises(RecordLocked):
                        record.append(started.id, [attempt(1)])
                assert waits.waited - before == pytest.approx(0.02)
                other.execute("ROLLBACK")
            record.learner("otto")


def test_a_thread_waits_for_another_one_no_longer_than_for_another_program(path: Path) -> None:
    begun, is_done = Event(), Event()

    def hold(record: SqliteRecord) -> None:
        with record.at_one_moment():
            begun.set()
            is_done.wait(5)

    with SqliteRecord.open(path) as record:
        record.wait_at_most(0.02)
        thread = Thread(target=hold, args=(record,))
        thread.start()
        begun.wait()
        with pytest.raises(RecordLocked, match="quiz is still busy"):
            record.learners()
        assert thread.is_alive()
        is_done.set()
        thread.join()
        assert record.learners() != []


def test_a_record_that_was_moved_away_while_open_is_not_written(path: Path, tmp_path: Path) -> None:
    with SqliteRecord.open(path) as record:
        started = header(record.learner("mina").id, Random(3), NOON + DAY)
        record.start(started)
        path.rename(tmp_path / "elsewhere.db")
        with pytest.raises(RecordError, match="was moved, replaced or restored"):
            record.append(started.id, [attempt(1)])
        shutil.copy(tmp_path / "elsewhere.db", path)
        with pytest.raises(RecordError, match="was moved, replaced or restored"):
            record.append(started.id, [attempt(1)])
        path.unlink()
        (tmp_path / "elsewhere.db").rename(path)
        record.append(started.id, [attempt(1)])
