"""Texts with blocks of code, which are shown at once and get their colours when these are found."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final

from textual.app import App
from textual.content import Content, Span
from textual.widget import Widget
from textual.widgets import Static

from quiz.core.text.markup import Markup, pieces_of
from quiz.core.text.safe_text import visible
from quiz.services.highlighting import Code, Parts, coloured_parts
from quiz.tui.text import show_marked

MOST_KEPT: Final = 500
"""How many blocks are remembered; with more than that all are forgotten."""
_MOMENT: Final = 0.01
"""Seconds in which the parts of a screen ask for their colours, so that one process finds all of them."""

Blocks = Mapping[str, Content]
"""Pieces of code in their colours, by their texts."""
NO_BLOCKS: Blocks = MappingProxyType({})


class CodeColours:
    """The blocks of code whose colours are known so far."""

    def __init__(self, find: Callable[[Sequence[Code]], Awaitable[list[Parts]]] = coloured_parts) -> None:
        self.blocks: dict[str, Content] = {}
        self._find = find
        self._asked: set[Code] = set()
        self._waiting: dict[Code, None] = {}

    @cached_property
    def _turn(self) -> asyncio.Lock:
        return asyncio.Lock()

    async def learn(self, codes: Iterable[Code]) -> None:
        """Find the colours of pieces of code, as far as they can be found in time."""
        codes = set(codes)
        self._waiting |= dict.fromkeys(codes - self._asked)
        async with self._turn:
            if codes <= self._asked:
                return
            await asyncio.sleep(_MOMENT)
            taken = list(self._waiting)
            self._waiting.clear()
            if len(self._asked) > MOST_KEPT:
                self._asked.clear()
                self.blocks.clear()
            self._asked.update(taken)
            for code, parts in zip(taken, await self._find(taken), strict=True):
                if parts:
                    self.blocks[code.text] = coloured(code.text, parts)


def code_in(texts: Iterable[str], markup: Markup) -> tuple[Code, ...]:
    """Return the blocks of code in some texts that say their language."""
    return tuple(
        Code(visible(piece.shown), piece.language)
        for text in texts
        for piece in pieces_of(text, markup)
        if piece.kind == "block" and piece.language
    )


def known_blocks(app: App[object]) -> Blocks:
    """Return the blocks of code whose colours an app knows."""
    colours: CodeColours | None = getattr(app, "code_colours", None)
    return colours.blocks if colours else NO_BLOCKS


def colour_soon(widget: Widget, codes: Sequence[Code], then: Callable[[], object]) -> None:
    """Call back as soon as the colours of some code are known, unless they are known already."""
    colours: CodeColours | None = getattr(widget.app, "code_colours", None)
    if colours is None or all(code.text in colours.blocks for code in codes):
        return

    async def colour() -> None:
        await colours.learn(codes)
        if widget.is_attached and any(code.text in colours.blocks for code in codes):
            then()

    widget.run_worker(colour(), exit_on_error=False)


class MarkedText(Static):
    """Shows what `draw` makes of the blocks of code that have their colours, and again when more have."""

    def __init__(
        self,
        draw: Callable[[Blocks], Content],
        texts: Iterable[str],
        markup: Markup,
        *,
        classes: str | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(draw(NO_BLOCKS), classes=classes, id=id)
        self._draw = draw
        self._codes = code_in(texts, markup)

    @classmethod
    def of(cls, text: str, markup: Markup, style: str = "", *, classes: str | None = None) -> MarkedText:
        """Return a text of a bank."""
        return cls(lambda blocks: show_marked(text, markup, style, blocks), (text,), markup, classes=classes)

    def on_mount(self) -> None:
        """Look for the colours."""
        if self._codes:
            self.draw_again()
            colour_soon(self, self._codes, self.draw_again)

    def put(self, draw: Callable[[Blocks], Content], texts: Iterable[str], markup: Markup) -> None:
        """Show something else."""
        self._draw, self._codes = draw, code_in(texts, markup)
        self.draw_again()
        colour_soon(self, self._codes, self.draw_again)

    def draw_again(self) -> None:
        """Show it with what is known by now."""
        self.update(self._draw(known_blocks(self.app)))


def coloured(code: str, parts: Iterable[tuple[str, int]]) -> Content:
    """Return code with the styles of its parts, given as Pygments names their kinds."""
    from pygments.token import string_to_tokentype  # type: ignore[import-untyped]
    from textual.highlight import HighlightTheme

    spans, start = [], 0
    for name, length in parts:
        kind = string_to_tokentype(name.removeprefix("Token."))
        while kind is not None and kind not in HighlightTheme.STYLES:
            kind = kind.parent
        if kind is not None:
            spans.append(Span(start, start + length, HighlightTheme.STYLES[kind]))
        start += length
    return Content(code, spans)
