"""A plot, drawn by textual-plotext. To be imported only once one is to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import RenderResult
from textual.geometry import Size
from textual_plotext import PlotextPlot

from quiz.tui.widgets.drawing import Bars, Drawing, Trace

SOLID, LIGHT, DOT, FINE, ROUGH = "█", "░", "●", "hd", "·"


class Plot(PlotextPlot):
    """Draws bars or a trace as large as there is room, in the theme's colours on the widget's own ground."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"plot--{part}" for part in ("line", "dot", "guide", "solid", "light")
    }
    DEFAULT_CSS = """
    Plot {
        width: 1fr; height: 1fr;
        & > .plot--line { color: $accent; }
        & > .plot--dot { color: $success; }
        & > .plot--solid { color: $success; }
        & > .plot--light { color: $error; }
        & > .plot--guide { color: $foreground-muted; }
    }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._drawing: Drawing | None = None
        self._built: tuple[Size, str, Text] | None = None
        """The plot as it was drawn last, with its size and its theme."""

    def draw(self, drawing: Drawing) -> None:
        """Show another drawing; the same one again is nothing."""
        if drawing != self._drawing:
            self._drawing = drawing
            self._built = None
            self.refresh()

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.refresh())

    def on_unmount(self) -> None:
        """Follow it no longer: the app's list of those who do would keep every plot that there ever was."""
        self.app.theme_changed_signal.unsubscribe(self)

    def render(self) -> RenderResult:
        """Draw in the present size, unless it is drawn already."""
        theme = self.app.theme
        if self._built is None or self._built[:2] != (self.size, theme):
            self._built = self.size, theme, self._build()
        return self._built[2]

    def _build(self) -> Text:
        width, height = self.size
        drawing = self._drawing
        if drawing is None or width < 2 or height < 2:
            return Text()
        self.plt.clear_figure()
        self.plt.theme("clear")
        self.plt.xaxes(True, False)
        self.plt.yaxes(True, False)
        if isinstance(drawing, Bars):
            width = self._bars(drawing, width)
        else:
            self._trace(drawing)
        self.plt.plotsize(width, height)
        self.plt._set_size(width, height)
        return Text.from_ansi(self.plt.build())

    def _bars(self, bars: Bars, width: int) -> int:
        """Draw bars that are all as many cells wide; return the width that this takes.

        Plotext puts the limits of an axis into the middle of its first and last cell, so places are cells.
        """
        room = width - _label_width(bars.values)
        shown = range(len(bars.values))
        if len(shown) > room:
            shown = shown[-room:] if bars.is_past else shown[:room]
        values = [bars.values[place] for place in shown]
        top = _top(max(values, default=0))
        each = max(1, room // max(1, len(shown)))
        if bars.solid:
            self._columns(values, each, LIGHT, "light")
            self._columns([bars.solid[place] for place in shown], each, SOLID, "solid")
        else:
            self._columns(values, each, SOLID, "line")
        self.plt.xlim(0, max(1, len(shown) * each - 1))
        self.plt.ylim(0, top)
        marked = [place for place in shown if _distance(bars, place) % bars.every == 0]
        middle = (each - 1) // 2
        places = [float((place - shown[0]) * each + middle) for place in marked]
        self.plt.xticks(places, [bars.tick(place) for place in marked])
        ticks = _ticks(top)
        self.plt.yticks(ticks, [f"{tick:,.0f}" for tick in ticks])
        return min(width, width - room + len(shown) * each)

    def _columns(self, values: Sequence[float], each: int, marker: str, part: str) -> None:
        """Fill some cells of each bar's place, a gap left between them where there is room."""
        filled = each - 1 if each > 1 else 1
        cells = [
            (bar * each + cell, value)
            for bar, value in enumerate(values)
            if value > 0
            for cell in range(filled)
        ]
        if cells:
            self.plt.scatter(*_axes(tuple(cells)), marker=marker, color=self._colour(part), fillx=True)

    def _trace(self, trace: Trace) -> None:
        for line in trace.guides:
            self.plt.plot(*_axes(line), marker=ROUGH, color=self._colour("guide"))
        if trace.line:
            self.plt.plot(*_axes(trace.line), marker=FINE, color=self._colour("line"))
        if trace.dots:
            self.plt.scatter(*_axes(trace.dots), marker=DOT, color=self._colour("dot"))
        self.plt.xlim(*trace.x_limits)
        self.plt.ylim(*trace.y_limits)
        self.plt.xticks([place for place, _ in trace.x_ticks], [label for _, label in trace.x_ticks])
        self.plt.yticks([place for place, _ in trace.y_ticks], [label for _, label in trace.y_ticks])

    def _colour(self, part: str) -> tuple[int, int, int] | int | str:
        """Return a part's colour as plotext takes it; the terminal's own where the theme leaves it to it."""
        colour = self.get_component_styles(f"plot--{part}").color
        if colour.ansi is not None:
            return colour.ansi if colour.ansi >= 0 else "default"
        return (self.background_colors[1] + colour).rgb


def _axes(points: tuple[tuple[float, float], ...]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _distance(bars: Bars, place: int) -> int:
    """Return how far a bar is from the one that matters most."""
    return len(bars.values) - 1 - place if bars.is_past else place


def _ticks(top: float) -> list[float]:
    return [0, top // 2, top] if top > 1 else [0, top]


def _label_width(values: Sequence[float]) -> int:
    """Return how many cells the axis on the left takes."""
    return max(len(f"{tick:,.0f}") for tick in _ticks(_top(max(values, default=0)))) + 1


def _top(most: float) -> int:
    """Return a number to end an axis at: not below the largest value, and easy to halve."""
    if most <= 1:
        return 1
    size = 1
    while True:
        for step in (2, 4, 6, 8, 10, 12, 16):
            if most <= step * size:
                return step * size
        size *= 10
