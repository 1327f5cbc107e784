"""A record that an earlier version wrote is brought up to date with all that it holds."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from quiz.errors import RecordDamaged
from quiz.record.sqlite.migrations import LATEST
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import backups_of, restore

OLD = Path(__file__).parent / "schema-3.db.gz"
"""A record of schema 3: two finished sessions of mina's, an open one with an undo, and two class lists."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "history.db"
    made.write_bytes(gzip.decompress(OLD.read_bytes()))
    return made


def everything(record: SqliteRecord) -> tuple[object, ...]:
    lists = [(one.name, [pupil.name for pupil in one.pupils]) for one in record.class_lists.all()]
    return record.learners(), list(record.everything()), lists, record.sessions(), record.integrity()


def test_a_record_of_schema_3_is_brought_up_to_date(path: Path) -> None:
    with SqliteRecord.open(path, read_only=True) as record:
        before = everything(record)
    with SqliteRecord.open(path) as record:
        after = everything(record)
        assert record._file.version() == LATEST
        assert record.rebuild_memory() == 0
    assert after == before
    learners, sessions, lists, _, found = after
    assert isinstance(learners, list)
    assert isinstance(sessions, list)
    assert [one.name for one in learners] == ["Ada Lovelace", "Otto", "Otto", "mina", "Émile"]
    assert [len(events) for _, events in sessions] == [7, 7, 3]
    assert lists == [("Class 7b", ["Ada Lovelace", "Otto 1", "Otto 2"]), ("Class 8a", ["Émile"])]
    assert found == []
    *_, backup = backups = backups_of(path)
    assert [each.schema for each in backups] == [6, 5, 4]
    restore(path, backup.path)
    with SqliteRecord.open(path) as record:
        assert everything(record) == after


def test_a_name_that_is_changed_afterwards_is_found(path: Path) -> None:
    SqliteRecord.open(path).close()
    path.write_bytes(path.read_bytes().replace(b"mina", b"nina"))
    with SqliteRecord.open(path) as record:
        assert "A learner is not as it was written" in record.integrity()[0]
        with pytest.raises(RecordDamaged):
            record.learner("mina")
