"""Hints name the keys that the person has, not those that most people have."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from quiz.tui.app import QuizApp
from quiz.tui.available_actions import key_label
from tests.resilience.places import PLACES
from tests.resilience.world import make_world
from tests.screens import flat

CHANGED = {
    "study.note": ("f12", "study choice, answered", "f12 Note"),
    "confirm.yes": ("f12", "confirm", "f12 "),
    "ask.close": ("f12", "ask", "f12 leaves it"),
    "hand-in.no": ("f12", "hand in", "f12 Go on"),
    "navigator.flag": ("f12", "navigator", "f12 next flagged"),
    "attendance.turn": ("f12", "attendance", "f12 marks absent or present"),
    "sessions.mode": ("f12", "history", "f12 mode"),
    "drill.next": ("f12", "drill hot-seat, begun", "f12 Next question"),
    "drill.start": ("f12", "drill buzz", "f12 begins"),
    "study.next": ("f12", "study choice, answered", "f12 Next"),
}


@pytest.mark.parametrize("names", [[*CHANGED][:-1], [*CHANGED][-1:]], ids=["of each screen", "another"])
async def test_a_hint_names_the_person_s_own_key(names: list[str], tmp_path: Path) -> None:
    world = make_world(tmp_path).live_through()
    keys = {name: CHANGED[name][0] for name in names}
    world.workspace.config = msgspec.structs.replace(world.workspace.config, keys=keys)
    app = QuizApp(world.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        for name in names:
            _, place, said = CHANGED[name]
            await app.push_screen(PLACES[place](world))
            await pilot.pause()
            assert said in flat(app), name
            await app.pop_screen()
    world.workspace.record.close()


async def test_a_key_is_named_as_it_is_typed_and_the_unusual_one_while_typing(tmp_path: Path) -> None:
    world = make_world(tmp_path).live_through()
    app = QuizApp(world.workspace)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert key_label(app.screen, "help") == "?"
        assert key_label(app.screen, "item-statistics.suspend") == "@"
        assert key_label(app.screen, "home.resume") == "c"
        await app.push_screen(PLACES["study short"](world))
        await pilot.pause()
        assert key_label(app.screen, "study.undo") == "f9"
        assert key_label(app.screen, "help") == "f1"
    world.workspace.record.close()
