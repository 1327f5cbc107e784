"""A note's text without Markdown, shortened to fit under a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quiz.core.text.markup import Piece

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"`|\*+(?=[^\s*])|(?<=[^\s*])\*+|(?<!\w)_+(?=[^\s_])|(?<=[^\s_])_+(?!\w)")
_LEAD = re.compile(r"^[ \t]*(#{1,6}|>|[-+*]|\d+\.)[ \t]+", re.MULTILINE)
_FENCED = re.compile(
    r"^ {0,3}(```+|~~~+)[ \t]*([\w+#.-]*)[^\n]*\n(.*?)^ {0,3}\1[ \t]*$", re.MULTILINE | re.DOTALL
)

MOST_READ = 20_000
"""How many characters of a note are looked through for what is shown of it."""


def plain_text(markdown: str) -> str:
    """Return Markdown as plain text: no emphasis, links as their text, fenced blocks unchanged."""
    return "\n\n".join(piece.shown for piece in plain_pieces(markdown))


def plain_pieces(markdown: str) -> tuple[Piece, ...]:
    """Return the pieces of what `plain_text` returns: paragraphs, and fenced blocks with their languages."""
    pieces, at = [], 0
    for block in _FENCED.finditer(markdown):
        pieces.append(Piece("text", _paragraphs(markdown[at : block.start()])))
        pieces.append(Piece("block", block[3].rstrip(), block[2]))
        at = block.end()
    pieces.append(Piece("text", _paragraphs(markdown[at:])))
    return tuple(piece for piece in pieces if piece.shown)


def prose(markdown: str) -> str:
    """Return Markdown as one line of plain text, without its fenced blocks."""
    return " ".join(_paragraphs(_FENCED.sub("\n", markdown)).split())


def _paragraphs(markdown: str) -> str:
    text = _LEAD.sub("", _LINK.sub(r"\1", markdown))
    text = _MARKS.sub("", text)
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())


def gist(markdown: str, limit: int = 240) -> str:
    """Return the beginning of a note as one line of at most `limit` characters, cut at a word."""
    text = prose(markdown[:MOST_READ])
    if len(text) <= limit:
        return text
    words, space, _ = text[:limit].rpartition(" ")
    return (words if space else text[: limit - 1]).rstrip(",;:") + "…"


_SENTENCE_END = re.compile(r"(?<=[.!?…])[”’\")]*\s+")


def sentence_about(markdown: str, answers: Iterable[str], limit: int = 240) -> str:
    """Return the sentence of a note that has the most words of some answers, as one line.

    If there is no such sentence, the beginning, as `gist` returns it.
    """
    text = prose(markdown[:MOST_READ])
    wanted = {word for answer in answers for word in _words(answer)}
    sentences = _SENTENCE_END.split(text)
    best = max(sentences, key=lambda sentence: len(wanted & _words(sentence)))
    return best if wanted & _words(best) and len(best) <= limit * 2 else gist(markdown, limit)


def _words(text: str) -> set[str]:
    """Return the words of a text that carry meaning: longer ones, and numbers."""
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3 or word.isdigit()}
