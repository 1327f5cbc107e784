"""What Textual does not do by itself when the world ends around it. Everything here leans on its inside.

Checked against Textual 8.2.8: an exception prints a traceback with local values; signals to terminate leave
the terminal as it is; a terminal that vanishes while SIGHUP is ignored makes the input thread spin for ever;
a handler that is still at work while its screen or the app is taken apart finds its widgets gone, which is no
fault; a screen that is dismissed twice, by a key held down, takes the one beneath away with it; the list of
the palette minds clicks on rows that the search took away, and pages where there is no room; a cache of two
colours holds what the last thousand widgets drew, long after they are gone.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from collections.abc import Callable
from typing import Any

from textual._context import active_message_pump
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult, ScreenError
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches
from textual.events import Click
from textual.screen import Screen
from textual.theme import ThemeProvider
from textual.widget import MountError
from textual.worker import WorkerFailed, active_worker

HANGUP_EXIT = 128 + 1
LOOKS_PER_SECOND = 2
TAKEN_APART = (MountError, NoMatches, ScreenError)
"""What a handler meets that goes on after its screen was taken away or the app has begun to end."""


def after_refresh_if_open(screen: Screen[Any], step: Callable[[], object]) -> None:
    """Take a step once all is drawn, unless the screen was left by then: the one on top would fail."""
    screen.call_after_refresh(lambda: step() if screen in screen.app.screen_stack else None)


class HardenedList(CommandList):
    """A list that lets a click go by on a row that the search has taken away since it was drawn."""

    def on_click(self, event: Click) -> None:
        """Look whether the row is still there."""
        if event.style.meta.get("option", 0) >= self.option_count:
            event.prevent_default()


class HardenedPalette(CommandPalette):
    """A palette whose list is left alone while there is no room for any of it."""

    DEFAULT_CSS = "SteadyPalette CommandList { min-width: 10; }"  # Textual cannot wrap words into no cells

    def compose(self) -> ComposeResult:
        """Lay out Textual's palette with a steady list."""
        for widget in super().compose():
            yield HardenedList() if type(widget) is CommandList else widget

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)


class HardenedApp(App[int]):
    """An app that ends quietly: no traceback, the terminal restored, no core left spinning."""

    failure: Exception | None = None
    """The first exception that nobody handled."""
    on_vanish: Callable[[], Any] | None = None
    """What to close before the process ends because its terminal is gone."""

    def action_command_palette(self) -> None:
        """Show everything that can be done here."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            self.push_screen(HardenedPalette(id="--command-palette"))

    def search_themes(self) -> None:
        """Show all themes."""
        self.push_screen(HardenedPalette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text; what cannot be written in UTF-8 becomes a question mark."""
        super().copy_to_clipboard(text.encode(errors="replace").decode())

    def _handle_exception(self, error: Exception) -> None:
        if self._is_taken_apart(error):
            return
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _is_taken_apart(self, error: Exception) -> bool:
        """Say whether an error is only that the screen at work, or the app, is being taken apart."""
        cause: BaseException = error
        working: object = active_message_pump.get(None)
        worker = active_worker.get(None)
        if isinstance(error, WorkerFailed) and worker is not None:
            cause, working = error.error, worker.node
        is_gone = isinstance(working, Screen) and working not in self._screen_stack
        return (self._exit or is_gone) and isinstance(cause, TAKEN_APART)

    def pop_screen(self) -> AwaitComplete:
        """Take the screen away that asks for it, unless it is gone; for whoever is none, the one on top."""
        asking = active_message_pump.get(None)
        if not isinstance(asking, Screen) or asking is self.screen:
            return super().pop_screen()
        if asking not in self._screen_stack:
            return AwaitComplete()
        self._screen_stack.remove(asking)
        asking._pop_result_callback()
        return AwaitComplete(self._replace_screen(asking)).call_next(self)

    @staticmethod
    def forget_the_gone() -> None:
        """Let go of widgets that are shown no more."""
        StylesCache.get_inner_outer.cache_clear()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def watch_the_world(self) -> None:
        """Mind signals and the terminal from now on. Does nothing without a terminal."""
        if self.is_headless or sys.platform == "win32" or not sys.stdin.isatty():
            return
        loop = asyncio.get_running_loop()
        for which in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(which, self.exit, 128 + which)
        self._watched = select.poll()
        self._watched.register(sys.stdin.fileno(), select.POLLHUP)
        self.set_interval(1 / LOOKS_PER_SECOND, self._mind_terminal)

    def _mind_terminal(self) -> None:
        """End the process at once where its terminal is gone: nothing can be shown or asked any more."""
        if any(
            happened & (select.POLLHUP | select.POLLERR | select.POLLNVAL)
            for _, happened in self._watched.poll(0)
        ):
            if self.on_vanish is not None:
                self.on_vanish()
            os._exit(HANGUP_EXIT)
