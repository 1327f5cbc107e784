"""The only way for text from a bank, a learner or the system to reach a widget.

A plain `str` given to a Textual widget is markup: it can vanish, crash the app or become a button. The
functions here return `Content`, which is shown as it is written, without anything that a terminal would obey.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual.content import Content

from quiz.core.text.safe_text import one_line, visible

if TYPE_CHECKING:
    from quiz.core.text.markup import Markup

SIGNS: dict[str, tuple[str, str]] = {
    "correct": ("✓", "$text-success"),
    "partial": ("◐", "$text-warning"),
    "incorrect": ("✗", "$text-error"),
    "skipped": ("–", "$foreground-muted"),
}
"""The symbol and the colour of each verdict; its word is always shown beside them."""


CODE_STYLE = "$foreground on $foreground 10%"
WIDEST_BOX = 60
"""Lines of a code block are padded up to this width in cells; wider ones may have to wrap."""


def show(text: str, style: str = "") -> Content:
    """Return a text exactly as written, made safe for the terminal, in one style."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def show_marked(
    text: str, markup: Markup, style: str = "", blocks: Mapping[str, Content] = MappingProxyType({})
) -> Content:
    """Return a text with its code and formulas, if its bank turns them on.

    `blocks` are pieces of code that are highlighted by now; others have no colours.
    """
    if not markup:
        return show(text, style)
    from quiz.core.text.markup import pieces_of

    pieces: list[Content] = []
    for piece in pieces_of(text, markup):
        if piece.kind == "block":
            before = pieces[-1].plain if pieces else ""
            pieces.append(Content("" if not pieces or before.endswith("\n") else "\n"))
            pieces += [_boxed(blocks.get(visible(piece.shown)) or show(piece.shown)), Content("\n")]
        else:
            pieces.append(show(piece.shown, CODE_STYLE if piece.kind == "code" else style))
    return Content.assemble(*pieces).rstrip("\n")


def _boxed(code: Content) -> Content:
    """Return lines of code as a box with its own background, as wide as the longest line unless too wide."""
    lines = code.split("\n", allow_blank=True)
    width = max(line.cell_length for line in lines)
    if width <= WIDEST_BOX:
        lines = [line.pad_right(width - line.cell_length) for line in lines]
    return Content("\n").join(lines).stylize_before(CODE_STYLE)


def show_line(text: str, style: str = "", limit: int = 1000) -> Content:
    """Return a text as a single line, made safe for the terminal, in one style."""
    line = one_line(text, limit)
    return Content.styled(line, style) if style else Content(line)


def height_of(content: Content, width: int) -> int:
    """Return how many lines a content takes in a width; most contents fit, which is quick to tell."""
    if "\n" not in content.plain and "\t" not in content.plain and content.cell_length <= width:
        return 1
    return content.get_height({}, width)


def wrapped(text: Content, width: int, most: int) -> list[Content]:
    """Wrap a text to at most so many rows, at least one; the last one is cut where there is more."""
    rows = text.wrap(width)
    if len(rows) <= most:
        return rows or [text]
    return [*rows[: most - 1], Content(" ").join(rows[most - 1 :]).truncate(width, ellipsis=True)]


def join(*parts: Content | tuple[str, str] | str) -> Content:
    """Join styled pieces; a piece is Content, a text, or a text and its style."""
    return Content.assemble(
        *(
            part if isinstance(part, Content) else show(part) if isinstance(part, str) else show(*part)
            for part in parts
        )
    )
