"""Another file in the record's place: at no moment is there no record, and what was there is kept."""

from __future__ import annotations

import errno
import os
import stat
import time
from datetime import date
from pathlib import Path

import pytest

from quiz.errors import RecordError, RecordMissing
from quiz.private_files import A_DAY
from quiz.record.sqlite.create import make_record
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily, back_up_now, backups_of, restore
from quiz.record.upkeep.copies import copies_of
from quiz.record.upkeep.repair import mend
from quiz.record.upkeep.replacement import (
    MOST_REPLACED,
    REPLACED_DAYS,
    replaced_records,
    tidy_replaced,
)
from tests.record.record_stress import filled

TODAY = date(2025, 6, 18)


@pytest.fixture
def backup(path: Path) -> Path:
    made = back_up_daily(path, TODAY)
    assert made is not None
    return made


def _refuse(*_: object, **__: object) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_where_the_new_file_cannot_come_in_the_old_one_is_there(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", _refuse)
        with pytest.raises(RecordError):
            restore(path, backup)
    assert path.read_bytes() == before
    tidy_replaced(path)
    assert replaced_records(path) == [], "a second name of the record is no copy of it"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_the_records_place_is_refused_rather_than_waited_for(path: Path, backup: Path) -> None:
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(RecordError, match="not a file"):
        restore(path, backup)
    with pytest.raises(RecordError, match="not a file"):
        mend(path)
    assert path.is_fifo()


def test_where_links_are_refused_the_record_is_copied(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SqliteRecord.open(path) as record:
        record.learner("one more")
    before = path.read_bytes()
    monkeypatch.setattr(os, "link", _refuse)
    aside = restore(path, backup)
    assert aside is not None
    assert aside.read_bytes() == before
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert path.read_bytes() == backup.read_bytes()


def test_a_journal_of_the_old_record_is_not_played_back_into_the_new_one(path: Path, backup: Path) -> None:
    path.write_bytes(b"rubbish" * 900)
    path.with_name("history.db-journal").write_bytes(b"left by a killed program")
    restore(path, backup)
    assert not path.with_name("history.db-journal").exists()


def test_a_journal_left_where_the_record_is_gone_is_not_played_back(path: Path, backup: Path) -> None:
    path.unlink()
    path.with_name("history.db-journal").write_bytes(b"left by a killed program")
    restore(path, backup)
    assert not path.with_name("history.db-journal").exists()


def test_two_replaced_records_are_kept_for_a_month(path: Path, backup: Path) -> None:
    for _ in range(5):
        restore(path, backup)
    assert [entry.name for entry in replaced_records(path)] == [
        "history.db.replaced-5",
        "history.db.replaced-4",
    ]
    assert len(replaced_records(path)) == MOST_REPLACED
    old = time.time() - (REPLACED_DAYS + 1) * A_DAY
    os.utime(replaced_records(path)[1], (old, old))
    back_up_daily(path, TODAY.replace(day=19))
    assert [entry.name for entry in replaced_records(path)] == ["history.db.replaced-5"]


def test_the_month_begins_when_the_record_is_replaced(path: Path, backup: Path) -> None:
    old = time.time() - 400 * A_DAY
    os.utime(path, (old, old))
    aside = restore(path, backup)
    assert aside is not None
    assert aside.exists()
    assert time.time() - aside.stat().st_mtime < A_DAY


@pytest.mark.parametrize("left", ["backup", "replaced"])
def test_a_lost_record_is_not_begun_anew(path: Path, backup: Path, left: str) -> None:
    if left == "replaced":
        path.rename(path.with_name("history.db.replaced-1"))
        backup.unlink()
    else:
        path.unlink()
    with pytest.raises(RecordMissing, match=r"is gone\. Copies .*: 1"):
        SqliteRecord.open(path)
    assert not path.exists()
    assert [copy.events for copy in copies_of(path)] == [63]


def test_a_record_on_a_disk_that_is_not_there_is_not_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    path.symlink_to(tmp_path / "usb stick" / "history.db")
    with pytest.raises(RecordMissing, match="whose folder is not there"):
        SqliteRecord.open(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["history.db"]


def test_a_backup_made_now_does_not_overwrite_one_that_holds_more(path: Path, backup: Path) -> None:
    good = backup.read_bytes()
    path.unlink()
    make_record(path)
    made = back_up_now(path, TODAY)
    assert made.name == "history-2025-06-18-2.db"
    assert backup.read_bytes() == good
    assert back_up_now(path, TODAY) == made, "the lesser one may be overwritten"
    assert [(one.nth, one.day) for one in backups_of(path)] == [(2, TODAY), (1, TODAY)]


def test_a_backup_made_now_overwrites_one_that_holds_no_more(path: Path, backup: Path) -> None:
    filled(path, sessions=1, seed=5)
    assert back_up_now(path, TODAY) == backup
    assert copies_of(path)[0].events == 84


def test_the_newest_is_newest_by_its_name(path: Path) -> None:
    made = [back_up_daily(path, TODAY.replace(day=day)) for day in (3, 5, 4)]
    for place, one in enumerate(made):
        assert one is not None
        os.utime(one, (place, place))
    assert [backup.day and backup.day.day for backup in backups_of(path)] == [5, 4, 3]
    assert [copy.day and copy.day.day for copy in copies_of(path)] == [5, 4, 3]


def test_a_copy_that_cannot_be_read_comes_last(path: Path, backup: Path) -> None:
    later = back_up_daily(path, TODAY.replace(day=20))
    assert later is not None
    later.write_bytes(b"rubbish" * 900)
    assert [copy.path for copy in copies_of(path)] == [backup, later]
    assert not copies_of(path)[1].is_readable
