"""What an item is read and answered in: it scrolls, and shows what a verdict has folded."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from quiz.tui.bindings import key
from quiz.tui.responses.base import Hint, ResponseWidget


class ItemBody(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls up and down only: left and right are the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("item.up", "up", "walk(-1)", "Up", "Open the folded row above, or scroll up"),
        key("item.down", "down", "walk(1)", "Down", "Open the folded row below, or scroll down"),
        key("item.page-up", "pageup", "page_up", "Page up", "Scroll up a page"),
        key("item.page-down", "pagedown", "page_down", "Page down", "Scroll down a page"),
    ]

    def __init__(self, *children: Widget, classes: str) -> None:
        super().__init__(*children, classes=classes)
        self._told = Size(0, 0)
        self.response: ResponseWidget | None = None
        """The response that is marked; arrows show one part of it after the other where they are folded."""

    @property
    def hint(self) -> Hint:
        """What arrows do where parts are folded."""
        folds = self.response.folds if self.response is not None else ""
        return (("↑ ↓", folds),) if folds else ()

    def action_walk(self, by: int) -> None:
        """Show the part before or after the one at hand, or scroll."""
        if self.response is None or not self.response.walk(by):
            self.scroll_relative(y=by, animate=False)

    class SizeChanged(Message):
        """There is more or less room than before, such as beneath a stimulus or beside a rail."""

    def on_resize(self, event: events.Resize) -> None:
        """Tell of another size."""
        if event.size != self._told:
            self._told = event.size
            self.post_message(self.SizeChanged())
