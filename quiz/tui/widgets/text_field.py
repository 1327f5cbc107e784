"""Fields to type into. What is pasted loses its control characters, and its excess."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen
from textual.signal import Signal
from textual.widget import Widget
from textual.widgets import Input, TextArea

from quiz.core.text.forbidden import FORBIDDEN

MOST_CHARACTERS = 500


def typed(text: str) -> str:
    """Return a text as one could have typed it: one line, without what a terminal would obey."""
    return FORBIDDEN.sub("", " ".join(text.splitlines()).replace("\t", " "))


class HardenedField(Widget):
    """A field that nothing keeps once it is gone: Textual's stay with their screen, some with the app."""

    _heard: Signal[Screen[Any]] | None = None
    """What says that something is selected elsewhere."""

    def on_mount(self) -> None:
        """Note what Textual has just subscribed to."""
        self._heard = self.screen.text_selection_started_signal

    def on_unmount(self) -> None:
        """Be kept by nothing any more: neither by that, nor by the app whose theme it follows."""
        if self._heard is not None:
            self._heard.unsubscribe(self)
        for watching in vars(self.app).get("__watchers", {}).values():
            watching[:] = [one for one in watching if one[0] is not self]


class TextField(Input, HardenedField):
    """One line to type."""

    DEFAULT_CSS = """
    TextField {
        padding: 1 1; border: none; border-left: outer $border; background: $surface;
        &:focus { border: none; border-left: outer $primary; }
        &.-textual-compact { padding: 0; border: none; }
    }
    """

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in place of another, as much of it as may be typed here."""
        kept = len(self.value) - abs(end - start)
        super().replace(typed(text)[: max(0, (self.max_length or MOST_CHARACTERS) - kept)], start, end)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted, as one."""
        event.prevent_default()
        event.stop()
        self.replace(event.text, *self.selection)


class TextLines(TextArea, HardenedField):
    """Several lines to type."""

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted, line by line."""
        event.prevent_default()
        event.stop()
        lines = event.text.splitlines()
        self.replace("\n".join(map(typed, lines)), *self.selection)
