"""Which device is which: those of one name, copies of a data folder, twins, a record that was restored."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from quiz.core.events.model import Mode
from quiz.exchange.sync_files import FOLDER
from quiz.record.read_models import Extent
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily, restore
from quiz.services import sync_state
from quiz.services.forgetting import forget_beside
from quiz.services.sync import last_came, pair, said_of_differing, sync
from quiz.services.sync_state import STATE, keep_state, look_anew, remembered_state, settle_here, state_of
from quiz.services.workspace import Workspace
from tests.services.devices import Devices, answer, everything, meet, study


def test_a_left_session_is_only_its_own_device_s_though_both_have_one_host_name(
    device: Devices, tmp_path: Path
) -> None:
    one, other = device("one"), device("other")
    session = study(one, "a", is_ended=False)
    meet(tmp_path, one, other)
    assert other.unfinished(Mode.STUDY) is None
    left = one.unfinished(Mode.STUDY)
    assert left is not None
    assert left.id == session
    one.record.append(session, [answer(2, "b", one)])
    study(other, "c", "d")
    meet(tmp_path, one, other)
    assert everything(other) == everything(one)
    assert {ref.item for ref in one.record.memories(one.learner.id)} == {"a", "b", "c", "d"}
    assert said_of_differing(one) == said_of_differing(other) == []


def test_a_session_that_an_older_quiz_began_is_its_host_s(device: Devices, tmp_path: Path) -> None:
    one = device("one")
    one.set("sync_folder", str(tmp_path))
    header = one.header(Mode.STUDY, ("small",), 1, {}, ())
    named = header.device.partition("/")[0]
    for name, is_others in ((named, False), (f"{named}.elsewhere.example", False), ("another", True)):
        assert one.is_others(msgspec.structs.replace(header, device=name)) is is_others


def test_a_copy_of_a_data_folder_is_a_device_of_its_own_and_a_moved_one_is_not(
    device: Devices, tmp_path: Path, copied: Callable[[Workspace, str], Workspace]
) -> None:
    one = device("one")
    study(one, "a", is_ended=False)
    meet(tmp_path, one)
    other = copied(one, "copy")
    assert one.device != other.device == state_of(other.record.path).device
    assert state_of(one.record.path).device == one.device
    meet(tmp_path, other)
    assert other.unfinished(Mode.STUDY) is None
    study(other, "b")
    study(one, "c")
    meet(tmp_path, one, other)
    assert everything(other) == everything(one)
    assert len({path.parent for path in tmp_path.glob("quiz-sync/*/*.jsonl")}) == 2
    moved = other.record.path.parent.rename(tmp_path / "moved") / other.record.path.name
    assert state_of(moved).device == other.device


def test_without_a_machines_id_a_device_stays_itself_when_its_host_or_its_folder_is_another(
    device: Devices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_state, "_MACHINE", tmp_path / "none")
    path = device("one").record.path
    own = remembered_state(path).device
    monkeypatch.setattr("platform.node", lambda: "renamed")
    assert remembered_state(path).device == own
    copy = shutil.copytree(path.parent, tmp_path / "copy") / path.name
    assert remembered_state(copy).device != own
    moved = shutil.copytree(path.parent, tmp_path / "moved") / path.name
    shutil.rmtree(path.parent)
    assert remembered_state(moved).device == own
    back = shutil.copytree(moved.parent, path.parent) / path.name
    assert remembered_state(back).device != own


def test_who_only_looks_leaves_nothing(device: Devices) -> None:
    one = device("one")
    forget_beside(one, [one.learner.id])
    assert (said_of_differing(one), last_came(one)) == ([], [])
    assert not one.record.path.with_name(STATE).exists()


def test_two_who_write_as_one_device_part_ways_and_lose_nothing(
    device: Devices, tmp_path: Path, copied: Callable[[Workspace, str], Workspace]
) -> None:
    one = device("one")
    session = study(one, "a", is_ended=False)
    meet(tmp_path, one)
    other = copied(one, "copy")
    state = state_of(other.record.path)
    state.device = other.device = one.device  # as a disk's image
    settle_here(state, other.record.path)
    keep_state(other.record.path, state)
    for each, item in ((one, "b"), (other, "c")):
        each.record.append(session, [answer(2, item, each)])
        study(each, f"own {item}")
    theirs = tmp_path / "theirs"
    shutil.copytree(tmp_path / FOLDER, theirs / FOLDER)
    meet(tmp_path, one)
    meet(theirs, other)
    (path,) = tmp_path.glob("quiz-sync/*/*.jsonl")
    (conflicting,) = theirs.glob("quiz-sync/*/*.jsonl")
    conflicting.rename(path.with_name("2025-06.sync-conflict.jsonl"))
    own = study(one, "d")
    assert any("this is a device of its own" in remark for remark in sync(one, tmp_path).remarks)
    path.unlink()
    third = device("third")
    pair(third, tmp_path)
    meet(tmp_path, other, one, third)
    assert one.device != other.device
    assert sorted(one.record.heads()) == sorted(other.record.heads()) == sorted(third.record.heads())
    assert own in other.record.heads()
    items = [[event.item for event in each.record.events(session)] for each in (one, other)]
    assert items == [["a", "b"], ["a", "c"]]
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("quiz-sync/*/*.jsonl"))
    assert all(b'"item":"%c"' % item in written for item in b"abcd")
    assert [sync(each, tmp_path).sent for each in (one, other, third)] == [0, 0, 0]


def test_after_a_restore_all_goes_into_the_folder_again_and_all_comes_back(
    device: Devices, tmp_path: Path
) -> None:
    one, folder = device("one"), tmp_path / "folder"
    folder.mkdir()
    study(one, "a")
    path = one.record.path
    backup = back_up_daily(path, one.today)
    study(one, "b")
    meet(folder, one)
    one.record.close()
    assert backup is not None
    restore(path, backup)
    look_anew(path)
    with closing(SqliteRecord.open(path)) as record:
        one.record = record
        study(one, "c")
        told = sync(one, folder)
        assert (told.came > 0, told.sent > 0, told.remarks) == (True, True, ())
        other = device("other")
        meet(folder, other)
        assert everything(other) == everything(one)


def test_a_copy_from_where_one_may_not_look_is_no_reason_to_end(
    device: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = device("one")
    state = state_of(one.record.path)
    (place,) = state.places
    state.places = {f"{place.partition(':')[0]}:/root/somewhere/history.db": state.device}
    keep_state(one.record.path, state)
    stat = Path.stat

    def refused(path: Path, **options: bool) -> os.stat_result:
        if path.is_relative_to("/root/somewhere"):
            raise PermissionError
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refused)
    assert state_of(one.record.path).device != state.device


def test_a_device_that_synced_before_stays_the_one_it_was(device: Devices) -> None:
    record = device("one").record.path
    (record.parent / STATE).write_bytes(
        b'{"device":"k3x9","folder":"/sync","files":{},"heads":{},"extent":["mina",1,2,"0"],"banks":{}}'
    )
    state = state_of(record)
    assert (state.device, state.extent) == ("k3x9", Extent("mina", 1, 2, "0"))
