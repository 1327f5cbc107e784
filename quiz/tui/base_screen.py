"""What all screens and dialogs can do: open others, report failures, show notes, open an editor, go back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import SuspendNotSupported
from textual.getters import app
from textual.notifications import SeverityLevel
from textual.screen import Screen, ScreenResultCallbackType

from quiz.core.text.safe_text import visible
from quiz.errors import QuizError
from quiz.tui.base_app import BaseApp
from quiz.tui.hardened_screen import HardenedScreen
from quiz.tui.routes import Notes, ResultT, Route

if TYPE_CHECKING:
    from textual.geometry import Size

    from quiz.core.session import BankItem


OtherT = TypeVar("OtherT")


class BaseScreen(HardenedScreen[ResultT]):
    """A screen of quiz. A QuizError raised in a handler becomes a notice, and the screen stays as it is."""

    app = app(BaseApp)
    name_shown: ClassVar[str] = ""
    """The screen's name in help."""
    about: ClassVar[str] = ""
    """The screen's purpose, for help."""
    tour: Route[None] | None = None
    """What the key for help opens instead of the keys, for a person who is new here."""
    route: Route[Any] | None = None
    """The route that opened it."""
    closes_with: ClassVar[int | None] = None
    """How many screens beneath close with this one, where the key that closes it says where it leads."""
    _said_here: frozenset[str] = frozenset()
    """The notices that are only true on this screen."""

    @property
    def way_back(self) -> str:
        """The name of the screen that closing this one leads to; empty where its key does not say."""
        if self.closes_with is None:
            return ""
        stack = self.app.screen_stack
        beneath = stack[max(0, stack.index(self) - 1 - self.closes_with)]
        return getattr(beneath, "name_shown", "")

    def _screen_resized(self, size: Size) -> None:
        """Lay the screen out as one of that size: Textual gives it its classes only after that."""
        self.update_classes(self.app.size_classes(self, size), animate=False)
        super()._screen_resized(size)

    def bar_title(self, title: str) -> str:
        """Return the title of a key, in the language of what the screen shows."""
        return title

    @property
    def is_typing(self) -> bool:
        """Whether a text field has the focus, so that keys that type characters do nothing else."""
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    def go(
        self,
        route: Route[OtherT],
        then: ScreenResultCallbackType[OtherT] | None = None,
        *,
        in_place: bool = False,
    ) -> Screen[Any]:
        """Open the screen of a route and return it. `then` is called with what it returns, None if it was
        left.

        With `in_place` it replaces this screen. The screen beneath is returned to where the route is its own:
        two that lead to each other would pile up.

        Raises:
            QuizError: the screen cannot be shown.
        """
        *_, beneath, top = (self, *self.app.screen_stack)
        if top is self and then is None and getattr(beneath, "route", None) == route:
            self.dismiss()
            return beneath
        return self.app.go(route, then, in_place=in_place)

    def refuse(self, error: QuizError, title: str = "") -> None:
        """Show what failed and what to do about it."""
        self.app.refuse(error, title)

    def notify_here(self, message: str, title: str = "", severity: SeverityLevel = "information") -> None:
        """Show a notice that names keys of this screen, and goes when the screen is closed."""
        self._said_here |= {visible(message)}
        self.notify(message, title=title, severity=severity)

    def on_unmount(self) -> None:
        """Take along what was said of keys that count no more."""
        self.unsay_here()

    def unsay_here(self) -> None:
        """Remove the notices that name keys of this screen."""
        if self._said_here:
            self.app.take_back(self._said_here)

    def show_notes(self, bank_item: BankItem | None) -> None:
        """Show the notes that an item cites."""
        if bank_item is not None and bank_item.item.cites:
            self.go(Notes(bank_item.bank, bank_item.item.cites))

    def edit(self, path: Path, line: int) -> None:
        """Open a file at a line, from 1, in the person's editor, and wait until it is closed.

        Raises:
            UsageError: there is no editor, or it did not start.
        """
        from quiz.services.editor import editor_command, run_editor

        command = editor_command(path, line, os.environ)
        try:
            with self.app.suspend():
                run_editor(command)
        except SuspendNotSupported:
            self.notify("An editor cannot be opened from here.", severity="warning")

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
