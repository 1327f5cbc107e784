"""How much text a drill can project, and how much space a text takes.

The limits are for a projector at 80 columns and 24 rows, read from the back row of a classroom.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

STEM_WIDTH: Final = 70
"""How many cells a line of a stem has."""
STEM_LINES: Final = 3
OPTION_WIDTH: Final = 60
"""How many cells a line of an option has, without its key and sign."""
OPTION_LINES: Final = 2


_NARROW = re.compile("[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e]*")
"""Text in which every character takes one cell: Latin, Greek, Cyrillic and common punctuation."""


def cells(text: str) -> int:
    """Return how many cells a text takes on one line of a terminal."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    return sum(_cells_of(character) for character in text)


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


def fits_as_stem(stem: str) -> bool:
    """Return whether a stem fits on the projector."""
    return lines_of(stem, STEM_WIDTH) <= STEM_LINES


def fits_as_option(option: str) -> bool:
    """Return whether an option fits on the projector."""
    return lines_of(option, OPTION_WIDTH) <= OPTION_LINES
