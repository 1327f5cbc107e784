"""A question answered by typing one line."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from quiz.core.text.safe_text import visible
from quiz.tui.available_actions import key_label
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.text import show
from quiz.tui.widgets.text_field import TextField


class AskTextModal(BaseModal[str]):
    """Asks for a line of text; returns None if cancelled."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("ask.close", "escape", "close", "Back", "Back without a change")
    ]

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self._question = question
        self._value = visible(value)

    def compose(self) -> ComposeResult:
        """Ask."""
        with Vertical(classes="dialog"):
            yield Static(show(self._question), classes="title")
            yield TextField(self._value, max_length=500)
            yield Static(
                show(f"enter keeps it · {key_label(self, 'ask.close')} leaves it", "$foreground-muted")
            )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return what was typed."""
        self.dismiss(event.value)
