"""Converting Markdown to a bank's plain text, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from quiz.core.text.markup import NO_MARKUP, Markup, MarkupName, Piece, pieces_of

CODE: Markup = frozenset({"code"})

_IMAGE = re.compile(r"!\[([^\]\n]*)\]\(([^)\s]+)[^)\n]*\)|!\[\[([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)[^)\n]*\)")
_BOLD = re.compile(r"(?<![\w*\\])(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1(?!\w)")
_ITALIC = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])([^\n*_]{0,500}[^\s*_\\])\1(?![\w*])")
_CODE = re.compile(r"(?<!\\)(`+)(?!`)([^`\n]{1,2000})\1(?!`)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


class PlainMarkdown(NamedTuple):
    """The plain text of some Markdown."""

    text: str
    losses: tuple[str, ...]
    """What the text cannot show, as phrases."""


def text_of_markdown(
    source: str,
    keep_image: Callable[[str, str], str] | None = None,
    markup: set[MarkupName] | None = None,
) -> PlainMarkdown:
    """Return inline Markdown as plain text: no marks of emphasis and code, links as their texts.

    `keep_image` is given a picture's source and its alternative text, and returns what stands in its place;
    without it pictures are lost. Where `markup` is given code keeps its marks, and that there is some is put
    into it.
    """
    losses: list[str] = []

    def image(found: re.Match[str]) -> str:
        source, words = (found[2], found[1]) if found[2] else (found[3], "")
        if keep_image is not None:
            return keep_image(source, words)
        losses.append(f"the picture {source}")
        return words

    text = _IMAGE.sub(image, source)
    if _LINK.search(text):
        losses.append("where links lead")
        text = _LINK.sub(lambda found: found[1], text)
    pieces = []
    at = 0
    for code in _CODE.finditer(text):
        shown = code[2].strip()
        if markup is not None and shown and "`" not in shown:
            markup.add("code")
            shown = f"`{shown}`"
        else:
            losses.append("bold, italics and other looks")
        pieces += [_unmarked(text[at : code.start()], losses), shown]
        at = code.end()
    pieces.append(_unmarked(text[at:], losses))
    return PlainMarkdown("".join(pieces), tuple(dict.fromkeys(losses)))


def _unmarked(text: str, losses: list[str]) -> str:
    plain = _ITALIC.sub(lambda found: found[2], _BOLD.sub(lambda found: found[2], text))
    if plain != text:
        losses.append("bold, italics and other looks")
    return _ESCAPE.sub(lambda found: found[1], plain)


def markdown_of_text(text: str, markup: Markup = NO_MARKUP) -> str:
    """Return a text of a bank as Markdown that shows it as the bank does: code as code, all else as it is."""
    return "".join(_as_markdown(piece) for piece in pieces_of(text, markup & CODE))


def _as_markdown(piece: Piece) -> str:
    if piece.kind == "block":
        return f"\n```{piece.language}\n{piece.shown}\n```\n"
    if piece.kind == "code" and "`" not in piece.shown:
        return f"`{piece.shown}`"
    return re.sub(r"([\\`*_\[\]!])", r"\\\1", piece.shown)
