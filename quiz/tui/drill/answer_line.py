"""The line in which a teacher types pupils' answers in, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from quiz.tui.bindings import bar_key
from quiz.tui.text import show_line
from quiz.tui.widgets.text_field import TextField

MOST_LETTERS = 300


class AnswerLine(Horizontal):
    """A text field, and after it what became of the last line. Hidden until opened."""

    DEFAULT_CSS = """
    AnswerLine {
        display: none; height: 1; padding: 0 3; background: $surface;
        & > TextField { width: 1fr; min-width: 12; }
        & > .said { width: auto; max-width: 70%; padding-left: 2; }
        & > .said { text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("drill-answer.close", "escape", "close_line", "Back", "Type no more answers in")
    ]

    @dataclass
    class Entered(Message):
        """A line was typed."""

        line: str

    field = query_one(TextField)
    is_open = False
    """Whether something is being typed."""

    def compose(self) -> ComposeResult:
        """Lay out one row."""
        yield TextField(max_length=MOST_LETTERS, disabled=True, select_on_focus=False, compact=True)
        yield Static(classes="said")

    def open(self, how: str) -> None:
        """Let the teacher type, unless that is so already."""
        if self.is_open:
            return
        self.is_open = True
        self.tell(Content())
        self.display = True
        self.field.disabled = False
        self.field.placeholder = how
        self.field.value = ""
        self.screen.set_focus(self.field)

    def begin(self, text: str) -> None:
        """Insert the text that a line begins with, once the field has taken the keys before it."""
        if self.is_open:
            self.field.call_later(self.field.insert_text_at_cursor, text)

    def tell(self, words: Content | str, *, is_fault: bool = False) -> None:
        """Say what became of the last line."""
        said = show_line(words, "$text-error" if is_fault else "") if isinstance(words, str) else words
        self.query_one(".said", Static).update(said)

    def close(self) -> None:
        """Hide the line."""
        if self.is_open:
            self.is_open = False
            self.field.disabled = True
            self.display = False

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand the line on; an empty one closes it."""
        event.stop()
        if line := event.value.strip():
            self.post_message(self.Entered(line))
        else:
            self.close()

    def action_close_line(self) -> None:
        """Hide the line."""
        self.close()
