"""Characters of ASCII for signs that a font or an encoding lacks."""

from __future__ import annotations

from typing import Final

_BRAILLE: Final = "".join(chr(cell) for cell in range(0x2801, 0x2900))
_STANDS_FOR: Final = {
    "+": "✓╭╮╰╯┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╺╸✚",
    "x": "✗×",
    "~": "◐╍",
    "o": "○◌▢",
    "*": "●✱★",
    "<": "◂◀←≤⏎‹",
    ">": "▸▶→≥›",
    "|": "▌▍▏│┃▊▎╹╻↕┊",
    "=": "━═≡▃▄▅",
    "-": "─–—−▔╶╴‐‑",
    ".": f"╌·•…{_BRAILLE}",
    "_": "▁▂",
    "#": "▆▇█▀■▉▋",
    ":": "▒░",
    "/": "╱",
    "\\": "╲",
    "^": "↑▲▴",
    "v": "↓▼▾",
    "!": "⚑‼",
    "%": "◆",
    "@": "⏱",
    '"': "“”„",
    "'": "‘’′",
    " ": "\u00a0\u2009\u202f",
}
"""What stands for the signs of the screens: one cell wide like them, and told apart where that matters."""
ASCII_SIGNS: Final = str.maketrans({sign: plain for plain, signs in _STANDS_FOR.items() for sign in signs})
