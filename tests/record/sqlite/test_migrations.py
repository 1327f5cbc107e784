"""The schema goes up one step at a time, each whole or not at all, after a backup."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from quiz.errors import RecordDamaged, RecordError, RecordNewer, RecordReadOnly
from quiz.record.sqlite import create as creation
from quiz.record.sqlite.connection import APPLICATION_ID, RecordFile, connect
from quiz.record.sqlite.migrations import LATEST, MIGRATIONS, bring_up_to_date
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_before_migration, backups_of

NEXT = (*MIGRATIONS, ("CREATE TABLE later(name TEXT)", "INSERT INTO later VALUES('7b')"))
BROKEN = (*NEXT, ("CREATE TABLE half(done)", "CREATE TABLE later(again)"))


def _schema(path: Path) -> list[tuple[str, str]]:
    database = sqlite3.connect(path)
    found = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    database.close()
    return found


@pytest.mark.durable
def test_a_new_record_has_the_latest_schema_and_says_whose_it_is(path: Path) -> None:
    file = connect(path)
    assert (file.version(), file.is_ours()) == (LATEST, True)
    for pragma, value in {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "application_id": APPLICATION_ID,
    }.items():
        assert file.db.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    assert file.db.isolation_level is None
    file.close()
    assert "STRICT" not in str(_schema(path))
    assert backups_of(path) == []


def test_a_step_is_taken_once_after_a_backup(path: Path) -> None:
    before = _schema(path)
    file = connect(path)
    for _ in range(2):
        bring_up_to_date(file, back_up_before_migration, NEXT)
    assert file.version() == len(NEXT)
    assert file.db.execute("SELECT name FROM later").fetchall() == [("7b",)]
    file.close()
    (backup,) = backups_of(path)
    assert backup.path.name == f"history-before-schema-{len(NEXT)}.db"
    assert (backup.day, backup.schema) == (None, len(NEXT))
    assert _schema(backup.path) == before
    with pytest.raises(RecordNewer):
        SqliteRecord.open(path)


def test_a_step_that_fails_changes_nothing(path: Path) -> None:
    file = connect(path)
    with pytest.raises(RecordDamaged, match="later already exists"):
        bring_up_to_date(file, back_up_before_migration, BROKEN)
    assert file.version() == len(NEXT)
    assert file.db.execute("SELECT count(*) FROM sqlite_master WHERE name='half'").fetchone() == (0,)
    file.close()
    with pytest.raises(RecordError):
        SqliteRecord.open(path)
    assert len(backups_of(path)) == 2


def test_no_backup_no_step(path: Path) -> None:
    def refuse(_file: RecordFile, _version: int) -> None:
        raise RecordReadOnly("no backup")

    file = connect(path)
    with pytest.raises(RecordReadOnly):
        bring_up_to_date(file, refuse, NEXT)
    assert file.version() == LATEST
    file.close()


def test_a_step_that_another_program_took_meanwhile_is_not_taken_again(path: Path) -> None:
    file, faster = connect(path), connect(path)

    def overtake(_file: RecordFile, _version: int) -> None:
        if faster.version() == LATEST:
            bring_up_to_date(faster, lambda _f, _v: None, NEXT)

    bring_up_to_date(file, overtake, NEXT)
    assert file.db.execute("SELECT count(*) FROM later").fetchone() == (1,)
    file.close()
    faster.close()


def test_an_older_record_is_brought_up_to_date_on_opening_and_for_reading_in_a_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(creation, "LATEST", len(NEXT))
    monkeypatch.setattr(
        creation, "bring_up_to_date", lambda file, back_up: bring_up_to_date(file, back_up, NEXT)
    )
    before = path.read_bytes()
    with SqliteRecord.open(path, read_only=True) as record:
        assert (len(record.sessions()), record.is_read_only, record.path) == (3, True, path)
        with pytest.raises(RecordReadOnly, match="may not be written"):
            record.learner("somebody new")
    assert path.read_bytes() == before
    assert backups_of(path) == []
    with SqliteRecord.open(path) as record:
        assert len(record.sessions()) == 3
        assert record.integrity() == []
    assert len(backups_of(path)) == 1
