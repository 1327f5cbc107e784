"""A question answered by pressing a key."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from quiz.config.key_bindings import is_key
from quiz.tui.base_modal import BaseModal
from quiz.tui.text import show


class PressKeyModal(BaseModal[str]):
    """Returns the name of the key that was pressed, None for escape."""

    def __init__(self, effect: str) -> None:
        super().__init__()
        self._effect = effect

    def compose(self) -> ComposeResult:
        """Ask."""
        with Vertical(classes="dialog"):
            yield Static(show(self._effect), classes="title")
            yield Static(show("Press the key that should do this. escape leaves it as it is."))

    def on_key(self, event: events.Key) -> None:
        """Take the key, whatever it does elsewhere."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        elif is_key(event.key):
            self.dismiss(event.key)
