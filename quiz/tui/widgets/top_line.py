"""The line at the top of every screen: where one is on the left, how things stand on the right."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive, var
from textual.widget import Widget


class TopLine(Widget):
    """One line with a left and a right end; the left gives way where both do not fit."""

    DEFAULT_CSS = """
    TopLine { height: 1; width: 100%; background: $background; color: $foreground-muted; padding: 0 2; }
    """
    ALLOW_SELECT = False
    auto_links = var(False)

    left: reactive[Content] = reactive(Content())
    right: reactive[Content] = reactive(Content())

    def __init__(self, left: Content | None = None, right: Content | None = None) -> None:
        super().__init__()
        self.set_reactive(TopLine.left, left or Content())
        self.set_reactive(TopLine.right, right or Content())

    def render(self) -> RenderResult:
        """Put both ends on the line."""
        width = max(1, self.outer_size.width - self.gutter.width)
        right = self.right.truncate(max(1, width - 1))
        room = max(0, width - right.cell_length - 1)
        left = self.left.truncate(room, ellipsis=True, pad=True)
        return Content.assemble(left, " ", right) if right.cell_length else left
