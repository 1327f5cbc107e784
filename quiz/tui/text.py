"""The only door through which the text of a bank, a learner or the system reaches a widget.

A plain `str` given to a Textual widget is markup: it can vanish, crash the app or become a button. What
comes out of here is `Content`, shown as it is written, with nothing in it that a terminal would obey.
"""

from __future__ import annotations

import re

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
LONGEST_IN_COLOUR = 4000
"""How many characters of code are read for their colours while a screen is drawn."""


_LONG_GAP = re.compile(r"\s{200}")
"""White space that makes some languages' readers of code try every way to divide it."""


def show(text: str, style: str = "") -> Content:
    """Return a text as it is written, made safe for the terminal, in one style."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def show_marked(text: str, markup: Markup, style: str = "") -> Content:
    """Return a text with its code and formulas, as far as its bank has turned them on."""
    if not markup:
        return show(text, style)
    pieces: list[Content] = []
    for piece in pieces_of(text, markup):
        if piece.kind == "block":
            before = pieces[-1].plain if pieces else ""
            pieces.append(Content("" if not pieces or before.endswith("\n") else "\n"))
            pieces += [show_code(piece.shown, piece.language), Content("\n")]
        else:
            pieces.append(show(piece.shown, CODE_STYLE if piece.kind == "code" else style))
    return Content.assemble(*pieces).rstrip("\n")


def show_code(code: str, language: str) -> Content:
    """Return a piece of code in the colours of its language; plain where it is too long for a moment."""
    if not language or len(code) > LONGEST_IN_COLOUR or _LONG_GAP.search(code):
        return show(code)
    from textual.highlight import highlight

    return highlight(show(code).plain, language=language)


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


def markdown(text: str) -> str:
    """Return a note's Markdown without anything that a terminal would obey."""
    return visible(text)
