"""Whatever happens on the way, all devices end with the same record."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.events.model import Event, EventKind
from quiz.exchange.sync_files import FOLDER
from quiz.services.leeches import leeches
from quiz.services.statistics import calibration_of, overview_of
from quiz.services.sync import pair, sync
from quiz.services.sync_state import state_of
from quiz.services.workspace import Workspace
from tests.fakes import HOUR
from tests.services.devices import Devices, answer, everything, study

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
