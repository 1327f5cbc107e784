"""Waiting until an app under test has come to rest."""

from __future__ import annotations

import asyncio
from typing import Any

from textual import app, pilot
from textual._context import active_app
from textual.app import App

LONGEST = 1.0
"""Seconds that a test waits for work in a thread, which may be held up on purpose."""
BETWEEN_LOOKS = 0.001


def let_pilots_wait_for_work() -> None:
    """Let a Pilot go on as soon as nothing is left to do, instead of when the processor idles for a while."""
    for module in (app, pilot):
        vars(module)["wait_for_idle"] = come_to_rest


async def come_to_rest(_least: float = 0, _most: float = 0) -> None:
    """Wait until every task waits for something to happen, what changed is drawn, and no thread works."""
    loop: Any = asyncio.get_running_loop()
    running = active_app.get()
    deadline = loop.time() + LONGEST
    while loop.time() < deadline:
        await asyncio.sleep(0)
        if loop._ready or _draws(running):
            continue
        if not _works_in_a_thread(running):
            return
        await asyncio.sleep(BETWEEN_LOOKS)


def _draws(running: App[Any]) -> bool:
    """Lay out and draw the screen where that is due; say whether it was."""
    if not running._screen_stack or running._batch_count:
        return False
    screen = running.screen
    is_due = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    if is_due and screen.is_current:
        screen._on_timer_update()
        return True
    return False


def _works_in_a_thread(running: App[Any]) -> bool:
    return any(worker._thread_worker and not worker.is_finished for worker in running.workers)
