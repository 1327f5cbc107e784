"""The button that goes on to the next item.

It looks like Textual's compact button and does as much as is needed of it: that one brings a sheet of two
hundred rules and is styled six times before it is seen, just when a verdict should appear.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from quiz.tui.available_actions import key_label
from quiz.tui.bindings import key
from quiz.tui.text import show


class NextButton(Widget, can_focus=True):
    """Goes on by enter or a click."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    NextButton {
        width: auto; min-width: 16; height: 1; pointer: pointer;
        line-pad: 1; text-align: center; content-align: center middle; text-style: bold;
        color: $button-color-foreground; background: $primary;
        &:focus { text-style: $button-focus-text-style; background-tint: $foreground 5%; }
        &:hover { background: $primary-darken-2; }
        &:ansi { color: $primary; background: ansi_default; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("next.press", "enter", "press", "Next", "Go on")]

    class Pressed(Message):
        """It was pressed."""

    def render(self) -> Content:
        """Say what it does and by which key."""
        key = key_label(self, "next.press")
        return show(f"{'⏎' if key == 'enter' else key}  Next")

    def on_click(self, event: events.Click) -> None:
        """Go on."""
        event.stop()
        self.action_press()

    def action_press(self) -> None:
        """Go on."""
        self.post_message(self.Pressed())
