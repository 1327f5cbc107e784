"""What leads a screen: a number in large digits, what there is to say of it, and the key that goes on."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from quiz.tui.text import join

BUTTON = "bold $button-color-foreground on $primary"
"""How a key and what it does are drawn where they are the button that goes on."""


class LeadCard(Widget):
    """The first thing on a screen: on a low one without large digits. A click does what its button says."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LeadCard { height: auto; width: 100%; padding: 1 3; background: $panel; pointer: pointer; }
    LeadCard.-low { padding: 0 2; }
    """


def beside_digits(digits: Sequence[str], lines: Sequence[Content], style: str) -> list[Content]:
    """Put lines to the right of the rows of large digits, in their style, and of nothing beneath those."""
    width = max(map(len, digits))
    rows = [*digits, *[""] * (len(lines) - len(digits))]
    return [join((f"{row:<{width}}", style), line) for row, line in zip(rows, lines, strict=True)]
