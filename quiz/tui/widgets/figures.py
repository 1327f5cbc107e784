"""Lines of figures that are drawn for whatever width they have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import var
from textual.widget import Widget


class Figures(Widget):
    """Draws lines for whatever width it has; what does not fit is cut, never wrapped."""

    DEFAULT_CSS = "Figures { height: auto; width: 1fr; }"
    auto_links = var(False)

    def __init__(self, draw: Callable[[int], Sequence[Content]], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draw = draw
        self._kept: tuple[int, Size, list[Content]] | None = None
        """The lines drawn last, and the width and the terminal's size for which they were."""
        self._is_counted = False
        """Whether a layout has asked how many lines there are."""

    def refresh(self, *regions: Region, layout: bool = False, **options: bool) -> Self:
        """Draw the lines anew; with `layout` their number may change, which counts once they were counted."""
        self._kept = None
        is_counted, self._is_counted = self._is_counted, self._is_counted and not layout
        return super().refresh(*regions, layout=layout and is_counted, **options)

    def _lines(self, width: int) -> list[Content]:
        """Return the lines for a width; one layout asks for them several times."""
        width, size = max(1, width), self.app.size
        if self._kept is None or self._kept[:2] != (width, size):
            drawn = [line.truncate(width, ellipsis=True) for line in self._draw(width)]
            self._kept = width, size, drawn
        return self._kept[2]

    def render(self) -> RenderResult:
        """Draw the lines in the present width."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Count the lines."""
        self._is_counted = True
        return len(self._lines(width))
