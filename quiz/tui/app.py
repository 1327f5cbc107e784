"""The app, which connects screens, themes and keys with a workspace."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.screen import Screen

from quiz.errors import QuizError, RecordDamaged, RecordLocked
from quiz.record.read_models import READ_ONLY
from quiz.tui.base_app import BaseApp
from quiz.tui.routes import Route

if TYPE_CHECKING:
    from quiz.banks.index.parallel_reader import IndexEntry
    from quiz.core.content.item import Image
    from quiz.services.workspace import Workspace


ON_SCREEN = 0.02
"""Seconds that the screen waits for another program. What takes longer is tried again later."""
GIVES_WAY_AFTER = 0.0005
"""Seconds after which a thread lets another go on: a thread of Textual's writes what was drawn, and would
wait ten times as long while the app still works."""
YOUNG = 20_000
"""How many new objects may gather: more than a key makes, so that garbage is collected while nobody waits."""
SELDOM = 100
"""After this many small garbage collections a full one no longer waits until nothing is being drawn."""
AHEAD = (
    "quiz.services.study.start",
    "quiz.tui.study.screen",
    "quiz.tui.study.results",
    "markdown_it",
    "quiz.tui.home.briefing",
    "quiz.tui.statistics.overview",
    "quiz.tui.browse.screen",
)
"""What the keys of Home need that would take longest, in pieces of some 15 to 40 ms."""
WAITS_FOR_BANKS = 2.0
"""Seconds that keys pressed at Home wait for banks that are being read, if they have to."""
BETWEEN_KEYS = 0.02
"""Seconds between two keys that have waited: the next one is for the screen that the first one opens."""
AT_ONCE = frozenset({"app.quit", "quit", "show_help", "settings", "command_palette"})
"""The actions of keys that need no bank."""
BETWEEN_PIECES = 0.1
"""Seconds in which keys are answered before the next piece is imported."""


class QuizApp(BaseApp):
    """A study tool for the terminal."""

    CSS_PATH = ["app.tcss", "home/screen.tcss"]  # noqa: RUF012 - the first screen's sheet is the app's to read

    def __init__(self, workspace: Workspace, first: Route[Any] | None = None) -> None:
        super().__init__(workspace.config)
        self.workspace = workspace
        self._first = first
        self._early: list[events.Key] = []
        """The keys that wait for banks."""
        self._is_waited_for = True
        """Whether keys at Home wait for banks that are being read."""

    async def on_event(self, event: events.Event) -> None:
        """Take an event; a key pressed at Home once its banks are there."""
        if isinstance(event, events.Key) and not event.is_forwarded and self._comes_early(event.key):
            self._early.append(event)
        else:
            await super().on_event(event)

    def _comes_early(self, key: str) -> bool:
        """Say whether a key needs banks that are being read, or was pressed after one that does."""
        if self._early:
            return True
        if not (self._is_waited_for and self.workspace.library.put_off and len(self.screen_stack) == 1):
            return False
        active = self.screen.active_bindings.get(key)
        return active is None or active.binding.action not in AT_ONCE

    async def _take_early_keys(self) -> None:
        """Let keys do one after the other what they say, with the banks that there are."""
        self._is_waited_for = False
        if self._early:
            await super().on_event(self._early.pop(0))
            self.set_timer(BETWEEN_KEYS, self._take_early_keys)

    def is_record_free(self) -> bool:
        """Say whether no other program keeps the record from being read."""
        try:
            with self.workspace.record.at_one_moment():
                return True
        except RecordLocked:
            return False

    def picture_file(self, bank: str, image: Image) -> Path | None:
        """Return the file of a bank's picture, or None if it cannot be shown."""
        from quiz.services.pictures import picture_file

        try:
            return picture_file(Path(self.workspace.library.summary(bank).path), image)
        except QuizError:
            return None

    def get_default_screen(self) -> Screen[Any]:
        """Return the home screen, which lies beneath all others."""
        from quiz.tui.home.screen import HomeScreen

        return HomeScreen(self.workspace)

    def on_mount(self) -> None:
        """Open the screen that the person asked for."""
        if self._first is not None:
            try:
                self.go(self._first)
            except QuizError as error:
                self.refuse(error)
        self._mind_size(self.size.width, self.size.height)
        self.watch_the_world()
        self.call_after_refresh(self._settle)

    def keep_theme(self, name: str | None) -> None:
        """Save the theme that was chosen in the settings."""
        if name is not None:
            self.workspace.set("theme", name)

    def refuse(self, error: QuizError, title: str = "") -> None:
        """Show what failed. If nothing is left to study, that is good news and not an error."""
        from quiz.tui.navigation import NothingToStudy

        if isinstance(error, NothingToStudy):
            self.notify(str(error), title="All done")
        else:
            super().refuse(error, title)

    def screen_for(self, route: Route[Any]) -> Screen[Any]:
        """Return the screen that a route stands for. May raise QuizError."""
        from quiz.tui.navigation import screen_for

        return screen_for(self.workspace, route)

    def _settle(self) -> None:
        """Do what can wait until the first screen is drawn."""
        self.workspace.record.wait_at_most(ON_SCREEN)
        for remark in self.workspace.remarks:
            self.notify(remark, title="Settings", severity="warning", timeout=20)
        if self.workspace.record.is_read_only:
            self.notify(READ_ONLY, title="Read only", severity="warning", timeout=20)
        if not gc.isenabled() and gc.get_threshold()[0]:  # it is paused, not switched off for good
            gc.freeze()  # objects made at start-up stay
            gc.enable()
            _, middle, _ = gc.get_threshold()
            gc.set_threshold(YOUNG, middle, SELDOM)
        put_off = self.workspace.library.put_off
        put_off.is_on = bool(put_off)  # what comes later is read when it is shown
        if put_off:
            self.set_timer(WAITS_FOR_BANKS, self._take_early_keys)
            self.read_put_off()
        self.back_up()
        self.import_ahead([name for name in AHEAD if name not in sys.modules])

    def import_ahead(self, names: Sequence[str]) -> None:
        """Import modules one by one while the first screen is looked at, so that no first key waits for all.

        Not in a thread: two that import modules which import each other can get hold of unfinished ones.
        """
        if names:
            self.set_timer(BETWEEN_PIECES, lambda: self._import_next(*names))

    def _import_next(self, name: str, *others: str) -> None:
        import_module(name)
        self.import_ahead(others)

    @work(thread=True, exit_on_error=False)
    def read_put_off(self) -> None:
        """Read large banks in the background, and show them at Home."""
        self.call_from_thread(self._take_put_off, self.workspace.library.put_off.read())

    def on_unmount(self) -> None:
        """Stop reading banks: leaving does not wait for them."""
        self.workspace.library.put_off.stop()

    def _take_put_off(self, entries: list[IndexEntry]) -> None:
        from quiz.tui.home.screen import HomeScreen

        self.workspace.library.put_off.take(entries)
        if isinstance(self.screen, HomeScreen):
            self.screen.show_all()
        self.call_later(self._take_early_keys)

    @work(thread=True, exit_on_error=False)
    def back_up(self) -> None:
        """Make today's backup in the background. Only a damaged record is reported."""
        try:
            self.workspace.back_up()
        except RecordDamaged as error:
            self.notify(str(error), severity="error", timeout=60)
        except QuizError:
            return


def run_app(workspace: Workspace, first: Route[Any] | None = None) -> int:
    """Run the app from a route's screen, or from Home, and return its exit code.

    Raises:
        Exception: whatever the app could not handle, once the terminal is restored.
    """
    sys.setswitchinterval(GIVES_WAY_AFTER)
    app = QuizApp(workspace, first)
    app.on_vanish = workspace.record.close
    return app.run_to_end(mouse=workspace.config.mouse)
