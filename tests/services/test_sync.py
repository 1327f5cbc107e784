"""One learner on several devices: whatever happens on the way, all end with the same record."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import Chosen
from quiz.core.events.model import Event, EventKind, Mode
from quiz.errors import UsageError
from quiz.exchange.sync_files import FOLDER
from quiz.record.read_models import Extent
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily, restore
from quiz.services.leeches import leeches
from quiz.services.school import STATE as SCHOOL
from quiz.services.school import SchoolState, school_state
from quiz.services.statistics import calibration_of, overview_of
from quiz.services.sync import pair, said_of_differing, sync, sync_if_set
from quiz.services.sync_banks import sync_banks
from quiz.services.sync_state import STATE, keep_state, look_anew, place_of, state_of
from quiz.services.workspace import Workspace
from tests.fakes import HOUR, NOON, FakeClock, make_workspace

Devices = Callable[..., Workspace]


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Devices]:
    """Make devices, each with a record and a clock of its own."""
    with ExitStack() as stack:

        def make(name: str, learner: str = "Mina", ahead: int = 0) -> Workspace:
            home = tmp_path / name
            home.mkdir()
            made = make_workspace(home, clock=FakeClock(NOON + ahead), seed=sum(map(ord, name)))
            made.learner = made.record.learner(learner)
            stack.enter_context(closing(made.record))
            return made

        yield make


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Callable[[Workspace, str], Workspace]]:
    """Copy a device's data folder whole to another place, and open it there."""
    with ExitStack() as stack:

        def make(workspace: Workspace, name: str) -> Workspace:
            home = shutil.copytree(workspace.record.path.parent, tmp_path / name)
            made = make_workspace(home, clock=FakeClock(workspace.clock.now()), seed=len(name))
            made.learner = workspace.learner
            stack.enter_context(closing(made.record))
            return made

        yield make


def study(workspace: Workspace, *items: str, mode: Mode = Mode.STUDY, is_ended: bool = True) -> str:
    """Answer items in a session of its own; return its id."""
    workspace.clock.go_on(HOUR)
    header = workspace.header(mode, ("small",), 1, {}, ())
    events = [answer(n, item, workspace) for n, item in enumerate(items, 1)]
    if is_ended:
        events.append(Event(n=len(events) + 1, kind=EventKind.END, at=workspace.clock.now()))
    workspace.record.start_with(header, events)
    return header.id


def answer(n: int, item: str, workspace: Workspace) -> Event:
    return Event(
        n=n, kind=EventKind.ATTEMPT, at=workspace.clock.now(), bank="small", item=item, fingerprint="f" * 16,
        response=Chosen(("Paris",)), score=1.0, verdict="correct",
    )  # fmt: skip


def everything(workspace: Workspace) -> list[tuple[str, tuple[Event, ...]]]:
    own = workspace.learner.id
    return sorted(
        (header.id, events) for header, events in workspace.record.everything() if header.learner == own
    )


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
    assert state_of(other.record.path).device == other.device != one.device
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


def test_two_who_write_as_one_device_part_ways_and_lose_nothing(
    device: Devices, tmp_path: Path, copied: Callable[[Workspace, str], Workspace]
) -> None:
    one = device("one")
    session = study(one, "a", is_ended=False)
    meet(tmp_path, one)
    other = copied(one, "copy")
    state = state_of(other.record.path)
    state.device = state.places[place_of(other.record.path)] = other.device = one.device  # as a disk's image
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


def meet(folder: Path, *devices: Workspace) -> None:
    """Let each device sync with a folder until all have all."""
    for each in (*devices, *devices):
        each.set("sync_folder", str(folder))
        pair(each, folder)
        sync(each, folder)


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


def test_a_device_that_synced_before_stays_the_one_it_was(device: Devices) -> None:
    record = device("one").record.path
    (record.parent / STATE).write_bytes(
        b'{"device":"k3x9","folder":"/sync","files":{},"heads":{},"extent":["mina",1,2,"0"],"banks":{}}'
    )
    state = state_of(record)
    assert (state.device, state.extent) == ("k3x9", Extent("mina", 1, 2, "0"))


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


STEPS = st.tuples(
    st.sampled_from(
        ["study", "study", "go on", "go on", "sync", "sync", "crash", "cut", "copy", "be late", "arrive"]
    ),
    st.integers(0, 2),
)


@pytest.mark.parametrize("examples", [6, pytest.param(300, marks=pytest.mark.long)])
def test_however_it_goes_all_devices_end_the_same(
    examples: int, device: Devices, tmp_path_factory: pytest.TempPathFactory
) -> None:
    names = iter(range(10_000))

    @settings(max_examples=examples)
    @given(st.lists(STEPS, min_size=5, max_size=25), st.integers(0, 999))
    def play(steps: list[tuple[str, int]], seed: int) -> None:
        folder, rng = tmp_path_factory.mktemp("synced"), random.Random(seed)
        devices = [device(f"d{next(names)}", ahead=k * HOUR) for k in range(3)]
        study(devices[0], "a")
        sync(devices[0], folder)
        for each in devices[1:]:
            pair(each, folder)
        begun: dict[int, str] = {}
        for what, who in steps:
            _step(what, devices[who], folder, rng, begun)
        _step("arrive", devices[0], folder, rng, begun)
        for _ in range(3):
            for each in devices:
                sync(each, folder)
        latest = max(each.clock.now() for each in devices)
        for each in devices:
            assert each.record.integrity() == []
            assert everything(each) == everything(devices[0])
            each.clock.go_on(latest - each.clock.now())
            assert stats(each) == stats(devices[0])
            assert each.record.rebuild_memory() == 0

    play()


def stats(workspace: Workspace) -> bytes:
    """Return what `quiz stats --json` prints."""
    learner = workspace.learner
    told = (overview_of(workspace, learner), calibration_of(workspace, learner), leeches(workspace, learner))
    return msgspec.json.encode(told)


def _step(what: str, workspace: Workspace, folder: Path, rng: random.Random, begun: dict[int, str]) -> None:
    files = sorted((folder / FOLDER).glob("*/*.jsonl"))
    match what:
        case "study":
            study(workspace, rng.choice("abcd"), rng.choice("abcd"))
        case "go on":
            session = begun.get(id(workspace))
            if session is None:
                begun[id(workspace)] = study(workspace, rng.choice("abcd"), is_ended=False)
            else:
                n = workspace.record.heads()[session] + 1
                back = Event(n=n, kind=EventKind.UNDO, at=workspace.clock.now(), target=n - 1)
                told = back if rng.random() < 0.4 else answer(n, rng.choice("abcd"), workspace)
                workspace.record.append(session, [told])
        case "sync":
            sync(workspace, folder)
        case "crash":  # it was killed before it had noted what it wrote, or within its last line
            with pytest.MonkeyPatch.context() as patch, suppress(KeyboardInterrupt):
                patch.setattr("quiz.services.sync.keep_state", _killed)
                sync(workspace, folder)
            own = folder / FOLDER / state_of(workspace.record.path).device
            for path in own.glob("*.jsonl"):
                data = path.read_bytes()
                path.write_bytes(data[: len(data) - rng.randrange(60)])
        case "cut" if files:  # a synchroniser was interrupted; what was cut off is written again
            path = rng.choice(files)
            data = path.read_bytes()
            path.write_bytes(data[: rng.randrange(len(data) // 2, len(data) + 1)])
        case "copy" if files:
            path = rng.choice(files)
            path.with_name(f"{path.stem}.sync-conflict-{rng.randrange(99)}.jsonl").write_bytes(
                path.read_bytes()
            )
        case "be late" if files:
            path = rng.choice(files)
            path.rename(path.with_name(f"{path.stem}-{rng.randrange(10**9)}.on-its-way"))
        case "arrive":
            for path in (folder / FOLDER).glob("*/*.on-its-way"):
                path.rename(path.with_suffix(".jsonl"))


def _killed(*_: object) -> None:
    raise KeyboardInterrupt
