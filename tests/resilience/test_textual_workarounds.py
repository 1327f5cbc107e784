"""What Textual would end the app for, and a learner did nothing wrong: it goes on."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style
from textual import events
from textual._callback import invoke
from textual.command import CommandList, CommandPalette
from textual.pilot import Pilot
from textual.strip import Strip

from quiz.tui.app import QuizApp
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.textual_caches import MOST_STYLES
from tests.resilience.places import PLACES
from tests.resilience.world import World, make_world
from tests.screens import shown


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


@asynccontextmanager
async def running(world: World, *keys: str) -> AsyncIterator[tuple[Pilot[Any], QuizApp]]:
    """Run an app with the palette open where keys are pressed, and see that nothing ended it."""
    app = QuizApp(world.workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        if keys:
            app.action_command_palette()
            await pilot.press(*keys)
            await pilot.pause()
            assert isinstance(app.screen, CommandPalette)
        yield pilot, app
        await pilot.pause()
        assert app._exception is None
        assert app.is_running
    world.workspace.record.close()


async def a_while(pilot: Pilot[Any]) -> None:
    """Wait without asking a screen that has just been taken away."""
    for _ in range(100):
        await asyncio.sleep(0.01)
    await pilot.pause()


async def test_the_palette_needs_no_room_for_its_list(world: World) -> None:
    async with running(world, "s") as (pilot, app):
        palette = app.screen
        palette.query_one(CommandList).styles.height = 0
        await pilot.pause()
        await pilot.press("pageup", "pagedown", "home", "end")
        assert app._exception is None
        palette.query_one(CommandList).styles.height = 5
        await pilot.pause()
        await pilot.press("pagedown")
        assert palette.query_one(CommandList).highlighted


async def test_the_palette_lives_in_a_terminal_without_width(world: World) -> None:
    async with running(world, "s") as (pilot, app):
        for width in range(8, 0, -1):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert app._exception is None, width


async def test_a_screen_that_is_left_while_it_is_at_work_ends_nothing(world: World) -> None:
    async with running(world) as (pilot, app):
        study = PLACES["study choice"](world)
        await app.push_screen(study)
        await pilot.pause()

        def leave_and_look() -> None:
            app.pop_screen()
            study.query_one("#taken-away")

        study.call_later(leave_and_look)
        await a_while(pilot)
        assert app.screen is not study


@pytest.mark.parametrize("place", ["statistics", "bank statistics", "item statistics", "history"])
async def test_a_screen_that_is_left_before_it_is_drawn_anew_ends_nothing(world: World, place: str) -> None:
    async with running(world) as (pilot, app):
        page = PLACES[place](world)
        await app.push_screen(page)
        await pilot.pause()
        for _ in range(3):
            page.on_resize()
        app.pop_screen()
        await a_while(pilot)
        assert app.screen is not page


async def test_what_a_closed_screen_had_put_off_ends_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(world) as (pilot, app):
        study, beneath, put_off = PLACES["study choice"](world), app.screen, []
        await app.push_screen(study)
        await pilot.pause()
        monkeypatch.setattr(beneath, "_invoke_later", lambda step, _sender: put_off.append(step))
        study.on_resize()
        await app.pop_screen()
        for step in put_off:
            await invoke(step)
        assert put_off


async def test_a_screen_that_worked_in_a_thread_is_kept_by_none(world: World) -> None:
    async with running(world) as (pilot, app):
        await app.push_screen(PLACES["choose what to study"](world))
        await pilot.pause()
        assert "Counting" not in shown(app)
        closed = weakref.ref(app.screen)
        await app.pop_screen()
        await pilot.pause()
        gc.collect()
        assert closed() is None


@pytest.mark.parametrize("place", ["study choice", "test"])
async def test_a_hint_that_comes_after_its_item_was_taken_away_ends_nothing(world: World, place: str) -> None:
    async with running(world) as (pilot, app):
        screen = PLACES[place](world)
        await app.push_screen(screen)
        await pilot.pause()
        widget = screen.query_one(ResponseWidget)
        widget.post_message(widget.HintChanged())
        await widget.remove()
        screen.on_response_widget_hint_changed()
        screen.action_submit_as("sure") if place == "study choice" else screen.action_answer_as("sure")
        await pilot.pause()
        assert app.screen is screen


async def test_a_verdict_is_shown_though_its_item_was_being_taken_away(world: World) -> None:
    async with running(world) as (pilot, app):
        screen = PLACES["study choice"](world)
        await app.push_screen(screen)
        await pilot.pause()
        await pilot.press("1", "enter")
        await pilot.pause()
        await screen.query(ResponseWidget).remove()
        await screen.show_state()
        assert screen.response.is_marked


async def test_a_palette_that_is_closed_while_it_searches_ends_nothing(world: World) -> None:
    async with running(world, "s") as (pilot, app):
        palette = app.screen

        async def search() -> None:
            app.pop_screen()
            palette.query_one("#taken-away")

        palette.run_worker(search())
        await a_while(pilot)
        assert app.screen is not palette


async def test_a_click_on_a_row_that_the_search_took_away_does_nothing(world: World) -> None:
    async with running(world, "s") as (pilot, app):
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
        assert not app.query(CommandList)


def test_what_faded_is_not_kept_step_by_step() -> None:
    for step in range(MOST_STYLES * 2):
        style = Style(color=Color.from_rgb(step % 256, step // 256, 1))
        Strip.render_style(style, "x", ColorSystem.TRUECOLOR)
    assert Strip.render_ansi.cache_info().currsize == MOST_STYLES


async def test_what_cannot_be_written_can_be_copied(world: World) -> None:
    async with running(world) as (_, app):
        app.copy_to_clipboard("a\ud800b")
        assert app.clipboard == "a?b"
