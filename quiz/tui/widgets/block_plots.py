"""Plots out of eighth blocks and braille, as lines of so many cells: no wider than what they show."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quiz.tui.text import join

EIGHTHS = " ▁▂▃▄▅▆▇█"
MISSED = "▒"
BRAILLE = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille cell, by row and column."""


def columns(
    values: Sequence[float], height: int, *, each: int = 1, gap: int = 0, top: float = 0
) -> list[str]:
    """Return bars from the bottom, each so many cells wide; `top` is the value of the full height.

    Something is never nothing: the least of values above 0 is an eighth of a cell.
    """
    top = max(top, *values, 1e-9) if values else 1
    sizes = [max(1, round(value / top * height * 8)) if value > 0 else 0 for value in values]
    return [
        "".join(EIGHTHS[max(0, min(8, size - row * 8))] * each + " " * gap for size in sizes).rstrip()
        for row in range(height - 1, -1, -1)
    ]


def stacked(
    solid: Sequence[float], whole: Sequence[float], height: int, styles: tuple[str, str], *, each: int = 1
) -> list[Content]:
    """Return bars whose lower part is solid and whose upper part is shaded, in one colour each.

    A bar that is solid throughout is drawn in eighths; where a part is shaded, both take whole cells, at
    least one each, for nothing is drawn between them.
    """
    top = max(*whole, 1e-9) if whole else 1
    sizes = [
        _shares(part / top * height, total / top * height, height)
        for part, total in zip(solid, whole, strict=True)
    ]
    lines = []
    for row in range(height - 1, -1, -1):
        pieces = []
        for low, full in sizes:
            if low > row * 8:
                pieces.append((EIGHTHS[min(8, low - row * 8)] * each, styles[0]))
            else:
                pieces.append(((MISSED if full > row * 8 else " ") * each, styles[1]))
        lines.append(join(*pieces))
    return lines


def _shares(solid: float, whole: float, height: int) -> tuple[int, int]:
    """Return where a bar's solid part ends, and where all of it does, in eighths; both are given in cells."""
    if solid >= whole:
        size = max(1, round(whole * 8)) if whole > 0 else 0
        return size, size
    least = 2 if solid > 0 and height > 1 else 1
    cells = max(least, round(whole))
    filled = max(least - 1, min(cells - 1, round(solid)))
    return filled * 8, cells * 8


def line(values: Sequence[float | None], width: int, height: int, low: float, high: float) -> list[str]:
    """Return a braille line through values that stand equally far apart; None is a gap."""
    cells = [[0] * width for _ in range(height)]
    last: tuple[int, int] | None = None
    for place, value in enumerate(values):
        if value is None:
            last = None
            continue
        x = round(place * (width * 2 - 1) / max(1, len(values) - 1))
        share = (value - low) / (high - low) if high > low else 0.5
        y = round((1 - max(0.0, min(1.0, share))) * (height * 4 - 1))
        for across, down in _between(last, (x, y)):
            cells[down // 4][across // 2] |= DOTS[down % 4][across % 2]
        last = (x, y)
    return ["".join(chr(BRAILLE + cell) if cell else " " for cell in row) for row in cells]


def _between(start: tuple[int, int] | None, end: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the dots from one to another, both included."""
    if start is None:
        return [end]
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    return [
        (
            round(start[0] + (end[0] - start[0]) * step / steps),
            round(start[1] + (end[1] - start[1]) * step / steps),
        )
        for step in range(steps + 1)
    ]
