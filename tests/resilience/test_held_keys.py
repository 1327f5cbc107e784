"""A key that is held down: what comes after a screen has gone does not take away the one beneath it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.command import CommandPalette

from quiz.tui.app import QuizApp
from quiz.tui.dialogs.too_small import TooSmallScreen
from quiz.tui.home.screen import HomeScreen
from quiz.tui.widgets.row_list import RowList
from tests.resilience.places import PLACES
from tests.resilience.world import make_world

MODALS = (
    "choose",
    "ask",
    "confirm",
    "navigator",
    "hand in",
    "help",
    "find",
    "note",
    "attendance",
    "new class list",
)


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_held_key_closes_one_screen(key: str, tmp_path: Path) -> None:
    world = make_world(tmp_path)
    app = QuizApp(world.workspace)
    async with app.run_test() as pilot:
        for name in MODALS:
            await app.push_screen(PLACES["settings"](world))
            below = app.screen
            await app.push_screen(PLACES[name](world))
            await pilot.pause()
            focused = app.screen.focused or app.screen
            for _ in range(6):  # all of them are waiting before the first one is minded
                focused.post_message(events.Key(key, "\r" if key == "enter" else None))
            await pilot.pause()
            await pilot.pause()
            assert app._exception is None, name
            assert app.is_running, name
            assert below in app.screen_stack, name
            assert isinstance(app.screen_stack[0], HomeScreen), name
            while len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause()
    world.workspace.record.close()


async def test_a_row_chosen_twice_closes_its_list_once(tmp_path: Path) -> None:
    world, told = make_world(tmp_path), []
    app = QuizApp(world.workspace)
    async with app.run_test() as pilot:
        await app.push_screen(PLACES["settings"](world))
        below = app.screen
        await app.push_screen(PLACES["choose"](world), told.append)
        await pilot.pause()
        rows = app.screen.query_one(RowList)
        assert rows.current is not None
        for _ in range(3):
            rows.post_message(RowList.Chosen(rows, rows.current))
        await pilot.pause()
        assert app.screen is below
        assert told == [rows.rows[0].key]
    world.workspace.record.close()


async def test_a_screen_that_is_covered_closes_itself_and_nothing_else(tmp_path: Path) -> None:
    """Two clicks beside the palette are still waiting when the terminal has become too small."""
    world = make_world(tmp_path)
    app = QuizApp(world.workspace)
    async with app.run_test() as pilot:
        app.action_command_palette()
        await pilot.pause()
        palette = app.screen
        assert isinstance(palette, CommandPalette)
        await app.push_screen(TooSmallScreen(40, 12))
        app.action_command_palette()
        await pilot.pause()
        assert app.screen_stack[1:-1] == [palette]

        def dismiss() -> None:
            palette.dismiss()

        for _ in range(2):
            palette.call_later(dismiss)
        await pilot.pause()
        assert [type(screen) for screen in app.screen_stack] == [HomeScreen, TooSmallScreen]
        assert app._exception is None
    world.workspace.record.close()
