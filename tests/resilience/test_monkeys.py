"""Random keys, mouse, pastes and sizes on every screen: nothing breaks, nobody is locked in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

from quiz.cli.commands.preview import WatchedBank
from quiz.clock import SystemClock
from quiz.config.settings import Config
from quiz.tui.app import QuizApp
from quiz.tui.preview.app import PreviewApp
from tests.resilience.monkey import Monkey
from tests.resilience.places import ELSEWHERE, PLACES, all_screens, tour
from tests.resilience.world import World, copied

SHORT, LONG = 16, 1700
"""How many events each place gets: 128 at every eighth one, and 100,000 in all."""
COMES_BACK = 25
"""After how many events a monkey that has left a place is put there again."""
VISIT = 100
"""After how many events its focus is looked at, and it begins anew from home."""
ALL_PLACES = ["home", *PLACES]
TOURS = [ALL_PLACES[start::16] for start in (0, 9)]


@pytest.fixture
def world(template: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.chdir(tmp_path)  # where the report of a drill is written
    with copied(template, tmp_path) as again:
        yield again


async def test_every_screen_is_a_place(world: World) -> None:
    async with QuizApp(world.workspace).run_test():
        reached = {type(place(world)).__name__ for place in PLACES.values()}
    assert all_screens() == reached | ELSEWHERE


@pytest.mark.parametrize("names", TOURS, ids=lambda names: f"from {names[0]}")
async def test_a_monkey(names: list[str], world: World) -> None:
    await _play(names, world, SHORT)


@pytest.mark.long
@pytest.mark.parametrize("name", ALL_PLACES)
@pytest.mark.parametrize("visit", range(LONG // VISIT))
async def test_a_patient_monkey(name: str, visit: int, world: World) -> None:
    await _play([name], world, VISIT, visit)


async def _play(names: list[str], world: World, events: int, visit: int = 0) -> None:
    count = 0

    async def play(name: str, monkey: Monkey) -> None:
        nonlocal count
        count += 1
        monkey.begin(crc32(f"{name} {visit}".encode()))
        for done in range(0, events, COMES_BACK):
            app = monkey.app
            if done and not app._exit and len(app.screen_stack) == 1 and name != "home":
                await app.push_screen(PLACES[name](world))
            await monkey.play(min(COMES_BACK, events - done))

    await tour(world, names, play)
    assert count == len(names)
    assert world.workspace.record.rebuild_memory() == 0
    assert world.workspace.record.integrity() == []


@pytest.mark.parametrize("events", [40, pytest.param(2000, marks=pytest.mark.long)])
async def test_a_monkey_at_the_preview(events: int, world: World) -> None:
    watched = WatchedBank(Path(world.workspace.library.summary("world").path))
    app = PreviewApp(watched, Config(), SystemClock())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        monkey = Monkey(app, pilot, 11)
        await monkey.play(events)
        await monkey.check()
        if not app._exit:
            await monkey.quit()
