"""Reading what an app under test shows."""

from __future__ import annotations

import re
from typing import Any

from rich.cells import cell_len
from textual._context import visible_screen_stack
from textual.app import App
from textual.events import Key
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets._toast import Toast

from tests.fakes import SECOND, FakeClock

NAMES = {"⏎": "enter", "␠": "space", "↑": "up", "↓": "down", "→": "right", "←": "left", "⌫": "backspace"}
"""Keys by their signs."""


def strips_of(app: App[Any]) -> list[Strip]:
    """Draw the screen, modals and what is behind them included, and return its lines."""
    visible_screen_stack.set(app._background_screens)  # drawing takes from it, and does without it if need be
    strips = app.screen._compositor.render_strips(app.size)
    app.screen._compositor._dirty_regions.clear()
    return strips


def shown(app: App[object]) -> str:
    """Return the text on the screen."""
    return "\n".join(strip.text.rstrip() for strip in strips_of(app))


def flat(app: App[object]) -> str:
    """Return the text on the screen as one line with single spaces, so that wrapping does not matter."""
    return " ".join(shown(app).split())


def notices(app: App[object]) -> str:
    """Return the text of the notices on the screen as one line, without what stands beside them."""
    strips = strips_of(app)
    found = [toast.region for toast in app.screen.query(Toast)]
    rows = [strip.crop(at.x, at.right) for at in found for strip in strips[at.y : at.bottom]]
    return " ".join(" ".join(row.text.strip(" ▌") for row in rows).split())


def places_of(app: App[object], text: str) -> list[tuple[int, int]]:
    """Return where a text stands on the screen, as columns and rows of its first cells."""
    strips = strips_of(app)
    return [
        (cell_len(strip.text[: found.start()]), row)
        for row, strip in enumerate(strips)
        for found in re.finditer(re.escape(text), strip.text)
    ]


async def press(pilot: Pilot[object], clock: FakeClock, *keys: str) -> None:
    """Press keys a second apart, each once the one before has done its work; draw once at the end."""
    for key in keys:
        clock.go_on(SECOND)
        await pilot.app._press_keys([key])
    await pilot.pause()


def arrive(app: App[Any], keys: str) -> None:
    """Put keys, some by their signs, into an app's queue before any of them is handled."""
    for key in keys:
        name = NAMES.get(key, key)
        app.post_message(Key(name, None if name != key else key))
