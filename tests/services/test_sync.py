"""One learner on several devices: what each did comes to the others once, through a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quiz.core.events.model import Event, EventKind, Mode
from quiz.errors import UsageError
from quiz.exchange.sync_files import FOLDER
from quiz.services.school import STATE as SCHOOL
from quiz.services.school import SchoolState, school_state
from quiz.services.sync import pair, said_of_differing, sync, sync_if_set
from quiz.services.sync_banks import sync_banks
from quiz.services.sync_state import STATE, state_of
from tests.fakes import HOUR
from tests.services.devices import Devices, answer, everything, study


def test_what_one_device_did_comes_to_the_other_once(device: Devices, tmp_path: Path) -> None:
    one, other = device("one"), device("other")
    study(one, "a", "b")
    assert (sync(one, tmp_path).sent, sync(one, tmp_path).sent) == (3, 0)
    assert pair(other, tmp_path).id == one.learner.id
    came = sync(other, tmp_path)
    assert (came.came, came.sent, came.remarks) == (3, 0, ())
    assert list(came.from_devices) == [state_of(one.record.path).device]
    assert everything(other) == everything(one)
    assert sync(other, tmp_path).came == 0
    study(other, "c")
    sync(other, tmp_path)
    assert sync(one, tmp_path).came == 2
    assert everything(other) == everything(one)


def test_with_nothing_new_nothing_is_compared_or_written(
    device: Devices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = device("one")
    study(one, "a")
    sync(one, tmp_path)
    for name in ("since", "merge"):
        monkeypatch.setattr(one.record, name, None)
    state = one.record.path.with_name(STATE)
    before = state.stat().st_ino
    assert sync(one, tmp_path).sent == 0
    assert state.stat().st_ino == before


def test_where_all_that_is_new_came_from_the_folder_nothing_is_looked_for(
    device: Devices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = device("one"), device("other")
    study(one, "a")
    sync(one, tmp_path)
    pair(other, tmp_path)
    study(other, "b")
    sync(other, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(one.record, "since", None)
        assert sync(one, tmp_path).came == 2
    study(other, "c")
    sync(other, tmp_path)
    study(one, "d")
    told = sync(one, tmp_path)
    assert (told.came, told.sent) == (2, 2)


def test_a_session_that_goes_on_elsewhere_and_an_undo_travel(device: Devices, tmp_path: Path) -> None:
    one, other = device("one"), device("other", ahead=-99 * HOUR)
    session = study(one, "a", is_ended=False)
    sync(one, tmp_path)
    pair(other, tmp_path)
    sync(other, tmp_path)
    undo = Event(n=2, kind=EventKind.UNDO, at=other.clock.now(), target=1)
    other.record.append(session, [undo])
    sync(other, tmp_path)
    assert sync(one, tmp_path).came == 1
    assert one.record.effective_events(session) == ()


def test_what_two_devices_did_in_one_session_apart_is_told(device: Devices, tmp_path: Path) -> None:
    one, other = device("one"), device("other")
    session = study(one, "a", is_ended=False)
    sync(one, tmp_path)
    pair(other, tmp_path)
    sync(other, tmp_path)
    one.record.append(session, [answer(2, "b", one)])
    other.record.append(session, [answer(2, "c", other), answer(3, "d", other)])
    sync(one, tmp_path)
    said = (
        "1 session went on separately here and on another device."
        " Events that count only there, and stay in the folder: 1."
    )
    assert sync(other, tmp_path).remarks[0] == said
    assert said_of_differing(other) == [said]
    assert sync(other, tmp_path).remarks == ()
    assert sync(one, tmp_path).remarks[0] == said
    assert [event.item for event in one.record.events(session)] == ["a", "b", "d"]
    assert [event.item for event in other.record.events(session)] == ["a", "c", "d"]
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("quiz-sync/*/*.jsonl"))
    assert [written.count(b'"item":"%c"' % item) for item in b"abcd"] == [1, 1, 1, 1]
    assert (sync(one, tmp_path).sent, sync(other, tmp_path).sent) == (0, 0)


def test_what_was_answered_before_pairing_is_kept(device: Devices, tmp_path: Path) -> None:
    one, other = device("one"), device("other")
    study(one, "a")
    study(other, "b")
    sync(one, tmp_path)
    pair(other, tmp_path)
    sync(other, tmp_path)
    sync(one, tmp_path)
    for each in (one, other):
        assert {ref.item for ref in each.record.memories(one.learner.id)} == {"a", "b"}
        assert each.record.integrity() == []


def test_two_learners_in_one_folder_stay_two(device: Devices, tmp_path: Path) -> None:
    mina, otto = device("one"), device("other", "Otto")
    study(mina, "a")
    study(otto, "b")
    sync(mina, tmp_path)
    assert pair(otto, tmp_path).name == "Otto"
    assert sync(otto, tmp_path).came == 0
    assert sync(mina, tmp_path).came == 0
    third = device("third", "somebody")
    with pytest.raises(UsageError, match="More than one learner") as refused:
        pair(third, tmp_path)
    assert "Mina | Otto" in str(refused.value)
    assert pair(third, tmp_path, "Otto").id == otto.learner.id
    with pytest.raises(UsageError, match="Nobody in this folder"):
        pair(device("fourth"), tmp_path, "Nobody")


def test_a_class_is_never_synced(device: Devices, tmp_path: Path) -> None:
    one = device("one")
    study(one, "a", mode=Mode.DRILL)
    pupil = one.record.class_lists.add("8b", ["Ada"]).class_list.pupils[0]
    sync(one, tmp_path)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*.json*") if FOLDER in str(path))
    assert b"Ada" not in written
    assert pupil.id.encode() not in written
    assert b'"event"' not in written


def test_half_a_line_and_a_flipped_bit_cost_nothing(device: Devices, tmp_path: Path) -> None:
    one, other, third = device("one"), device("other"), device("third")
    study(one, "a", "b")
    sync(one, tmp_path)
    (path,) = (tmp_path / FOLDER).glob("*/*.jsonl")
    whole = path.read_bytes()
    pair(other, tmp_path)
    path.write_bytes(whole[:-9])
    assert "not whole" in sync(other, tmp_path).remarks[0]
    path.write_bytes(whole.replace(b'"item":"a"', b'"item":"z"'))
    pair(third, tmp_path)
    assert any("checksum" in remark for remark in sync(third, tmp_path).remarks)
    assert sync(one, tmp_path).sent > 0  # what is damaged is written again
    for each in (other, third):
        sync(each, tmp_path)
        assert everything(each) == everything(one)


def test_a_session_whose_lines_come_one_by_one_comes_whole(device: Devices, tmp_path: Path) -> None:
    one, other = device("one"), device("other")
    study(one, "ab")
    sync(one, tmp_path)
    pair(other, tmp_path)
    (path,) = (tmp_path / FOLDER).glob("*/*.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    for there in range(1, len(lines) + 1):  # as a synchroniser carries them
        path.write_bytes(b"".join(lines[:there]))
        sync(other, tmp_path)
    assert everything(other) == everything(one)


def test_what_was_undone_before_it_came_leaves_nothing_behind(device: Devices, tmp_path: Path) -> None:
    one, other = device("one"), device("other")
    session = study(one, "a", is_ended=False)
    sync(one, tmp_path)
    one.record.append(session, [Event(n=2, kind=EventKind.UNDO, at=one.clock.now(), target=1)])
    sync(one, tmp_path)
    pair(other, tmp_path)
    sync(other, tmp_path)
    assert everything(other) == everything(one)
    assert other.record.rebuild_memory() == 0


def test_a_newer_file_is_left_alone_and_a_copy_counts_once(device: Devices, tmp_path: Path) -> None:
    one, other = device("one"), device("other")
    study(one, "a")
    sync(one, tmp_path)
    (path,) = (tmp_path / FOLDER).glob("*/*.jsonl")
    path.with_name("2026-11 (conflicted copy).jsonl").write_bytes(path.read_bytes())
    strange = tmp_path / FOLDER / "strange"
    strange.mkdir()
    (strange / "2099-01.jsonl").write_text('{"quiz":"sync","format":2,"device":"x"}\nwhat\n', "utf-8")
    pair(other, tmp_path)
    told = sync(other, tmp_path)
    assert told.came == 2
    assert [remark for remark in told.remarks if "newer quiz" in remark] == list(told.remarks)


def test_a_forgotten_name_goes_from_the_folder(device: Devices, tmp_path: Path) -> None:
    one = device("one", "Mina")
    study(one, "a")
    sync(one, tmp_path)
    (names,) = (tmp_path / FOLDER).glob("*/names.json")
    assert b"Mina" in names.read_bytes()
    one.record.forget([one.learner.id])
    one.learner = type(one.learner)(one.learner.id, "")
    sync(one, tmp_path)
    assert b"Mina" not in names.read_bytes()


def test_files_are_private_and_a_missing_folder_is_said(device: Devices, tmp_path: Path) -> None:
    one = device("one")
    study(one, "a")
    sync(one, tmp_path)
    assert {path.stat().st_mode & 0o77 for path in (tmp_path / FOLDER).glob("*/*.json*")} == {0}
    with pytest.raises(UsageError, match="There is no folder"):
        sync(one, tmp_path / "away")
    assert sync_if_set(one) is None
    one.set("sync_folder", str(tmp_path))
    told = sync_if_set(one)
    assert told is not None
    assert told.sent == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(device: Devices, tmp_path: Path) -> None:
    first = device("first")
    folder, own = tmp_path / "first" / "folder", tmp_path / "own"
    for made in (folder / FOLDER / "other" / "banks", own):
        made.mkdir(parents=True)
    pipes = (
        first.record.path.parent / STATE, first.record.path.parent / SCHOOL, own / "own.yaml",
        *(folder / FOLDER / "other" / name for name in ("2025-01.jsonl", "names.json", "banks/theirs.yaml")),
    )  # fmt: skip
    for pipe in pipes:
        os.mkfifo(pipe)
    study(first, "one")
    pair(first, folder)
    told = sync(first, folder)
    assert (told.sent, [said.rpartition(" ")[0] for said in told.remarks]) == (
        2,
        [f"{pipes[3]} cannot be read: not a"],
    )
    assert sync_banks(first.record.path, folder, own) == []
    assert school_state(first.record.path) == SchoolState()


def test_banks_are_carried_and_both_are_kept_where_both_changed(device: Devices, tmp_path: Path) -> None:
    one, other = device("one"), device("other")
    banks = [each.record.path.parent / "banks" for each in (one, other)]
    for folder in banks:
        folder.mkdir()
    (banks[0] / "mine.yaml").write_text("first", "utf-8")
    sync_banks(one.record.path, tmp_path, banks[0])
    sync_banks(other.record.path, tmp_path, banks[1])
    assert (banks[1] / "mine.yaml").read_text("utf-8") == "first"
    (banks[1] / "mine.yaml").write_text("second", "utf-8")
    sync_banks(other.record.path, tmp_path, banks[1])
    sync_banks(one.record.path, tmp_path, banks[0])
    assert (banks[0] / "mine.yaml").read_text("utf-8") == "second"
    (banks[0] / "mine.yaml").write_text("ours", "utf-8")
    (banks[1] / "mine.yaml").write_text("theirs", "utf-8")
    sync_banks(other.record.path, tmp_path, banks[1])
    told = sync_banks(one.record.path, tmp_path, banks[0])
    assert any("changed here and on another device" in line for line in told)
    assert {path.read_text("utf-8") for path in banks[0].glob("mine*.yaml")} == {"ours", "theirs"}
