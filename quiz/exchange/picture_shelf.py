"""The pictures of a foreign file, each kept once, and the texts of a question without them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from quiz.core.content.images import NO_WORDS
from quiz.core.content.picture_header import ending_of
from quiz.core.text.ids import plain_id
from quiz.core.text.markup import MarkupName
from quiz.core.text.safe_text import one_line
from quiz.exchange.html_text import text_of_html
from quiz.exchange.markdown_text import text_of_markdown

MOST_BYTES: Final = 8 * 1024 * 1024
"""How large a picture may be; a bank shows no larger one."""
_DATA = re.compile(r"data:image/[\w.+-]+;base64,(?P<data>[A-Za-z0-9+/=\s]+)")

Load = Callable[[str], "bytes | None"]
"""Returns what a file that a source names holds, None where it is not to be had."""


def nothing_beside(_: str) -> None:
    """Stand for a source that has no pictures with it."""


class Kept(NamedTuple):
    """A picture that was kept."""

    fields: dict[str, str]
    """It as a bank has it."""
    name: str
    """Something to call it by where no text does: its words, else its file's name."""


class PictureShelf:
    """Keeps the pictures that items show, under names made of their own and of what they hold."""

    def __init__(self, load: Load = nothing_beside) -> None:
        self.media: dict[str, bytes] = {}
        self.markup: set[MarkupName] = set()
        """What its texts are to be read for."""
        self.load = load

    def keep(self, source: str, words: str = "", credit: str = "", load: Load | None = None) -> Kept | None:
        """Return a picture by the name that its source has for it, None where it is not to be had.

        `load` is asked in place of what the whole source offers.
        """
        data = _within(source) or (load or self.load)(source)
        if data is None or len(data) > MOST_BYTES:
            return None
        ending = ending_of(data)
        if not ending:
            return None
        name = "" if source.startswith("data:") else unquote(source).replace("\\", "/").rpartition("/")[2]
        stem = name.rpartition(".")[0] or name
        digest = hashlib.blake2b(data, digest_size=4).hexdigest()
        known = next((file for file, held in self.media.items() if held == data), "")
        file = known or f"{plain_id(stem)[:40].strip('-') or 'picture'}-{digest}{ending}"
        self.media[file] = data
        alt = one_line(words.strip(), 1000)
        fields = {"file": file, "alt": alt or NO_WORDS}
        if credit.strip():
            fields["credit"] = one_line(credit.strip(), 500)
        return Kept(fields, alt or stem or "picture")


def _within(source: str) -> bytes | None:
    """Return a picture that stands in its own address."""
    import base64
    import binascii

    found = _DATA.fullmatch(source) if len(source) < 2 * MOST_BYTES else None
    try:
        return base64.b64decode(found["data"]) if found else None
    except (binascii.Error, ValueError):
        return None


class QuestionText:
    """Turns what a source says of one question into texts, and tells what is lost of it."""

    def __init__(self, shelf: PictureShelf) -> None:
        self.losses: list[str] = []
        self._shelf = shelf
        self._kept: list[Kept] = []

    def of_html(self, source: str, *, load: Load | None = None, with_pictures: bool = False) -> str:
        """Return HTML as text. Its pictures wait to be taken if they may; else their words stay."""

        def keep(address: str, words: str, credit: str) -> str:
            return self.keep(address, words, credit, load) if with_pictures else self._left(address, words)

        text, lost = text_of_html(source, keep, self._shelf.markup)
        self.losses += lost
        return text

    def of_markdown(self, source: str, *, with_pictures: bool = False) -> str:
        """Return Markdown as text. Its pictures wait to be taken if they may; else their words stay."""
        keep = self.keep if with_pictures else self._left
        text, lost = text_of_markdown(source, keep, self._shelf.markup)
        self.losses += lost
        return text

    def keep(self, source: str, words: str = "", credit: str = "", load: Load | None = None) -> str:
        """Keep a picture until it is taken, and return what stands in its place in a text."""
        kept = self._shelf.keep(source, words, credit, load)
        if kept is None:
            return self._left(source, words)
        self._kept.append(kept)
        return ""

    def _left(self, source: str, words: str) -> str:
        shown = source[:30] if source.startswith("data:") else source
        self.losses.append(f"the picture {one_line(shown, 80)}")
        return words

    def take(self) -> Kept | None:
        """Return the first picture since the last time; the others are lost."""
        taken, self._kept = self._kept, []
        for other in taken[1:]:
            if other != taken[0]:
                self._left(other.fields["file"], "")
        return taken[0] if taken else None


def with_picture(fields: dict[str, Any], kept: Kept | None) -> dict[str, Any]:
    """Return the fields of an item with a picture of its stem."""
    return fields if kept is None else {**fields, "image": kept.fields}


def pictured(option: str | dict[str, Any], kept: Kept | None) -> str | dict[str, Any]:
    """Return an option as it is written in a bank with its picture, which names it where no text does."""
    if kept is None:
        return option
    told = {"text": option} if isinstance(option, str) else option
    return {**told, "text": told["text"] or kept.name, "image": kept.fields}


ONLY_A_PICTURE: Final = "What does the picture show?"
"""What is asked where a source shows nothing but a picture."""
