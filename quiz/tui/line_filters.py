"""What changes every line just before it is drawn: signs in ASCII, and a ground that shows through."""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

BRAILLE: Final = "".join(chr(cell) for cell in range(0x2801, 0x2900))
STANDS_FOR: Final = {
    "+": "✓╭╮╰╯┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╺╸",
    "x": "✗×",
    "~": "◐╍",
    "o": "○◌",
    "*": "●",
    "<": "◂◀←≤⏎",
    ">": "▸▶→≥›",
    "|": "▌▏│┃▊▎╹╻↕",
    "=": "━═≡▃▄▅",
    "-": "─–—−▔╶╴",
    ".": f"╌·•…{BRAILLE}",
    "_": "▁▂",
    "#": "▆▇█▀",
    ":": "▒░",
    "/": "╱",
    "\\": "╲",
    "^": "↑▲",
    "v": "↓",
    "!": "⚑‼",
}
"""What stands for the signs of the screens: one cell wide like them, and told apart where that matters."""
ASCII_SIGNS: Final = str.maketrans({sign: plain for plain, signs in STANDS_FOR.items() for sign in signs})
CLEAR: Final = Style(bgcolor="default")


class AsciiSigns(LineFilter):
    """Draws signs that some fonts lack by characters that every font has; letters stay as they are."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the line with ASCII signs."""
        return [
            Segment(segment.text.translate(ASCII_SIGNS), segment.style, segment.control)
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
