"""A monkey at the keyboard: random keys, mouse, pastes and sizes, the same ones for the same seed."""

from __future__ import annotations

import asyncio
import contextlib
from random import Random
from typing import Any

from textual import events
from textual.app import App
from textual.css.query import NoMatches
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import Screen

from tests.rest import draw

KEYS = (
    *"abcdefghijklmnopqrstuvwxyz0123456789-@/?.,:+*=_!<>[]'\"%&;~^|\\ ", "space", "enter", "enter",
    "enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "up", "down", "home", "end",
    "pageup", "pagedown", "backspace", "delete", "insert", "ctrl+a", "ctrl+c", "ctrl+e", "ctrl+k",
    "ctrl+p", "ctrl+u", "ctrl+v", "ctrl+w", "ctrl+x", "ctrl+z", "ctrl+left", "ctrl+right", "shift+left",
    "shift+up", "ctrl+home", "ctrl+end", "alt+up", "alt+down", "shift+up", "shift+down", "ctrl+up",
    "ctrl+down", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "ctrl+d",
    "ctrl+l", "ctrl+n", "ctrl+r", "ctrl+s",
)  # fmt: skip
PASTES = (
    "Paris", "", "\n", "a\nb\nc", "x" * 5000, "\x1b[31mred\x1b]52;c;eA==\x07",
    "[/b] [@click=app.quit]q[/]", "\u202etxt", "ä́" * 20, "漢字🇺🇦👩‍👩‍👧", "\x00\x9b", "1/2", "-1e999",
    "\ud800", "{{gap}}", "\t\t", "1,5 km",
)  # fmt: skip
SIZES = (
    (80, 24), (80, 24), (120, 36), (40, 12), (39, 12), (40, 11), (1, 1), (2, 2), (1, 80), (250, 1),
    (5, 5), (20, 5), (40, 15), (60, 80), (250, 80), (79, 19), (81, 20), (119, 24), (45, 13),
)  # fmt: skip


class Monkey:
    """Does random things to an app, each once the app has come to rest from a few before it."""

    def __init__(self, app: App[Any], pilot: Pilot[Any], seed: int) -> None:
        self.app, self.pilot, self.rng = app, pilot, Random(seed)
        self.done: list[str] = []
        """What was done, for whoever reads a failure."""

    def begin(self, seed: int) -> None:
        """Begin anew, as though it had done nothing."""
        self.rng = Random(seed)
        self.done.clear()

    async def play(self, events_: int) -> None:
        """Do a number of random things."""
        while events_ > 0:
            burst = min(events_, self.rng.choice((1, 2, 4, 8)))
            for _ in range(burst):
                self._do()
            events_ -= burst
            await self._rest()

    async def _rest(self) -> None:
        """Wait until the app has come to rest, or is about to end: then a new screen may never come to be."""
        resting = asyncio.ensure_future(self.pilot.pause())
        while not (await asyncio.wait({resting}, timeout=0.2))[0]:
            if self.app._exit:
                resting.cancel()
                return
        resting.result()
        draw(self.app)

    def _do(self) -> None:
        what = self.rng.random()
        if what < 0.72:
            self._press(self.rng.choice(KEYS))
        elif what < 0.9:
            self._mouse()
        elif what < 0.94:
            self._send(events.Paste(self.rng.choice(PASTES)), "paste")
        else:
            size = self.rng.choice(SIZES)
            if self.rng.random() < 0.3:
                size = self.rng.randint(1, 250), self.rng.randint(1, 80)
            self.resize(*size)

    def _press(self, key: str) -> None:
        character = key if len(key) == 1 else " " if key == "space" else None
        name = {" ": "space"}.get(key, key)
        if character is not None and not character.isalnum():
            from textual.keys import _character_to_key

            name = _character_to_key(character)
        self._send(events.Key(name, character), name)

    def _mouse(self) -> None:
        width, height = self.app.size
        at = self.rng.randrange(max(1, width)), self.rng.randrange(max(1, height))
        kind = self.rng.choice(("click", "click", "click", "down", "up", "move", "wheel", "wheel"))
        if kind == "click":
            self._point(events.MouseDown, at, 1)
            self._point(events.MouseUp, at, 1)
        elif kind == "wheel":
            self._point(self.rng.choice((events.MouseScrollDown, events.MouseScrollUp)), at, 0)
        else:
            which = {"down": events.MouseDown, "up": events.MouseUp, "move": events.MouseMove}[kind]
            self._point(which, at, self.rng.choice((1, 3)) if kind != "move" else 0)

    def _point(self, which: type[events.MouseEvent], at: tuple[int, int], button: int) -> None:
        x, y = at
        self._send(
            which(None, x, y, 0, 0, button, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y),
            f"{which.__name__}@{x},{y}",
        )

    def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        driver = self.app._driver
        assert driver is not None
        driver._size = (width, height)
        size = Size(width, height)
        self._send(events.Resize(size, size), f"{width}x{height}")

    def _send(self, event: events.Event, name: str) -> None:
        self.done.append(name)
        driver = self.app._driver
        if driver is not None and self.app._running and not self.app._exit:
            driver.process_message(event)

    async def check(self) -> None:
        """See that the app is there still, that its focus is where keys can reach it, and moves by tab."""
        app = self.app
        assert app._exception is None, (app._exception, self.done[-30:])
        if app._exit:
            return
        self.resize(100, 30)
        await self.pilot.pause()
        assert app.size == Size(100, 30), self.done[-30:]
        screen: Screen[Any] = app.screen
        focused = screen.focused
        if focused is not None:
            assert focused.is_attached, self.done[-30:]
            assert focused.screen is screen, self.done[-30:]
            assert not focused.disabled, self.done[-30:]
        reachable = screen.focus_chain
        if len(reachable) > 1 and focused in reachable:
            before = screen.focused
            for key in ("tab", "tab", "tab"):
                self._press(key)
                await self.pilot.pause()
                if screen.focused is not before or app.screen is not screen:
                    break
            else:
                raise AssertionError(f"The focus is stuck on {before!r} after {self.done[-30:]}")

    async def quit(self) -> None:
        """Leave by the key that always leaves."""
        with contextlib.suppress(NoMatches):
            self._send(events.Key("ctrl+q", None), "ctrl+q")
            for _ in range(5):
                if self.app._exit:
                    break
                await self.pilot.pause()
        assert self.app._exit, f"ctrl+q did not leave after {self.done[-30:]}"
