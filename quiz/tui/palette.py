"""Textual's palette of commands, with what it gets wrong mended.

Checked against Textual 8.2.8: its list accepts clicks on rows that a search has removed, and pages where it
has no room.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.command import CommandList, CommandPalette
from textual.events import Click


class HardenedList(CommandList):
    """A list that ignores clicks on rows that a search has removed since it was drawn."""

    def on_click(self, event: Click) -> None:
        """Ignore the click if there is no such row any more."""
        if event.style.meta.get("option", 0) >= self.option_count:
            event.prevent_default()


class HardenedPalette(CommandPalette):
    """A palette whose list takes no keys while there is no room to show any of it."""

    DEFAULT_CSS = (
        "HardenedPalette CommandList { min-width: 10; }"  # Textual cannot wrap words at a width of 0
    )

    def compose(self) -> ComposeResult:
        """Lay out Textual's palette with a hardened list."""
        for widget in super().compose():
            yield HardenedList() if type(widget) is CommandList else widget

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
