"""What changes every line just before it is drawn: signs in ASCII, and a ground that shows through."""

from __future__ import annotations

import codecs
import re
from io import TextIOWrapper
from typing import Final, TextIO
from unicodedata import normalize

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from quiz.core.text.ascii_signs import ASCII_SIGNS

CLEAR: Final = Style(bgcolor="default")
STROKES: Final = re.compile("[╺┏┗┣]?━[┓┛┫]|[╺┏┗┣]━╸|╺┻╸|╺┓")
"""A row of a large digit that has a stroke across."""
EDGES: Final = str.maketrans("╺┏┗┣━┓┛┫╸┻", "  ||_ || |")
"""What a large digit has below and beside each sign, as digits of `|` and `_` are drawn."""


def use_signs_of_the_encoding(stream: TextIO) -> None:
    """Write what a stream's encoding lacks as characters of ASCII that are as wide."""
    if isinstance(stream, TextIOWrapper):
        codecs.register_error("as-wide", _as_wide)
        stream.reconfigure(errors="as-wide")


def _as_wide(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_stand_in, _plain_strokes(error.object[error.start : error.end]))), error.end


def _plain_strokes(text: str) -> str:
    """Return text with the rows of large digits drawn in ASCII, so that each digit can be told."""
    return STROKES.sub(lambda row: row[0].translate(EDGES), text)


def _stand_in(character: str) -> str:
    """Return a sign's character of ASCII, a letter without its accent, or question marks."""
    base = normalize("NFKD", character)[0] if character.isalpha() or character.isspace() else character
    plain = base.translate(ASCII_SIGNS)
    return plain if plain.isascii() and cell_len(plain) == cell_len(character) else "?" * cell_len(character)


class AsciiSigns(LineFilter):
    """Draws signs that some fonts lack by characters that every font has; letters stay as they are."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the line with ASCII signs."""
        return [
            Segment(_plain_strokes(segment.text).translate(ASCII_SIGNS), segment.style, segment.control)
            for segment in segments
        ]


class ClearGround(LineFilter):
    """Leaves the ground of screens to the terminal, so that what is behind it shows through."""

    def __init__(self, ground: Color) -> None:
        super().__init__()
        self._ground = ground.rgb

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the line without the ground's colour."""
        return [
            Segment(segment.text, segment.style + CLEAR, segment.control)
            if segment.style is not None and self._is_ground(segment.style)
            else segment
            for segment in segments
        ]

    def _is_ground(self, style: Style) -> bool:
        colour = style.bgcolor
        return colour is not None and colour.triplet is not None and tuple(colour.triplet) == self._ground
