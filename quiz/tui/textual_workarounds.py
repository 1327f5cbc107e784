"""Workarounds for Textual's shutdown and screen-stack bugs, for which it uses Textual's private parts.

Checked against Textual 8.2.8: an exception prints a traceback with local values, and one raised in a handler
ends its widget; signals to terminate leave the terminal as it is; a terminal that vanishes while SIGHUP is
ignored makes the input thread spin for ever; a handler that still runs while its screen or the app is taken
apart fails because its widgets are gone; a screen dismissed twice, by a key held down, takes the one beneath
with it; a key that is on its way to a widget when a field takes the focus is taken for a command; an app
whose theme is not Textual's own parses its styles twice before it begins; a screen that is shown for the
first time gets the styles of its own sheet too late.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import select
import signal
import sys
from collections.abc import Callable, Container, Iterable
from typing import Any, TypeVar

from textual._context import active_message_pump
from textual.app import ScreenError
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.events import Key
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import MountError, Widget
from textual.widgets import Input
from textual.widgets._toast import ToastRack
from textual.worker import WorkerFailed, active_worker

from quiz.core.text.safe_text import one_line, visible
from quiz.errors import QuizError
from quiz.tui.hardened_screen import HardenedScreen
from quiz.tui.textual_caches import keep_what_is_worked_out
from quiz.tui.textual_keys import OneKeyAtATime

ResultT = TypeVar("ResultT")
HANGUP_EXIT = 128 + 1
LOOKS_PER_SECOND = 2
TAKEN_APART = (MountError, NoMatches, ScreenError)
"""What a handler raises if its screen was closed, or the app is ending, while it runs."""
REFUSAL_SECONDS = 15
"""How long a notice of a failure stays, in seconds."""
keep_what_is_worked_out()


class HardenedApp(OneKeyAtATime[int]):
    """An app that turns failures into notices, and ends with its terminal restored and no traceback.

    Notices, the short messages in the corner, show text literally and never twice at a time.
    """

    failure: Exception | None = None
    """The first exception that nobody handled."""
    on_vanish: Callable[[], Any] | None = None
    """What to close before the process ends because its terminal is gone."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._unstyled: dict[DOMNode, bool] = {}
        """What has changed its classes or states in a batch, and whether that is animated."""
        self._read_kinds: set[type[Widget]] = set()
        """The kinds of widgets whose own sheets are read."""

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme, None where there is none of that name. Every line that is drawn asks for it."""
        return self._registered_themes.get(theme_name)

    def _register(self, parent: DOMNode, *widgets: Widget, **options: Any) -> list[Widget]:
        """Read the sheets of new widgets and all in them first: with each, rules are matched anew."""
        self._read_sheets(widgets)
        return super()._register(parent, *widgets, **options)

    def _read_sheets(self, widgets: Iterable[Widget]) -> None:
        for widget in widgets:
            if type(widget) not in self._read_kinds:
                self._read_kinds.add(type(widget))
                for where, css, tie_breaker, scope in widget._get_default_css():
                    self.stylesheet.add_source(css, where, True, tie_breaker, scope)
                if isinstance(widget, Screen):
                    self._read_own_sheets(widget)
            self._read_sheets(widget._pending_children)

    def _read_own_sheets(self, screen: Screen[Any]) -> None:
        """Read the sheets of a kind of screen before its first one is styled: they are for no other kind.

        Textual reads them afterwards, and then gives everything in the app its styles again.
        """
        for path in screen.css_path:
            if not self.stylesheet.has_source(str(path), ""):
                self.stylesheet.read(path)
        if screen.CSS:
            kind = type(screen)
            where, scope = inspect.getfile(kind), screen._css_type_name if screen.SCOPED_CSS else ""
            self.stylesheet.add_source(screen.CSS, (where, f"{kind.__name__}.CSS"), False, scope=scope)

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Give a node and all in it the styles of its present classes and states; in a batch, at its end."""
        if self._batch_count:
            self._unstyled[node] = animate
        else:
            super().update_styles(node, animate)

    def _end_batch(self) -> None:
        super()._end_batch()
        if not self._batch_count:
            unstyled, self._unstyled = self._unstyled, {}
            for node, animate in unstyled.items():
                is_there = node is self or node.is_attached
                if is_there and not any(each in unstyled for each in node.ancestors):
                    self.update_styles(node, animate)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002
    ) -> None:
        """Show a notice without markup or control characters, unless the same one is being shown.

        `timeout` is in seconds. `notify` of every screen and widget calls this. Safe to call from any thread.
        """
        said, heading = visible(message), one_line(title)
        if not any((shown.message, shown.title) == (said, heading) for shown in self._notifications):
            super().notify(said, title=heading, severity=severity, timeout=timeout, markup=False)

    def _refresh_notifications(self) -> None:
        """Show the notices on the screen on top, which is laid out anew only where there are any."""
        screen = self.screen if self._screen_stack else None
        if self._notifications and isinstance(screen, HardenedScreen):
            screen.have_place_for_notices()
        racks = screen.query_children(ToastRack) if screen is not None else ()
        if self._notifications or any(rack.display for rack in racks):
            super()._refresh_notifications()

    def take_back(self, messages: Container[str]) -> None:
        """Remove the notices that say one of these, before their time."""
        for shown in [shown for shown in self._notifications if shown.message in messages]:
            self._unnotify(shown)

    def refuse(self, error: QuizError, title: str = "") -> None:
        """Show an error notice that says what failed and what to do about it."""
        self.notify(str(error), title=title, severity="error", timeout=REFUSAL_SECONDS)

    def on_key(self, event: Key) -> None:
        """Give a field what was typed when the focus was about to go to it: no key of its own comes here.

        Enter does come here, and waits until the field has taken all of that.
        """
        field = self.focused
        if not isinstance(field, Input):
            return
        if field.check_consume_key(event.key, event.character):
            event.prevent_default()
            field.post_message(Key(event.key, event.character))
        elif event.key == "enter":
            event.prevent_default()
            field.call_later(field.action_submit)

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except QuizError as error:
            self.refuse(error)

    def action_command_palette(self) -> None:
        """Open the palette, unless it is open already."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            from quiz.tui.palette import HardenedPalette

            self.push_screen(HardenedPalette(id="--command-palette"))

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text; characters that UTF-8 cannot encode become question marks."""
        super().copy_to_clipboard(text.encode(errors="replace").decode())

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, QuizError):
            self.refuse(error)
            return
        if self._is_taken_apart(error):
            return
        self.failure = self.failure or error
        super()._handle_exception(error)

    def take_failure(self, error: Exception) -> None:
        """Handle what a background task raised like an error in a handler."""
        self._handle_exception(error)

    def _is_taken_apart(self, error: Exception) -> bool:
        """Return whether an error only shows that the screen, or the app, is being closed."""
        cause: BaseException = error
        working: object = active_message_pump.get(None)
        worker = active_worker.get(None)
        if isinstance(error, WorkerFailed) and worker is not None:
            cause, working = error.error, worker.node
        is_gone = isinstance(working, Screen) and working not in self._screen_stack
        return (self._exit or is_gone) and isinstance(cause, TAKEN_APART)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen that calls this if it is open; called by anything else, close the top screen."""
        asking = active_message_pump.get(None)
        if not isinstance(asking, Screen) or asking is self.screen:
            return super().pop_screen()
        if asking not in self._screen_stack:
            return AwaitComplete()
        self._screen_stack.remove(asking)
        asking._pop_result_callback()
        return AwaitComplete(self._replace_screen(asking)).call_next(self)

    def forget_restyling(self) -> None:
        """Forget that styles have changed, while nothing is styled yet."""
        self._next_callbacks.clear()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def watch_the_world(self) -> None:
        """Handle signals and a vanished terminal. Does nothing without a terminal."""
        if self.is_headless or sys.platform == "win32" or not sys.stdin.isatty():
            return
        loop = asyncio.get_running_loop()
        for which in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(which, self.exit, 128 + which)
        self._watched = select.poll()
        self._watched.register(sys.stdin.fileno(), select.POLLHUP)
        self.set_interval(1 / LOOKS_PER_SECOND, self._mind_terminal)

    def _mind_terminal(self) -> None:
        """End the process at once if its terminal has vanished."""
        if any(
            happened & (select.POLLHUP | select.POLLERR | select.POLLNVAL)
            for _, happened in self._watched.poll(0)
        ):
            if self.on_vanish is not None:
                self.on_vanish()
            os._exit(HANGUP_EXIT)
