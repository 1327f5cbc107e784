"""Numbers in digits of three rows, where a number is the message."""

from __future__ import annotations

from typing import Final

from textual.renderables.digits import DIGITS, DIGITS3X3_BOLD

ROWS: Final = 3
WIDTH: Final = 3
STROKE: Final = ("  ╱", " ╱ ", "╱  ")


def large_digits(text: str) -> list[str]:
    """Return digits and strokes as three rows, each glyph three cells wide."""
    rows = [""] * ROWS
    for sign in text:
        at = DIGITS.find(sign) * ROWS
        glyph = STROKE if sign == "/" else DIGITS3X3_BOLD[at : at + ROWS]
        rows = [row + part.ljust(WIDTH) for row, part in zip(rows, glyph, strict=True)]
    return rows
