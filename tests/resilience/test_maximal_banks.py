"""A field is as large as it may be: no key takes long, or `quiz check` says what is too large to show."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from quiz.authoring.check import checked
from quiz.core.content.item_ref import ItemRef
from quiz.core.study_filter import StudyFilter
from quiz.services.study.start import start_study
from quiz.tui.app import QuizApp
from quiz.tui.study.screen import StudyScreen
from tests.fakes import SECOND, FakeClock, make_workspace
from tests.resilience.maximal import ITEMS, Case, bank_with, cases

MOST_SECONDS = 0.1
"""How much of the processor a key may take, or else half as much again as with a small bank."""
MOST_TO_BEGIN = 0.3
"""How much of it the beginning of a session may take."""
KEYS = (
    "down",
    "1",
    "space",
    "a",
    "f5",
    "enter",
    "enter",
    "f8",
    "pagedown",
    "escape",
    "f7",
    "r",
    "down",
    "escape",
)
"""What is pressed, whatever the kind of item: it is answered, its verdict is read, and its notes are."""
ALL = list(cases())
SHORT = [
    case
    for case in ALL
    if case.name
    in {
        "notes title list",
        "bank topics many",
        "short-answer accept many",
        "cloze gaps many",
        "stimuli code lines",
    }
]


async def seconds_of_keys(path: Path, home: Path) -> dict[str, float]:
    """Study a bank's item and return how many seconds of the processor each key took."""
    clock = FakeClock()
    workspace = make_workspace(home, path, clock=clock)
    taken: dict[str, float] = {}
    app = QuizApp(workspace)
    try:
        async with app.run_test(size=(100, 34)) as pilot:
            await pilot.pause()
            bank = workspace.library.bank("large")
            begun = time.process_time()
            live = start_study(
                workspace, StudyFilter(), [ItemRef("large", item.id) for item in bank.items[:1]]
            )
            assert live is not None
            app.push_screen(StudyScreen(workspace, live))
            await pilot.pause()
            taken["begin"] = time.process_time() - begun
            for place, key in enumerate(KEYS):
                clock.go_on(SECOND)
                taken[f"{place} {key}"] = await _seconds_of(pilot, key)
            assert app._exception is None
    finally:
        workspace.record.close()
    return taken


async def _seconds_of(pilot: Pilot[Any], key: str) -> float:
    begun = time.process_time()
    await pilot.press(key)
    await pilot.pause()
    return time.process_time() - begun


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How many seconds of the processor a key takes at most with a small bank, here and now."""
    folder = tmp_path_factory.mktemp("usual")
    small = Case("small", bank_with({"kind": "single-choice", **ITEMS["single-choice"]}))
    small.write(folder / "large.yaml")
    taken = asyncio.run(seconds_of_keys(folder / "large.yaml", folder / "home"))
    return max(seconds for name, seconds in taken.items() if name != "begin")


def _read(case: Case, folder: Path) -> Path | None:
    """Write a case; None where the format refuses it, or `quiz check` says that it is too large to show."""
    path = case.write(folder / "large.yaml")
    found = checked(path).findings
    return None if any(each.is_error or each.code == "too-large-to-show" for each in found) else path


@pytest.mark.parametrize(
    "case",
    [
        *(pytest.param(case, id=case.name) for case in SHORT),
        *(pytest.param(case, id=case.name, marks=pytest.mark.long) for case in ALL if case not in SHORT),
    ],
)
async def test_no_key_takes_long(case: Case, tmp_path: Path, usual: float) -> None:
    path = _read(case, tmp_path)
    if path is None:
        return
    most = max(MOST_SECONDS, 1.5 * usual)
    taken = await seconds_of_keys(path, tmp_path / "once")
    if max(taken.values()) > most:  # once more, for what is read or imported but once
        again = await seconds_of_keys(path, tmp_path / "again")
        taken = {name: min(seconds, again[name]) for name, seconds in taken.items()}
    slow = {
        name: round(seconds, 2)
        for name, seconds in taken.items()
        if seconds > (max(most, MOST_TO_BEGIN) if name == "begin" else most)
    }
    assert slow == {}
