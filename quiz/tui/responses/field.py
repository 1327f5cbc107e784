"""A field to type into, in the style of the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from quiz.tui.bindings import bar_key
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.widgets.text_field import MOST_CHARACTERS, TextField

SUBMIT = "typing.submit"


class FieldInput(TextField):
    """A field of an answer, which handles enter in its turn."""

    DEFAULT_CSS = """
    FieldInput { width: 1fr; min-width: 8; max-width: 72; }
    FieldInput.-textual-compact { padding: 0 1; background: $foreground 6%; }
    FieldInput.-textual-compact:focus { background: $foreground 12%; }
    FieldInput.-textual-compact:ansi { background: ansi_default; text-style: underline; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key(SUBMIT, "enter", "submit", "Answer", "Hand in what is typed", "⏎"),
    ]

    @dataclass
    class BackedOut(Message):
        """Backspace was pressed with nothing left to delete."""

        field: FieldInput

        @property
        def control(self) -> FieldInput:
            """The field."""
            return self.field

    def __init__(self, enter: Callable[[FieldInput, float], object], *, compact: bool = False) -> None:
        super().__init__(max_length=MOST_CHARACTERS, select_on_focus=False, compact=compact)
        self.cursor_blink = False
        self._enter = enter
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
        else:
            super().replace(text, start, end)

    @property
    def takes_keys(self) -> bool:
        """Whether keys still change the answer that the field belongs to."""
        return self.query_ancestor(ResponseWidget).takes_keys

    @property
    def submits(self) -> str:
        """What enter does but to hand the answer in."""
        return self.query_ancestor(ResponseWidget).submits

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether a key would be typed; once the answer is handed in, none is."""
        return self.takes_keys and super().check_consume_key(key, character)

    def on_key(self, event: events.Key) -> None:
        """Handle enter with the time of its press; leave keys to the screen once the answer is handed in."""
        if not self.takes_keys:
            event.prevent_default()
        elif any(binding.id == SUBMIT for binding in self._bindings.key_to_bindings.get(event.key, ())):
            self._enter(self, event.time)
            event.stop()
            event.prevent_default()

    async def action_submit(self) -> None:
        """Do what enter does, by the palette or a click."""
        self._enter(self, monotonic())

    def action_delete_left(self) -> None:
        """Delete a character, or tell that there is none."""
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.BackedOut(self))
