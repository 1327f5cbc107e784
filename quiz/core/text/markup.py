"""Code and formulas within texts, for banks that turn them on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from quiz.core.text.maths import LONGEST, in_unicode

MarkupName: TypeAlias = Literal["code", "maths"]
Markup: TypeAlias = frozenset[MarkupName]
"""The markup that a bank's texts may hold."""

NO_MARKUP: Final[Markup] = frozenset()


class Piece(NamedTuple):
    """A piece of a text, as shown."""

    kind: Literal["text", "code", "block", "maths"]
    shown: str
    """The visible text; a formula that Unicode cannot express is its source, with its dollars."""
    language: str = ""
    """The language of a code block, for highlighting."""


_FENCE = re.compile(
    r"^(?P<fence>`{3,})[ \t]*(?P<language>[\w+#.-]*)[ \t]*\n(?P<code>.*?)^(?P=fence)`*[ \t]*$\n?",
    re.MULTILINE | re.DOTALL,
)
_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_MATHS = re.compile(
    rf"(?<!\\)\$\$(?P<display>[^$]{{1,{LONGEST}}})\$\$"
    rf"|(?<![\\$])\$(?P<inline>(?=\S)(?:\\.|[^$\\]){{1,{LONGEST}}}?(?<=\S))\$(?![\d$])",
    re.DOTALL,
)
"""Formulas by Pandoc's rule: no space just inside the dollars, no digit right after them; so money stays
money."""
_ESCAPED_DOLLAR = re.compile(r"\\(\$)")


@lru_cache(maxsize=1024)
def pieces_of(text: str, markup: Markup) -> tuple[Piece, ...]:
    """Return the pieces of a text, in order. Without markup the text is one piece."""
    if not markup or not ("`" in text or "$" in text):
        return (Piece("text", text),)
    return tuple(piece for piece in _fenced(text, markup) if piece.shown)


def _fenced(text: str, markup: Markup) -> Iterator[Piece]:
    at = 0
    for found in _FENCE.finditer(text) if "code" in markup else ():
        yield from _inline(text[at : found.start()].rstrip("\n"), markup)
        yield Piece("block", found["code"].rstrip("\n"), found["language"])
        at = found.end()
    yield from _inline(text[at:], markup)


def _inline(text: str, markup: Markup) -> Iterator[Piece]:
    at = 0
    for found in _CODE.finditer(text) if "code" in markup else ():
        yield from _with_maths(text[at : found.start()], markup)
        code = found["code"]
        padded = code.startswith(" ") and code.endswith(" ") and code.strip()
        yield Piece("code", code[1:-1] if padded else code)
        at = found.end()
    yield from _with_maths(text[at:], markup)


def _with_maths(text: str, markup: Markup) -> Iterator[Piece]:
    if "maths" not in markup:
        yield Piece("text", text)
        return
    at = 0
    for found in _MATHS.finditer(text):
        if found["inline"] and "\n\n" in found["inline"]:
            continue
        yield Piece("text", _ESCAPED_DOLLAR.sub(r"\1", text[at : found.start()]))
        written = in_unicode(found["display"] or found["inline"])
        yield Piece("maths", found[0] if written is None else written)
        at = found.end()
    yield Piece("text", _ESCAPED_DOLLAR.sub(r"\1", text[at:]))
