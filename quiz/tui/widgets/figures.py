"""Lines of figures that are drawn for whatever width they have."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import var
from textual.widget import Widget


class Figures(Widget):
    """Draws lines for whatever width it has; what does not fit is cut, never wrapped."""

    DEFAULT_CSS = "Figures { height: auto; width: 1fr; }"
    auto_links = var(False)

    def __init__(self, draw: Callable[[int], Sequence[Content]], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draw = draw

    def _lines(self, width: int) -> list[Content]:
        return [line.truncate(max(1, width), ellipsis=True) for line in self._draw(max(1, width))]

    def render(self) -> RenderResult:
        """Draw the lines in the present width."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Count the lines."""
        return len(self._lines(width))
