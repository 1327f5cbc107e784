"""The colours of code, which browsers are shown as soon as they are found."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby
from typing import Final, TypeAlias

from quiz.services.highlighting import Code, Parts, coloured_parts

MOST_KEPT: Final = 500
"""How many blocks are remembered; with more than that all are forgotten."""
_CLASSES: Final = {
    "Comment": "hc",
    "Keyword": "hk",
    "Operator.Word": "hk",
    "Literal.Number": "hd",
    "Literal.String": "hs",
    "Name.Attribute": "hn",
    "Name.Builtin": "hn",
    "Name.Class": "hn",
    "Name.Decorator": "hn",
    "Name.Function": "hn",
    "Name.Tag": "hk",
}
"""The classes of the pages' style sheet, by Pygments' token types; what lies below a type is like it."""

Colours: TypeAlias = list[tuple[str, int]]
"""The parts of a block in order: the class of each, empty for none, and its length as JavaScript counts."""


class RoomCodeColours:
    """The colours that are known so far, and the blocks of code whose colours are wanted."""

    def __init__(
        self,
        then: Callable[[], None],
        find: Callable[[Sequence[Code]], Awaitable[list[Parts]]] = coloured_parts,
    ) -> None:
        """Call `then` when more colours are known."""
        self._then = then
        self._find = find
        self._known: dict[Code, Colours] = {}
        self._wanted: dict[Code, None] = {}
        self._task: asyncio.Task[None] | None = None

    def of(self, text: str, language: str) -> Colours:
        """Return the colours of a block of code, none as long as they are not known."""
        code = Code(text, language)
        if language and code not in self._known:
            self._wanted[code] = None
        return self._known.get(code, [])

    def seek(self) -> None:
        """Look for the colours that were wanted, in the running loop."""
        if self._wanted and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._learn())

    def end(self) -> None:
        """Look for nothing more."""
        if self._task is not None:
            self._task.cancel()

    async def _learn(self) -> None:
        while self._wanted:
            codes = list(self._wanted)
            self._wanted.clear()
            if len(self._known) > MOST_KEPT:
                self._known.clear()
            for code, parts in zip(codes, await self._find(codes), strict=True):
                self._known[code] = _colours(code.text, parts)
            self._then()


def _colours(text: str, parts: Parts) -> Colours:
    """Return the colours for the parts of some code; none if they are not the whole of it."""
    if sum(length for _, length in parts) != len(text):
        return []
    colours, at = [], 0
    for name, alike in groupby(parts, lambda part: _class_of(part[0])):
        end = at + sum(length for _, length in alike)
        colours.append((name, len(text[at:end].encode("utf-16-le", "surrogatepass")) // 2))
        at = end
    return colours


def _class_of(kind: str) -> str:
    """Return the class for a token type, such as Token.Literal.String.Double."""
    kind = kind.removeprefix("Token.")
    while kind and kind not in _CLASSES:
        kind = kind.rpartition(".")[0]
    return _CLASSES.get(kind, "")
