"""How large a projected terminal's letters are, how much text they leave room for, and what a text takes.

The limits are for a terminal of 60 columns and 18 rows, the largest that is read from the last row of a
classroom: see `letter_minutes`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from typing import Final

COLUMNS: Final = 60
ROWS: Final = 18
"""The recommended size of a terminal on a wall."""
LEAST_MINUTES: Final = 16
"""The least height of a capital letter for reading, in minutes of arc: ISO 9241-303:2011 (20 are better)."""
DISTANCE_M: Final = 8.0
"""From the wall to the last row of a usual classroom, in metres."""
IMAGE_WIDTH_M: Final = 2.0
"""The width of a usual projection with the shape 16:9, in metres."""
CAPITAL: Final = 0.6
"""The height of a capital letter as a share of a terminal's row: 0.63 in DejaVu Sans Mono, 0.59 in Cascadia
Mono, from their metrics."""
STEM_WIDTH: Final = 56
"""How many cells a line of a stem has."""
STEM_LINES: Final = 4
OPTION_WIDTH: Final = 44
"""How many cells a line of an option has, without its key and sign."""
OPTION_LINES: Final = 2


_NARROW = re.compile("[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e]*")
"""Text in which every character takes one cell: Latin, Greek, Cyrillic and common punctuation."""


def cells(text: str) -> int:
    """Return how many cells a text takes on one line of a terminal."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    return sum(_cells_of(character) for character in text)


@lru_cache(4096)
def _cells_of(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def lines_of(text: str, width: int) -> int:
    """Return how many lines of `width` cells a text takes, broken between words.

    A word longer than a line continues on the next lines.
    """
    return sum(_wrapped(line, width) for line in text.splitlines())


def _wrapped(line: str, width: int) -> int:
    lines, used = 1, 0
    for word in line.split():
        size = cells(word)
        if used and used + 1 + size <= width:
            used += 1 + size
            continue
        lines += bool(used)
        lines += max(0, size - 1) // width
        used = size - max(0, size - 1) // width * width
    return lines


def letter_minutes(
    rows: int, *, distance_m: float = DISTANCE_M, image_height_m: float = IMAGE_WIDTH_M * 9 / 16
) -> float:
    """Return the height of a capital letter of a projected terminal, in minutes of arc.

    Of n rows on an image of height H, a letter has the height h = 0.6 · H / n; from a distance d it spans the
    angle 2 · atan(h / 2d).
    """
    height = CAPITAL * image_height_m / max(1, rows)
    return math.degrees(2 * math.atan2(height, 2 * distance_m)) * 60


def fits_as_stem(stem: str) -> bool:
    """Return whether a stem fits on the projector."""
    return lines_of(stem, STEM_WIDTH) <= STEM_LINES


def fits_as_option(option: str) -> bool:
    """Return whether an option fits on the projector."""
    return lines_of(option, OPTION_WIDTH) <= OPTION_LINES
