"""The only door through which the text of a bank, a learner or the system reaches a widget.

A plain `str` given to a Textual widget is markup: it can vanish, crash the app or become a button. What
comes out of here is `Content`, shown as it is written, with nothing in it that a terminal would obey.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from textual.content import Content

from quiz.core.text.markup import Markup, pieces_of
from quiz.core.text.safe_text import one_line, visible

SIGNS: dict[str, tuple[str, str]] = {
    "correct": ("✓", "$text-success"),
    "partial": ("◐", "$text-warning"),
    "incorrect": ("✗", "$text-error"),
    "skipped": ("–", "$foreground-muted"),
}
"""The symbol and the colour of each verdict; its word is always shown beside them."""


CODE_STYLE = "$foreground on $foreground 10%"
WIDEST_BOX = 60
"""The width in cells up to which the lines of a block of code are padded; wider ones may have to wrap."""


def show(text: str, style: str = "") -> Content:
    """Return a text as it is written, made safe for the terminal, in one style."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def show_marked(
    text: str, markup: Markup, style: str = "", blocks: Mapping[str, Content] = MappingProxyType({})
) -> Content:
    """Return a text with its code and formulas, as far as its bank has turned them on.

    `blocks` are pieces of code that have their colours by now; others stand without.
    """
    if not markup:
        return show(text, style)
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
    """Return lines of code on a ground of their own, a box as wide as the longest unless that is too wide."""
    lines = code.split("\n", allow_blank=True)
    width = max(line.cell_length for line in lines)
    if width <= WIDEST_BOX:
        lines = [line.pad_right(width - line.cell_length) for line in lines]
    return Content("\n").join(lines).stylize_before(CODE_STYLE)


def show_line(text: str, style: str = "", limit: int = 1000) -> Content:
    """Return a text as a single line, made safe for the terminal, in one style."""
    line = one_line(text, limit)
    return Content.styled(line, style) if style else Content(line)


def join(*parts: Content | tuple[str, str] | str) -> Content:
    """Put styled pieces together; a piece is Content, a text, or a text and its style."""
    return Content.assemble(
        *(
            part if isinstance(part, Content) else show(part) if isinstance(part, str) else show(*part)
            for part in parts
        )
    )
