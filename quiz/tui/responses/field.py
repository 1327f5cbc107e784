"""A field to type into, in the style of the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from quiz.core.text.safe_text import FORBIDDEN

MOST_CHARACTERS = 500


def typed(text: str) -> str:
    """Return a text as one could have typed it: one line, without what a terminal would obey."""
    return FORBIDDEN.sub("", " ".join(text.splitlines()).replace("\t", " "))[:MOST_CHARACTERS]


class FieldInput(Input):
    """One line to type; what is pasted into it loses its control characters and its excess."""

    DEFAULT_CSS = """
    FieldInput { background: $surface; padding: 0 1; width: 1fr; min-width: 8; max-width: 72; }
    FieldInput.-textual-compact { padding: 0 1; background: $foreground 6%; }
    FieldInput.-textual-compact:focus { background: $foreground 12%; }
    FieldInput.-textual-compact:ansi { background: ansi_default; text-style: underline; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Submit", show=False, id="typing.submit", tooltip="Hand in what is typed"),
    ]

    @dataclass
    class BackedOut(Message):
        """Backspace was pressed with nothing left to delete."""

        field: FieldInput

        @property
        def control(self) -> FieldInput:
            """The field."""
            return self.field

    def __init__(self, *, compact: bool = False) -> None:
        super().__init__(max_length=MOST_CHARACTERS, select_on_focus=False, compact=compact)
        self.cursor_blink = False
        self.is_closed = False
        """Whether it takes no more text."""

    def fill(self, text: str) -> None:
        """Show a text, with the cursor behind it, without telling that it changed."""
        if self.value != text:
            with self.prevent(Input.Changed):
                self.value = text
            self.cursor_position = len(text)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in place of another, as much of it as may be typed here."""
        if self.is_closed and text:
            self.restricted()
            return
        kept = len(self.value) - abs(end - start)
        super().replace(typed(text)[: max(0, MOST_CHARACTERS - kept)], start, end)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted, as one."""
        event.prevent_default()
        event.stop()
        self.replace(event.text, *self.selection)

    def action_delete_left(self) -> None:
        """Delete a character, or tell that there is none."""
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.BackedOut(self))
