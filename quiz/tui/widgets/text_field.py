"""Fields to type into. What is pasted loses its control characters, and its excess."""

from __future__ import annotations

from textual import events
from textual.widgets import Input, TextArea

from quiz.core.text.forbidden import FORBIDDEN
from quiz.tui.textual_workarounds import HardenedField

MOST_CHARACTERS = 500


def typed(text: str) -> str:
    """Return a text as one could have typed it: one line, without what a terminal would obey."""
    return FORBIDDEN.sub("", " ".join(text.splitlines()).replace("\t", " "))


class TextField(Input, HardenedField):
    """One line to type."""

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
