"""Screens that are opened and closed again and again leave nothing behind."""

from __future__ import annotations

import asyncio
import gc
from heapq import heapify
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from quiz.tui.app import QuizApp
from tests.resilience.places import PLACES
from tests.resilience.world import make_world

SHORT = ("new class list",)


def widgets() -> int:
    """Return how many widgets there are that something keeps, timers aside that were stopped.

    Until their time comes, which is within a second, asyncio keeps those with the screen that set them.
    """
    loop: Any = asyncio.get_running_loop()
    loop._scheduled = [handle for handle in loop._scheduled if not handle.cancelled()]
    heapify(loop._scheduled)
    loop._timer_cancelled_count = 0
    gc.collect()
    return sum(isinstance(each, Widget) for each in gc.get_objects())


@pytest.mark.parametrize(
    "place", [pytest.param(name, marks=[] if name in SHORT else pytest.mark.long) for name in PLACES]
)
async def test_a_screen_that_is_closed_is_kept_by_nothing(place: str, tmp_path: Path) -> None:
    world = make_world(tmp_path).live_through()
    app = QuizApp(world.workspace)

    async def visit(pilot: Pilot[int], times: int) -> int:
        for _ in range(times):
            await app.push_screen(PLACES[place](world))
            await pilot.pause()
            while len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause()
        return widgets()

    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        before = await visit(pilot, 2)
        assert await visit(pilot, 4) <= before
    world.workspace.record.close()
