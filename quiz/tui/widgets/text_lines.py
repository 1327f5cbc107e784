"""Lines that are drawn as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import overload

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import var
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

MOST_WIDTHS = 4
"""For how many widths lines are kept: a layout asks for several, with and without a scroll bar."""

TAB = 8
"""How many cells Textual draws a tab to."""


class PlainLines(Sequence[Content]):
    """Lines without styles, of which those that are seen become content."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def width(self) -> int:
        """How many cells the widest line takes."""
        return max((cell_len(line.expandtabs(TAB)) for line in self._lines), default=0)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> Content: ...
    @overload
    def __getitem__(self, place: slice) -> PlainLines: ...
    def __getitem__(self, place: int | slice) -> Content | PlainLines:
        held = self._lines[place]
        return Content(held) if isinstance(held, str) else PlainLines(held)


class Lines(Widget):
    """Lines that depend on the width alone, worked out once for each until something else is to be shown."""

    DEFAULT_CSS = "Lines { text-wrap: nowrap; text-overflow: clip; }"
    virtual_size = var(Size(0, 0))
    """They never scroll, so their height alone asks for no second layout."""
    auto_links = var(False)
    """They hold no links, whose colours Textual would work out for every line."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._by_width: dict[int, Sequence[Content]] = {}

    def lines(self, width: int) -> Sequence[Content]:
        """Return what is shown in a width of at least one cell, line by line."""
        raise NotImplementedError

    def lines_in(self, width: int) -> Sequence[Content]:
        """Return the lines in a width, which may be nothing yet."""
        width = max(1, width)
        if width not in self._by_width:
            if len(self._by_width) >= MOST_WIDTHS:
                self._by_width.clear()
            self._by_width[width] = self.lines(width)
        return self._by_width[width]

    def lay_out_again(self) -> None:
        """Forget the lines: something else is to be shown."""
        self._by_width.clear()
        self.refresh(layout=True)

    def draw_again(self) -> None:
        """Forget the lines; a layout, which costs more than the drawing, only for more or fewer of them."""
        self._by_width.clear()
        width, height = self.size
        self.refresh(layout=not width or len(self.lines_in(width)) != height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Count the lines."""
        return len(self.lines_in(width))

    def render(self) -> Content:
        """Draw all lines."""
        return Content("\n").join(self.lines_in(self.size.width))

    def render_line(self, y: int) -> Strip:
        """Draw a line that can be seen; all of them where some of the text is marked with the mouse."""
        if self.text_selection is not None:
            return super().render_line(y)
        width, style = self.size.width, self.visual_style
        lines = self.lines_in(width)
        self._dirty_regions.clear()
        if y >= len(lines):
            return Strip.blank(width, style.rich_style)
        strip = Visual.to_strips(self, lines[y], width, 1, style)[0]
        return strip.apply_offsets(0, y) if self.allow_select else strip
