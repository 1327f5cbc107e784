"""The filters of a review in one line, each with its key and how many items it admits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from quiz.core.item_result import ReviewFilter
from quiz.tui.text import join, show

NAMES: dict[ReviewFilter, tuple[str, str]] = {
    ReviewFilter.ALL: ("All", "All"),
    ReviewFilter.WRONG: ("✗ Wrong", "✗"),
    ReviewFilter.PARTIAL: ("◐ Partly right", "◐"),
    ReviewFilter.FLAGGED: ("⚑ Flagged", "⚑"),
    ReviewFilter.SURE_AND_WRONG: ("‼ Sure, wrong", "‼"),
}
"""What each filter is called where there is room, and where there is not."""
ROOMY = 76
"""The width in cells from which names are written out."""
CHOSEN = "bold $block-cursor-foreground on $block-cursor-background"


class FilterBar(Widget):
    """Which items are looked at; a click chooses another filter."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "FilterBar { height: 1; width: 1fr; padding: 0 1; pointer: pointer; }"

    @dataclass
    class Chosen(Message):
        """A filter was clicked."""

        filter: ReviewFilter

    def __init__(self, counts: Mapping[ReviewFilter, int]) -> None:
        super().__init__()
        self.counts = dict(counts)
        self.chosen = ReviewFilter.ALL

    def choose(self, chosen: ReviewFilter) -> None:
        """Show that another filter is chosen."""
        self.chosen = chosen
        self.refresh()

    def _segments(self) -> list[tuple[ReviewFilter, Content]]:
        is_roomy = self.size.width >= ROOMY
        segments = []
        for key, (which, (name, short)) in enumerate(NAMES.items(), 1):
            if which not in self.counts:
                continue
            number = self.counts[which]
            text = f"{name if is_roomy else short} {number} "
            if which is self.chosen:
                segments.append((which, show(f" {key} {text}", CHOSEN)))
            else:
                style = "" if number else "$foreground-muted"
                segments.append((which, join((f" {key} ", "bold $text-accent"), (text, style))))
        return segments

    def render(self) -> RenderResult:
        """Draw the filters."""
        return Content.assemble(*(content for _, content in self._segments()))

    def on_click(self, event: events.Click) -> None:
        """Choose the filter that was clicked."""
        offset = event.get_content_offset(self)
        place = 0
        for which, content in self._segments():
            if offset is not None and place <= offset.x < place + content.cell_length:
                self.post_message(self.Chosen(which))
            place += content.cell_length
