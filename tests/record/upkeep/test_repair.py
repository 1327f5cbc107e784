"""Records damaged at random: each loss is told, what is left is sound, and backups go on."""

from __future__ import annotations

import os
import resource
import shutil
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from quiz.core.events.model import Event
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily
from quiz.record.upkeep.repair import RepairedRecord, mend
from quiz.record.upkeep.salvage import salvage
from tests.record.record_stress import DAY, NOON, attempt, filled, header

TODAY = date(2025, 6, 18)
GENERAL = ("damaged. What no backup", "could not be read")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with long and short sessions, two learners and a class list."""
    path = tmp_path_factory.mktemp("whole") / "history.db"
    filled(path, sessions=12, attempts=30)
    with SqliteRecord.open(path, rng=Random(3)) as record:
        record.class_lists.add("7b", ["Ada", "Otto", "Zoë"])
        long = header(record.learner("otto").id, Random(2), NOON + 40 * DAY, items=(("b", "i" * 70),) * 300)
        record.start_with(long, [attempt(1, body={"long": "x" * 9000}, score=0.5), attempt(2, "two")])
    return path


def events_in(path: Path) -> dict[str, dict[int, Event]]:
    with SqliteRecord.open(path) as record:
        return {one.id: {told.n: told for told in events} for one, events in record.everything()}


def overwritten(content: bytearray, rng: Random) -> None:
    place = rng.randrange(len(content) // 512) * 512
    content[place : place + 512] = rng.choice((rng.randbytes(512), bytes(512)))


def flipped(content: bytearray, rng: Random) -> None:
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def cut(content: bytearray, rng: Random) -> None:
    del content[rng.randrange(512, len(content)) :]


DAMAGES = (overwritten, flipped, cut)


def is_told(session: str, numbers: set[int], mended: RepairedRecord) -> bool:
    """Say whether the loss of some events was told, of their session or of what nothing is known of."""
    said = " ".join(mended.losses)
    return bool(numbers) <= (session in said or any(words in said for words in GENERAL))


@pytest.mark.parametrize(
    "seeds", [range(10), pytest.param(range(10, 1030), marks=pytest.mark.long)], ids=["short", "long"]
)
def test_each_loss_is_told_and_what_is_left_is_sound(whole: Path, tmp_path: Path, seeds: range) -> None:
    truth = events_in(whole)
    lost = damaged = 0
    for seed in seeds:
        rng = Random(seed)
        path = tmp_path / str(seed) / "history.db"
        path.parent.mkdir()
        content = bytearray(whole.read_bytes())
        for _ in range(rng.randint(1, 4)):
            rng.choice(DAMAGES[:2] if rng.random() < 0.8 else DAMAGES)(content, rng)
        path.write_bytes(content)
        mended = mend(path)
        kept = events_in(path)
        for session, events in kept.items():
            assert all(truth[session][n] == told for n, told in events.items()), seed
        for session, events in truth.items():
            gone = events.keys() - kept.get(session, {}).keys()
            assert is_told(session, gone, mended), (seed, session, gone, mended.losses)
            lost += len(gone)
        with SqliteRecord.open(path) as record:
            assert record.integrity() == [], seed
            assert record.rebuild_memory() == 0
        assert back_up_daily(path, TODAY) is not None
        damaged += bool(mended.losses)
        shutil.rmtree(path.parent)
    assert lost > 0
    print(f"{len(seeds)} records damaged: {lost} events lost, each told; {damaged} with losses; all sound")


def test_nothing_is_lost_or_told_of_a_sound_record(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    shutil.copy(whole, path)
    before = events_in(path)
    mended = mend(path)
    assert mended.losses == ()
    assert events_in(path) == before
    with SqliteRecord.open(path) as record:
        assert [pupil.name for pupil in record.class_lists.named("7b").pupils] == ["Ada", "Otto", "Zoë"]
        assert record.rebuild_memory() == 0


def test_names_and_class_lists_are_found_without_any_table(whole: Path, tmp_path: Path) -> None:
    """The first page is gone, and with it everything that says where the tables are."""
    path = tmp_path / "history.db"
    content = whole.read_bytes()
    path.write_bytes(bytes(4096) + content[4096:])
    mended = mend(path)
    assert mended.events == sum(map(len, events_in(whole).values()))
    with SqliteRecord.open(path) as record:
        assert record.learner("otto").name == "otto"
        assert [pupil.name for pupil in record.class_lists.named("7b").pupils] == ["Ada", "Otto", "Zoë"]


@pytest.mark.parametrize("name", ["Otto", "mina", "7b"])
def test_a_flipped_bit_in_a_name_is_found_and_mended_from_a_backup(
    whole: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "history.db"
    shutil.copy(whole, path)
    with SqliteRecord.open(path) as record:
        people = record.learners()
    back_up_daily(path, TODAY)
    content = path.read_bytes()
    changed = bytes([ord(name[0]) ^ 1]) + name[1:].encode()
    path.write_bytes(content.replace(name.encode(), changed))
    with SqliteRecord.open(path) as record:
        assert any("not as it was written" in said for said in record.integrity())
    mend(path)
    with SqliteRecord.open(path) as record:
        assert record.integrity() == []
        assert record.learners() == people
        assert record.class_lists.named("7b").pupils[1].name == "Otto"


def test_what_is_in_a_damaged_backup_and_one_of_an_older_schema_is_taken_in(
    whole: Path, tmp_path: Path
) -> None:
    path = tmp_path / "history.db"
    shutil.copy(whole, path)
    events = sum(map(len, events_in(path).values()))
    backup = back_up_daily(path, TODAY)
    assert backup is not None
    content = backup.read_bytes()
    backup.write_bytes(bytes(512) + content[512:])
    os.truncate(path, 0)
    assert mend(path).events == events


@pytest.fixture
def huge(whole: Path, tmp_path: Path) -> Iterator[Path]:
    """A damaged record that claims 50 GB, nearly all of which are a hole."""
    path = tmp_path / "history.db"
    shutil.copy(whole, path)
    with path.open("r+b") as file:
        file.seek(5000)
        file.write(b"damage" * 100)
    os.truncate(path, 50 * 2**30)
    if path.stat().st_blocks * 512 > 2**20:
        pytest.skip("this file system has no sparse files")
    yield path
    path.unlink(missing_ok=True)


@pytest.mark.skipif(os.name == "nt", reason="holes are asked for as POSIX does")
def test_a_hole_of_50_gigabytes_is_passed_over(huge: Path) -> None:
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mended = mend(huge)
    assert mended.events > 300
    assert time.process_time() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
    back_up_daily(huge, TODAY + timedelta(days=1))


def test_a_row_that_goes_round_in_circles_is_given_up(whole: Path, tmp_path: Path) -> None:
    """Each overflow page is said to be followed by itself."""
    path = tmp_path / "history.db"
    content = bytearray(whole.read_bytes())
    for start in range(0, len(content), 4096):
        if content[start] == 0 and start:
            content[start : start + 4] = (start // 4096 + 1).to_bytes(4, "big")
    path.write_bytes(content)
    assert salvage(path).damaged + salvage(path).unread > 0
