"""Cards in Markdown in hashcards' format: Q: and A:, or C: with [gaps]."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from quiz.exchange.building import Draft, between_gaps, build, each, gap
from quiz.exchange.declaration import ForeignFile, Format, Imported
from quiz.exchange.options import Unusable
from quiz.exchange.picture_shelf import ONLY_A_PICTURE, PictureShelf, QuestionText, with_picture

_START = re.compile(r"([QAC]):(?:[ \t]+|$)(.*)")
_GAP = re.compile(r"(?<![!\\\]])\[((?:\\.|[^\[\]\\])+)\](?!\()")
_NAME = re.compile(r'^name\s*=\s*"([^"\n]+)"', re.MULTILINE)


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file has lines that begin with Q: and A:, or C: with a gap."""
    lines = source.text[:20_000].split("\n")
    starts = [found[1] for found in map(_START.match, lines) if found]
    has_gap = any(line.startswith("C:") and _GAP.search(line) for line in lines)
    return 70 if ("Q" in starts and "A" in starts) or has_gap else 0


def read(source: ForeignFile) -> Imported:
    """Read a file of cards."""
    text, first, title = source.text, 1, source.stem
    head = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if head:
        named = _NAME.search(head[1])
        title = named[1] if named else title
        text, first = text[head.end() :], head[0].count("\n") + 1
    shelf = PictureShelf(source.beside)
    return build(each(lambda parts: _draft(parts, shelf), _pieces(text, first)), title, shelf=shelf)


def _pieces(text: str, first: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the parts of each card by their letters."""
    parts: dict[str, list[str]] = {}
    letter, start = "", first
    for number, line in enumerate([*text.split("\n"), "---"], first):
        found = _START.match(line)
        ends = line.strip() == "---" or (found is not None and (found[1] in "QC" or found[1] in parts))
        if ends and parts:
            joined = {name: "\n".join(lines).strip() for name, lines in parts.items()}
            yield f"line {start}", next(iter(joined.values())), joined
            parts, letter = {}, ""
        if found:
            start = start if parts else number
            letter = found[1]
            parts[letter] = [found[2]]
        elif letter:
            parts[letter].append(line)


def _draft(parts: dict[str, str], shelf: PictureShelf) -> Draft:
    texts = QuestionText(shelf)
    plain = texts.of_markdown
    fields: dict[str, Any]
    if "C" in parts:
        pieces = _GAP.split(parts["C"])
        if len(pieces) < 2:
            raise Unusable("It has no [gap].")
        shown = [
            gap(plain(piece)) if place % 2 else between_gaps(piece) for place, piece in enumerate(pieces)
        ]
        fields = {"kind": "cloze", "text": plain("".join(shown), with_pictures=True)}
    elif not parts.get("Q"):
        raise Unusable("Its answer has no question.")
    elif not parts.get("A"):
        raise Unusable("Its question has no answer.")
    else:
        front = plain(parts["Q"], with_pictures=True) or ONLY_A_PICTURE
        fields = {"kind": "flashcard", "stem": front, "back": plain(parts["A"])}
    return Draft("", with_picture(fields, texts.take()), losses=texts.losses)


FORMAT = Format(
    name="hashcards",
    title="hashcards",
    endings=(".md",),
    about="Q: and A: on lines of their own, C: with [gaps], cards set apart by ---. The first picture of a "
    "front comes along.",
    reads=frozenset({"flashcard", "cloze"}),
    recognise=recognise,
    read=read,
)
