"""The line beneath an item: what to do now as a button, and beside it what is still to be done."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from quiz.tui.available_actions import ENTER
from quiz.tui.text import join, show
from quiz.tui.widgets.lead_card import BUTTON


class ActionLine(Widget):
    """A button that enter presses as well, or a sentence while there is nothing to press."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ActionLine { height: auto; width: 1fr; margin-top: 1; padding: 0 2; pointer: pointer; }
    """

    class Pressed(Message):
        """The button was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._label = ""
        self._key = ENTER
        self._remark = ""
        self._is_urgent = False

    def put(self, label: str, remark: str = "", key: str = ENTER) -> None:
        """Show a button with a label and its key, none without a label, and a sentence beside it."""
        if (label, remark, key, False) != (self._label, self._remark, self._key, self._is_urgent):
            self._label, self._remark, self._key, self._is_urgent = label, remark, key, False
            rows = self.render().get_height({}, max(1, self.size.width))
            self.refresh(layout=rows != self.size.height)  # a layout costs more than all else that a key does

    def complain(self, sentence: str) -> None:
        """Say why something cannot be done, until something changes."""
        self._remark, self._is_urgent = sentence, True
        self.refresh()

    def render(self) -> Content:
        """Draw the button and the sentence."""
        style = "bold $text-warning" if self._is_urgent else "$foreground-muted"
        if not self._label:
            return show(self._remark, style)
        return join(
            (f" {self._key}  {self._label} ", BUTTON), (f"   {self._remark}" if self._remark else "", style)
        )

    def on_click(self, event: events.Click) -> None:
        """Press the button."""
        if self._label:
            event.stop()
            self.post_message(self.Pressed())
