"""How far a session has come: a segment for each of its items, by what came of it at first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from itertools import groupby, pairwise

from textual.content import Content
from textual.widget import Widget

from quiz.core.content.grading import Verdict
from quiz.tui.text import join

NOW, TO_COME = ("■", "$primary"), ("─", "$border")
STROKES: dict[Verdict | None, tuple[str, str]] = {
    Verdict.CORRECT: ("━", "$text-success"),
    Verdict.PARTIAL: ("╍", "$text-warning"),
    Verdict.INCORRECT: ("╌", "$text-error"),
    Verdict.SKIPPED: ("─", "$foreground-muted"),
    None: TO_COME,
}
"""The stroke of each verdict and its colour; they differ without colour too."""
LEAST = 2
"""The cells that a segment takes at least, the gap after it included, for gaps to be drawn."""


class SessionLine(Widget):
    """One line of segments; without room for a gap between them they run together."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "SessionLine { height: 1; width: 100%; padding: 0 2; }"

    def __init__(self) -> None:
        super().__init__()
        self.marks: tuple[Verdict | None, ...] = ()
        self.current: int | None = None
        """The place of the item that is being answered, None where none is."""

    def put(self, marks: Sequence[Verdict | None], current: int | None) -> None:
        """Show other marks."""
        if (tuple(marks), current) != (self.marks, self.current):
            self.marks, self.current = tuple(marks), current
            self.refresh()

    def render(self) -> Content:
        """Draw the segments, all as wide as the room allows."""
        width, count = self.size.width, len(self.marks)
        if not count or width < 1:
            return Content()
        if width // count >= LEAST:
            edges = [round((width + 1) * place / count) for place in range(count + 1)]
            lengths = [max(0, after - before - 1) for before, after in pairwise(edges)]
            strokes = [(self._stroke(place), length) for place, length in enumerate(lengths)]
            return Content(" ").join(join((sign * length, style)) for (sign, style), length in strokes)
        begins, edge = range(count + 1), partial(_edge, width, count)
        drawn = [self._stroke(bisect_right(begins, cell, key=edge) - 1) for cell in range(width)]
        return join(*((sign * len(list(run)), style) for (sign, style), run in groupby(drawn)))

    def _stroke(self, place: int) -> tuple[str, str]:
        return NOW if place == self.current else STROKES[self.marks[place]]


def _edge(width: int, count: int, place: int) -> int:
    """Return the cell at which one of some segments begins in a width."""
    return round(width * place / count)
