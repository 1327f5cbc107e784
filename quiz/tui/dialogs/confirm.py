"""A question with two answers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from quiz.tui.available_actions import key_label
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key, key
from quiz.tui.text import show


class ConfirmModal(BaseModal[bool]):
    """Asks before something that is hard to undo."""

    CSS = """
    ConfirmModal Horizontal { height: auto; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("confirm.yes", "y", "answer(True)", "Yes", "Yes, do it"),
        bar_key("confirm.no", "n,escape", "answer(False)", "No", "No, leave it"),
        key("confirm.move", "left,right", "app.focus_next", "Move", "Go to the other button"),
    ]

    def __init__(self, question: str, yes: str = "Yes", no: str = "No") -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """Ask."""
        with Vertical(classes="dialog"):
            yield Static(show(self._question))
            with Horizontal():
                yield Button(show(f"{key_label(self, 'confirm.yes')}  {self._yes}"), id="yes")
                yield Button(show(f"{key_label(self, 'confirm.no')}  {self._no}"), id="no")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by a button."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:
        """Answer by a key."""
        self.dismiss(answer)
