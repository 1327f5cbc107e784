"""A key that is held down: what comes after a screen has gone does not take away the one beneath it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.style import Style
from textual import events
from textual.command import CommandList, CommandPalette

from quiz.tui.app import QuizApp
from quiz.tui.screens.home import HomeScreen
from quiz.tui.screens.too_small import TooSmallScreen
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
    "new roster",
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
    world.workspace.history.close()


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
    world.workspace.history.close()


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
    world.workspace.history.close()


async def test_the_palette_needs_no_room_for_its_list(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    app = QuizApp(world.workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        app.action_command_palette()
        await pilot.pause()
        await pilot.press("s")
        palette = app.screen
        assert isinstance(palette, CommandPalette)
        palette.query_one(CommandList).styles.height = 0
        await pilot.pause()
        await pilot.press("pageup", "pagedown", "home", "end")
        assert app._exception is None
        palette.query_one(CommandList).styles.height = 5
        await pilot.pause()
        await pilot.press("pagedown")
        assert palette.query_one(CommandList).highlighted
    world.workspace.history.close()


async def test_the_palette_lives_in_a_terminal_without_width(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    app = QuizApp(world.workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        app.action_command_palette()
        await pilot.pause()
        await pilot.press("s")
        for width in range(8, 0, -1):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert app._exception is None, width
    world.workspace.history.close()


async def test_a_screen_that_is_left_while_it_is_at_work_ends_nothing(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    app = QuizApp(world.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        study = PLACES["study choice"](world)
        await app.push_screen(study)
        await pilot.pause()

        def leave_and_look() -> None:
            app.pop_screen()
            study.query_one("#taken-away")

        study.call_later(leave_and_look)
        for _ in range(100):
            await asyncio.sleep(0.01)
        await pilot.pause()
        assert app.screen is not study
        assert app._exception is None
        assert app.is_running
    world.workspace.history.close()


async def test_a_palette_that_is_closed_while_it_searches_ends_nothing(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    app = QuizApp(world.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.action_command_palette()
        await pilot.pause()
        palette = app.screen

        async def search() -> None:
            app.pop_screen()
            palette.query_one("#taken-away")

        palette.run_worker(search())
        for _ in range(100):
            await asyncio.sleep(0.01)
        await pilot.pause()
        assert app._exception is None
        assert app.screen is not palette
    world.workspace.history.close()


async def test_a_click_on_a_row_that_the_search_took_away_does_nothing(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    app = QuizApp(world.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.action_command_palette()
        await pilot.press("s")
        await pilot.pause()
        shown = app.screen.query_one(CommandList)
        assert shown.option_count > 1
        row = Style(meta={"option": shown.option_count})
        x, y = shown.region.offset
        where = {"screen_x": x + 1, "screen_y": y + 1, "style": row}
        shown.post_message(events.Click(shown, 1, 1, 0, 0, 1, shift=False, meta=False, ctrl=False, **where))
        await pilot.pause()
        assert app._exception is None
        assert app.screen.query_one(CommandList) is shown
        await pilot.click(CommandList, offset=(2, 1))
        await pilot.pause()
        assert app._exception is None
        assert not app.query(CommandList)
    world.workspace.history.close()


async def test_what_cannot_be_written_can_be_typed_and_copied(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    app = QuizApp(world.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.copy_to_clipboard("a\ud800b")
        assert app.clipboard == "a?b"
    world.workspace.history.close()
