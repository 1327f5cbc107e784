"""A note or a passage in Markdown, drawn as one widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Self

from textual.content import Content

from quiz.tui.text import show
from quiz.tui.widgets.text_lines import Lines

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST_FORMATTED = 4_000
"""How many characters are formatted at most; a longer text is shown as it is written."""
STYLES = {
    "strong_open": "bold", "em_open": "italic", "s_open": "strike", "link_open": "underline",
}  # fmt: skip
CODE = "$text-accent"


class Block(NamedTuple):
    """A paragraph, a heading, a list's entry, or lines of code."""

    first: str
    """What stands before its first line, such as a bullet."""
    others: str
    """What stands before its other lines."""
    text: Content
    is_apart: bool
    """Whether an empty line comes before it."""


class MarkdownText(Lines):
    """Shows Markdown without its links' addresses, wrapped to whatever width it has."""

    DEFAULT_CSS = "MarkdownText { height: auto; width: 1fr; }"

    def __init__(self, blocks: Sequence[Block] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._blocks = blocks

    @classmethod
    def of(cls, text: str) -> Self:
        """Return a widget that shows a text."""
        return cls(blocks_of(text))

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._blocks = blocks_of(text)
        self.lay_out_again()

    def lines(self, width: int) -> list[Content]:
        """Return the blocks one beneath the other."""
        return list(_lines(self._blocks, max(8, width))) or [Content()]


def blocks_of(text: str) -> list[Block]:
    """Return a Markdown text's blocks; a text that is too long for that is one block."""
    if len(text) > MOST_FORMATTED:
        return [Block("", "", show(text), is_apart=True)]
    return list(_walked(_parser().parse(text)))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _walked(tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield a block for each token that holds text, indented by the lists and quotations around it."""
    indents: list[str] = []
    numbers: list[int] = []
    bullet, style, is_apart = "", "", True
    cells: list[Content] | None = None
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in {"bullet_list", "ordered_list"}:
            if token.nesting > 0:
                is_apart = not numbers
                numbers.append(int(token.attrGet("start") or 1) if kind == "ordered_list" else 0)
            else:
                numbers.pop()
                is_apart = not numbers
        elif kind == "list_item" and token.nesting > 0:
            bullet = f"{numbers[-1]}. " if numbers[-1] else "• "
            numbers[-1] += bool(numbers[-1])
            indents.append(" " * len(bullet))
        elif kind == "blockquote" and token.nesting > 0:
            indents.append("│ ")
        elif kind in {"list_item", "blockquote"}:
            indents.pop()
        elif kind in {"heading", "th"}:
            style = "bold" if token.nesting > 0 else ""
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield Block("", "", Content("  ·  ").join(cells or []), is_apart=bool(style))
            cells = None
        elif cells is not None and kind == "inline":
            cells.append(_text_of(token, style))
        elif kind in {"inline", "fence", "code_block", "hr"}:
            others = "".join(indents)
            yield Block(
                others[: len(others) - len(bullet)] + bullet, others, _text_of(token, style), is_apart
            )
            bullet, is_apart = "", not numbers


def _text_of(token: Token, style: str) -> Content:
    if token.type == "hr":
        return Content("───")
    if token.type != "inline":
        return show(token.content.rstrip("\n"), CODE)
    return Content.assemble(*_pieces(token.children or (), style))


def _pieces(tokens: Sequence[Token], style: str) -> Iterator[Content]:
    """Yield the styled pieces of a line of text; an image is its description."""
    styles = [style]
    for token in tokens:
        if token.nesting == 1:
            styles.append(STYLES.get(token.type, ""))
        elif token.nesting == -1:
            styles.pop()
        elif token.type == "softbreak":
            yield Content(" ")
        elif token.type == "hardbreak":
            yield Content("\n")
        else:
            yield show(token.content, CODE if token.type == "code_inline" else " ".join(styles).strip())


def _lines(blocks: Sequence[Block], width: int) -> Iterator[Content]:
    for place, block in enumerate(blocks):
        if place and block.is_apart:
            yield Content()
        lead = block.first
        for line in block.text.split("\n", allow_blank=True):
            for part in line.wrap(max(8, width - len(lead))) or [line]:
                yield Content(lead) + part
                lead = block.others
