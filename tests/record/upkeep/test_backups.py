"""Copies of the record: made, kept, restored."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from quiz.core.events.model import EventKind
from quiz.errors import RecordDamaged, RecordError, RecordLocked, RecordReadOnly
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import (
    back_up_before_migration,
    back_up_daily,
    backups_of,
    folder_of,
    restore,
)
from quiz.record.upkeep.retention import DAILY
from tests.record.record_stress import DAY, NOON, attempt, event, header
from tests.record.upkeep.contents import answer_one_more, contents

TODAY = date(2025, 6, 18)


def test_one_backup_a_day_is_kept_for_a_week(path: Path) -> None:
    made = [back_up_daily(path, TODAY + timedelta(days=day)) for day in range(10)]
    assert all(made)
    assert back_up_daily(path, TODAY + timedelta(days=9)) is None
    kept = backups_of(path)
    assert [backup.path for backup in kept] == made[:2:-1]
    for backup in kept:
        assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
        assert backup.size == path.stat().st_size
        assert contents(backup.path) == contents(path)
    assert stat.S_IMODE(folder_of(path).stat().st_mode) == 0o700
    assert min(backup.day for backup in kept if backup.day) == TODAY + timedelta(days=3)
    assert len(list(folder_of(path).iterdir())) == DAILY, "nothing is left lying about"


def test_a_backup_is_made_beside_a_window_that_goes_on_writing(path: Path) -> None:
    with SqliteRecord.open(path) as record:
        started = header(record.learner("mina").id, Random(3), NOON + DAY)
        record.start(started)
        done: list[Path | None] = []
        thread = threading.Thread(target=lambda: done.append(back_up_daily(path, TODAY)))
        thread.start()
        for n in range(1, 100):
            record.append(started.id, [attempt(n, f"item-{n}")])
        thread.join()
        assert len(record.events(started.id)) == 99
    assert done[0] is not None
    contents(done[0])


def test_a_damaged_record_is_not_backed_up_and_costs_no_good_backup(path: Path) -> None:
    for day in range(DAILY):
        back_up_daily(path, TODAY + timedelta(days=day))
    content = path.read_bytes()
    place = content.index(b"Option of item")
    path.write_bytes(content[:place] + b"o" + content[place + 1 :])
    with pytest.raises(RecordDamaged, match="not as it was written"):
        back_up_daily(path, TODAY + timedelta(days=20))
    assert len(list(folder_of(path).iterdir())) == DAILY


def test_drafts_left_behind_by_a_killed_program_go_after_a_day(path: Path) -> None:
    folder_of(path).mkdir()
    draft = folder_of(path) / ".history-2025-06-01.db.4711-0123abcd.new"
    left = [draft, draft.with_name(f"{draft.name}-journal"), folder_of(path) / ".notes.new"]
    fresh = folder_of(path) / ".history-2025-06-01.db.4712-0123abcd.new"
    for file in (*left, fresh):
        file.write_text("left")
    for file in left:
        os.utime(file, (1, 1))
    back_up_daily(path, TODAY)
    names = {entry.name for entry in folder_of(path).iterdir()}
    assert names == {"history-2025-06-18.db", ".notes.new", fresh.name}


def test_other_files_among_the_backups_are_left_alone(path: Path) -> None:
    folder_of(path).mkdir()
    for name in ("notes.txt", "history-2025-06-18.txt", "other-2025-06-18.db", "history-soon.db"):
        (folder_of(path) / name).write_text("mine")
    back_up_daily(path, TODAY)
    assert [backup.day for backup in backups_of(path)] == [TODAY]
    assert len(list(folder_of(path).iterdir())) == 5
    assert backups_of(path.with_name("none") / "history.db") == []


def test_there_is_nothing_to_back_up_without_a_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="There is no record"):
        back_up_daily(tmp_path / "none.db", TODAY)
    assert list(tmp_path.iterdir()) == []


def test_restoring_puts_the_replaced_record_aside(path: Path) -> None:
    before = contents(path)
    backup = back_up_daily(path, TODAY)
    assert backup is not None
    answer_one_more(path)
    later = contents(path)
    aside = restore(path, backup)
    assert aside == path.with_name("history.db.replaced-1")
    assert contents(path) == before
    assert contents(aside) == later
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    answer_one_more(path)
    assert restore(path, backup) == path.with_name("history.db.replaced-2")
    assert contents(backup) == before


def test_a_record_that_is_gone_can_be_restored(path: Path) -> None:
    before = contents(path)
    backup = back_up_daily(path, TODAY)
    assert backup is not None
    path.unlink()
    assert restore(path, backup) is None
    assert contents(path) == before


@pytest.mark.parametrize("damage", [b"", b"garbage" * 99, bytes(9000)], ids=len)
def test_a_destroyed_record_can_be_restored(path: Path, damage: bytes) -> None:
    before = contents(path)
    backup = back_up_daily(path, TODAY)
    assert backup is not None
    path.write_bytes(damage)
    aside = restore(path, backup)
    assert aside is not None
    assert aside.read_bytes() == damage
    assert contents(path) == before


def test_a_window_that_has_the_replaced_record_open_is_refused(path: Path) -> None:
    backup = back_up_daily(path, TODAY)
    assert backup is not None
    with SqliteRecord.open(path) as record:
        session = record.sessions()[0].id
        restore(path, backup)
        with pytest.raises(RecordError, match="was moved, replaced or restored"):
            record.append(session, [event(22, EventKind.NOTE)])


def test_nothing_is_restored_from_a_damaged_backup(path: Path) -> None:
    before = contents(path)
    backup = back_up_daily(path, TODAY)
    assert backup is not None
    content = backup.read_bytes()
    backup.write_bytes(content.replace(b"Option of item-1", b"Option of item-2", 1))
    with pytest.raises(RecordDamaged, match="The backup"):
        restore(path, backup)
    assert contents(path) == before
    assert {entry.name for entry in path.parent.iterdir()} == {"history.db", "backups"}


def test_nothing_is_restored_while_another_program_writes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = back_up_daily(path, TODAY)
    assert backup is not None
    monkeypatch.setattr("quiz.record.sqlite.connection.PATIENCE", 0.05)
    other = connect(path)
    with other.writing(), pytest.raises(RecordLocked):
        restore(path, backup)
    other.close()
    assert {entry.name for entry in path.parent.iterdir()} == {"history.db", "backups"}


def test_a_second_backup_before_the_same_step_has_a_name_of_its_own(path: Path) -> None:
    file = connect(path)
    names = [back_up_before_migration(file, 1).name for _ in range(3)]
    file.close()
    assert names == [f"history-before-schema-2{more}.db" for more in ("", "-2", "-3")]
    assert {backup.schema for backup in backups_of(path)} == {2}


def test_a_record_that_is_too_damaged_to_be_held_is_put_aside_all_the_same(path: Path) -> None:
    backup = back_up_daily(path, TODAY)
    assert backup is not None
    path.write_bytes(b"")
    path.with_name("history.db-journal").write_bytes(b"left behind")
    aside = restore(path, backup)
    assert aside is not None
    assert aside.with_name("history.db.replaced-1-journal").read_bytes() == b"left behind"
    assert not path.with_name("history.db-journal").exists()
    contents(path)


def test_a_record_that_falls_apart_when_it_is_to_be_held_is_put_aside_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = back_up_daily(path, TODAY)
    assert backup is not None

    def connect_to_rubble(where: Path, *, read_only: bool = False) -> RecordFile:
        file = connect(where, read_only=read_only)
        if where == path:
            file.db.set_authorizer(lambda *_: sqlite3.SQLITE_DENY)
        return file

    monkeypatch.setattr("quiz.record.upkeep.replacement.connect", connect_to_rubble)
    assert restore(path, backup) is not None
    contents(path)


def test_where_no_open_file_can_be_moved_it_is_closed_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = back_up_daily(path, TODAY)
    assert backup is not None
    monkeypatch.setattr("quiz.record.upkeep.replacement.IS_WINDOWS", True)
    assert restore(path, backup) is not None
    contents(path)


def test_a_backup_needs_a_folder_that_may_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(RecordReadOnly):
        back_up_daily(path, TODAY)
