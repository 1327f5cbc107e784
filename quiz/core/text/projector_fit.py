"""How much text a drill shows on the wall, and how much a text takes.

The limits are those of a projector at 80 columns and 24 rows, read from the last row of a classroom.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

STEM_WIDTH: Final = 70
"""How many cells a line of a stem has."""
STEM_LINES: Final = 3
OPTION_WIDTH: Final = 60
"""How many cells a line of an option has, its key and its sign left aside."""
OPTION_LINES: Final = 2


_NARROW = re.compile("[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e]*")
"""Text of which every character takes one cell: Latin, Greek, Cyrillic and the usual punctuation."""


def cells(text: str) -> int:
    """Return how many cells a text takes on a terminal, if it stands on one line."""
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
    """Return how many lines a text takes where each has `width` cells and breaks between words.

    A word that is longer than a line goes on over the lines that it needs.
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
    """Say whether a stem fits on the wall."""
    return lines_of(stem, STEM_WIDTH) <= STEM_LINES


def fits_as_option(option: str) -> bool:
    """Say whether an option fits on the wall."""
    return lines_of(option, OPTION_WIDTH) <= OPTION_LINES
