"""Flashcards in notes, in the format of Obsidian's spaced repetition plugin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from quiz.exchange.building import Draft, between_gaps, build, each, gap
from quiz.exchange.declaration import ForeignFile, Format, Imported
from quiz.exchange.options import Unusable
from quiz.exchange.picture_shelf import ONLY_A_PICTURE, PictureShelf, QuestionText, with_picture

_LINE = re.compile(r"(.+?)(?<![:\w])?(:::?)(?!:)(.+)")
_SCHEDULE = re.compile(r"<!--\s*SR:.*?-->", re.DOTALL)
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")
_HEADING = re.compile(r"#{1,6}\s+(.*?)[\s#]*")
_TAG = re.compile(r"(?<!\S)#([\w/-]+)")
_DECK = re.compile(r"(?<!\S)#flashcards[\w/-]*")


class NoteParagraph(NamedTuple):
    """The lines of a paragraph, with the heading above it."""

    lines: list[str]
    heading: str
    side: int
    """0 for the card as written, 1 for its reverse."""


def recognise(source: ForeignFile) -> int:
    """Say how sure it is that a note holds flashcards."""
    if source.data.startswith((b"PK", b"<")):
        return 0
    text = source.text[:50_000]
    if "<!--SR:" in text or _DECK.search(text):
        return 87
    if re.search(r"^\?{1,2}$", text, re.MULTILINE) or _HIGHLIGHT.search(text):
        return 55
    cards = sum(_LINE.fullmatch(line) is not None for line in text.split("\n"))
    return 40 if cards > 1 and source.ending == ".md" else 0


def read(source: ForeignFile) -> Imported:
    """Read the flashcards of a note. Anything else is the note's text and is skipped."""
    text = re.sub(
        r"\A---\n.*?\n---\n", lambda found: "\n" * found[0].count("\n"), source.text, flags=re.DOTALL
    )
    shelf = PictureShelf(source.beside)
    return build(each(lambda one: _draft(one, shelf), _pieces(text)), source.stem, shelf=shelf)


def _pieces(text: str) -> Iterator[tuple[str, str, NoteParagraph]]:
    """Yield the paragraphs of a note that hold a card, twice if it is asked both ways."""
    held: list[str] = []
    heading, start, is_code = "", 1, False
    for number, line in enumerate([*text.split("\n"), ""], 1):
        is_code ^= line.lstrip().startswith(("```", "~~~"))
        named = None if is_code else _HEADING.fullmatch(line)
        if held and (named or not line.strip()) and not is_code:
            for side in range(_sides(held)):
                yield (
                    f"line {start}",
                    held[0],
                    NoteParagraph(held, heading, side),
                )
            held = []
        if named:
            heading = _TAG.sub("", named[1]).strip()
        elif line.strip():
            start = start if held else number
            held.append(line)


def _sides(lines: list[str]) -> int:
    """Return in how many directions a paragraph is asked, 0 if it is not a card."""
    if "??" in map(str.strip, lines):
        return 2
    if "?" in map(str.strip, lines):
        return 1
    found = _LINE.fullmatch(_SCHEDULE.sub("", lines[0]).strip())
    if found and "`" not in found[1]:
        return 2 if found[2] == ":::" else 1
    return 1 if _HIGHLIGHT.search("\n".join(lines)) else 0


def _draft(paragraph: NoteParagraph, shelf: PictureShelf) -> Draft:
    whole = "\n".join(paragraph.lines)
    texts = QuestionText(shelf)
    texts.losses += ["when it is due"] if _SCHEDULE.search(whole) else []
    text = _DECK.sub("", _SCHEDULE.sub("", whole)).strip()
    lines = text.split("\n")

    def plain(written: str, *, with_pictures: bool = False) -> str:
        return texts.of_markdown(written.strip(), with_pictures=with_pictures)

    marks = [place for place, line in enumerate(lines) if line.strip() in {"?", "??"}]
    found = _LINE.fullmatch(lines[0])
    fields: dict[str, Any]
    if marks:
        sides = ["\n".join(lines[: marks[0]]), "\n".join(lines[marks[0] + 1 :])]
    elif found and "`" not in found[1]:
        sides = [found[1], "\n".join([found[3], *lines[1:]])]
    else:
        pieces = _HIGHLIGHT.split(text)
        shown = [gap(plain(piece)) if at % 2 else between_gaps(piece) for at, piece in enumerate(pieces)]
        asked = plain("".join(shown), with_pictures=True)
        fields = {"kind": "cloze", "text": asked, "topic": paragraph.heading}
        return Draft("", with_picture(fields, texts.take()), losses=texts.losses)
    written = sides[::-1] if paragraph.side else sides
    front, back = plain(written[0], with_pictures=True), plain(written[1])
    picture = texts.take()
    front = front or (ONLY_A_PICTURE if picture else "")
    if not front or not back:
        raise Unusable("One of its sides is empty.")
    fields = {"kind": "flashcard", "stem": front, "back": back, "topic": paragraph.heading}
    return Draft("", with_picture(fields, picture), losses=texts.losses)


FORMAT = Format(
    name="obsidian",
    title="Obsidian, spaced repetition",
    endings=(".md",),
    about="“front::back”, “front:::back” both ways, ? and ?? between lines, ==gaps==. Headings become "
    "topics. The first picture of a front comes along; when cards are due is lost.",
    reads=frozenset({"flashcard", "cloze"}),
    recognise=recognise,
    read=read,
)
