"""Paper cards as a page to print: a marker a pupil, and along its edges the letters to answer with."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from importlib.resources import files

from quiz.core.drill.card_markers import CELLS, LETTERS, marker
from quiz.exchange.printed_page import SIZES, printed_page

_SHEETS = {"a4": (210, 297), "letter": (216, 279)}
"""The width and height of a sheet, in millimetres."""


def card_page(numbers: Sequence[int], class_name: str = "", size: str = "a4") -> str:
    """Return the cards of some numbers, each on a sheet of its own, as a page that needs no other file.

    Nobody's name is on it. Raises ValueError for a number without a marker.
    """
    width, height = _SHEETS[size]
    filling = {"__SIZE__": SIZES[size], "__WIDTH__": str(width), "__HEIGHT__": str(height)}
    style = files("quiz.exchange").joinpath("card_sheet.css").read_text(encoding="utf-8")
    style = re.sub("|".join(filling), lambda found: filling[found[0]], style)
    title = f"{class_name}: cards" if class_name else "Cards"
    return printed_page("en", title, style, "\n".join(_card(number, class_name) for number in numbers))


def _card(number: int, class_name: str) -> str:
    letters = "".join(f'<div class="letter {letter.lower()}">{letter}</div>' for letter in LETTERS)
    whose = f" <small>{html.escape(class_name)}</small>" if class_name else ""
    return (
        f'<section class="card" aria-label="{number}">{_marker(number)}{letters}'
        f'<div class="number">{number}{whose}</div></section>'
    )


def _marker(number: int) -> str:
    """Return a marker as a drawing: its black border, and the white cells on it."""
    side = CELLS + 2
    white = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(marker(number), 1)
        for x, is_white in enumerate(row, 1)
        if is_white
    )
    return (
        f'<svg class="marker" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" role="img">'
        f'<path d="M0 0h{side}v{side}h-{side}z"/><path fill="#fff" d="{white}"/></svg>'
    )
