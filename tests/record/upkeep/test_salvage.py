"""What can be had of a damaged record, and of its backups."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from random import Random

import msgspec
import pytest

from quiz.core.events.model import Event
from quiz.errors import RecordError
from quiz.record.name_rows import put_row
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily
from quiz.record.upkeep.repair import mend
from quiz.record.upkeep.salvage import salvage
from tests.record.record_stress import DAY, NOON, attempt, header
from tests.record.upkeep.contents import answer_one_more, contents

TODAY = date(2025, 6, 18)


def test_all_of_a_sound_record_can_be_salvaged(path: Path) -> None:
    answer_one_more(path)
    with SqliteRecord.open(path) as record:
        long = header(record.learner("otto").id, Random(2), NOON + 40 * DAY, items=(("b", "i" * 70),) * 900)
        record.start_with(long, [attempt(1, body={"long": "x" * 20_000}, score=0.5), attempt(2, "two")])
        everything, learners = list(record.everything()), record.learners()
    said = salvage(path)
    assert [made for made, _ in said.sessions] == [made for made, _ in everything]
    assert sorted(said.learners, key=lambda learner: learner.name) == learners
    for (made, found), (_, events) in zip(said.sessions, everything, strict=True):
        assert [_owned(told, made.learner) for told in found] == [
            _owned(told, made.learner) for told in events
        ]


def _owned(told: Event, learner: str) -> Event:
    return msgspec.structs.replace(told, learner=told.learner or learner)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_left_of_a_damaged_record_is_salvaged(path: Path, seed: int) -> None:
    """Overwriting some sectors costs what lay in them, and what is salvaged is true."""
    rng = Random(seed)
    with SqliteRecord.open(path) as record:
        truth = {made.id: {told.n: told for told in events} for made, events in record.everything()}
    content = bytearray(path.read_bytes())
    for _ in range(3):
        place = rng.randrange(len(content) // 512) * 512
        content[place : place + 512] = rng.randbytes(512)
    path.write_bytes(content)
    mended = mend(path)
    assert mended.aside is not None
    assert mended.aside.read_bytes() == content
    with SqliteRecord.open(path) as record:
        kept = {made.id: events for made, events in record.everything()}
        for session, events in kept.items():
            for told in events:
                assert told == truth[session][told.n]
        assert sum(map(len, kept.values())) == mended.events >= 30
        assert record.rebuild_memory() == 0
        assert record.integrity() == []
        lost = sum(map(len, truth.values())) - mended.events
        assert bool(lost) <= bool(mended.losses)


def test_mending_takes_from_backups_what_the_record_has_lost(path: Path) -> None:
    back_up_daily(path, TODAY)
    last = answer_one_more(path)
    whole = contents(path)
    content = path.read_bytes()
    size = 4096
    for page in range(len(content) // size):
        if content[page * size] == 0x0D and b"slate" in content[page * size : (page + 1) * size]:
            content = content[: page * size] + bytes(size) + content[(page + 1) * size :]
    path.write_bytes(content)
    mended = mend(path)
    assert (mended.sessions, mended.events, mended.from_backups) == (4, 64, 0)
    with SqliteRecord.open(path) as record:
        assert record.header(last).settings == {"salvaged": True}
        assert record.integrity() == []
        assert list(record.everything())[:3] == whole[1][:3]


def test_mending_an_emptied_record_leaves_what_the_backups_have(path: Path) -> None:
    back_up_daily(path, TODAY)
    whole = contents(path)
    os.truncate(path, 0)
    mended = mend(path)
    assert (mended.sessions, mended.events, mended.from_backups, mended.losses) == (3, 63, 63, ())
    assert contents(path) == whole


def _with_a_roster(path: Path) -> None:
    with SqliteRecord.open(path) as record, record._file.writing() as db:
        pupil = record.learner("pupil who never answered").id
        put_row(db, "roster", "7b", "Class 7b")
        put_row(db, "roster_learner", "7b", 1, pupil)


def _names(path: Path) -> list[tuple[str, str]]:
    with SqliteRecord.open(path, read_only=True) as record, record._file.reading() as db:
        return db.execute(
            "SELECT r.name, l.name FROM roster r JOIN roster_learner ON roster=r.id"
            " JOIN learner l ON l.id=learner"
        ).fetchall()


@pytest.mark.parametrize("is_gone", [False, True])
def test_mending_keeps_class_lists(path: Path, is_gone: bool) -> None:
    _with_a_roster(path)
    back_up_daily(path, TODAY)
    if is_gone:
        os.truncate(path, 0)
    else:
        with path.open("ab") as file:
            file.write(b"junk")
    mended = mend(path)
    assert (mended.events, mended.losses) == (63, ())
    assert _names(path) == [("Class 7b", "pupil who never answered")]


def test_mending_survives_a_damaged_backup(path: Path) -> None:
    backup = back_up_daily(path, TODAY)
    assert backup is not None
    os.truncate(backup, 5000)
    whole = contents(path)
    with path.open("ab") as file:
        file.write(b"junk")
    mended = mend(path)
    assert (mended.events, mended.from_backups, mended.losses) == (63, 0, ())
    assert contents(path) == whole


@pytest.mark.parametrize("content", [b"", b"x" * 511, b"x" * 5000, bytes(4096), b"SQLite format 3\0" * 600])
def test_salvaging_rubbish_finds_nothing(tmp_path: Path, content: bytes) -> None:
    rubbish = tmp_path / "history.db"
    rubbish.write_bytes(content)
    assert salvage(rubbish)[:2] == ([], [])


def test_salvaging_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="There is no record"):
        salvage(tmp_path / "none.db")
