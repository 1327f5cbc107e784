"""A chart: a plot under a title, or the same figures as a table for those who would rather read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive

from quiz.tui.text import show_line
from quiz.tui.widgets.drawing import Drawing
from quiz.tui.widgets.figures import Figures

LEAST_WIDTH, LEAST_HEIGHT = 30, 6
"""The size in cells from which a plot can be read."""

Table: TypeAlias = Callable[[int], Sequence[Content]]
"""Draws a table's lines for a width in cells."""


class Chart(Vertical):
    """Shows a drawing as a plot or as a table. Where there is no room for a plot it shows the table."""

    ALLOW_MAXIMIZE = False
    DEFAULT_CSS = """
    Chart {
        height: 1fr; border: round $foreground 25%; border-title-color: $text-primary;
        border-subtitle-color: $foreground-muted; padding: 0 1;
        &.-table { height: auto; }
        &.-table > Plot { display: none; }
        &.-plot > Figures { display: none; }
    }
    """

    is_table: reactive[bool] = reactive(False, init=False)

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.border_title = show_line(title)
        self._drawing: Drawing | None = None
        self._legend = ""
        self._table: Table = lambda _width: ()

    def compose(self) -> ComposeResult:
        """Show a table; a plot is made once one is to be seen."""
        yield Figures(self._lines)

    def show(self, drawing: Drawing | None, table: Table, legend: str = "") -> None:
        """Show other figures; without a drawing there is only the table. The legend explains the plot."""
        self._drawing = drawing
        self._legend = legend
        self._table = table
        self.query_one(Figures).refresh(layout=True)
        self._arrange()

    def _lines(self, width: int) -> Sequence[Content]:
        return self._table(width)

    def on_mount(self) -> None:
        """Begin with what there is room for."""
        self._arrange()

    def watch_is_table(self) -> None:
        """Change between plot and table."""
        self._arrange()

    def on_resize(self) -> None:
        """A plot needs room."""
        self._arrange()

    def _arrange(self) -> None:
        is_plot = not self.is_table and self._drawing is not None and self._has_room()
        self.set_class(is_plot, "-plot")
        self.set_class(not is_plot, "-table")
        self.border_subtitle = show_line(self._legend if is_plot else "")
        if is_plot and self._drawing is not None:
            from quiz.tui.widgets.plot import Plot

            found = list(self.query(Plot))
            if not found:
                found = [Plot()]
                self.mount(found[0])
            found[0].draw(self._drawing)

    def _has_room(self) -> bool:
        """Say whether the screen is large enough, which no change between plot and table changes."""
        screen = self.screen.size
        return screen.width >= LEAST_WIDTH * 2 and screen.height >= LEAST_HEIGHT * 3
