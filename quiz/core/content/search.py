"""Finding things by their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from quiz.core.content.bank import Bank
from quiz.core.text.answer_matching import normalised
from quiz.core.text.markdown_excerpt import plain_text


class SearchHit(NamedTuple):
    """A bank, a note or an item whose words were asked for."""

    what: Literal["bank", "note", "item"]
    bank: str
    name: str
    """The id of the note or item; empty for a bank."""
    text: str


def search(banks: Iterable[Bank], words: str, limit: int = 200) -> list[SearchHit]:
    """Return what holds every one of the words' beginnings, banks first, then notes, then items.

    Case, accents and punctuation make no difference.
    """
    wanted = normalised(words, "und").split()
    if not wanted:
        return []
    order = {"bank": 0, "note": 1, "item": 2}
    hits = [hit for bank in banks for hit, text in _texts(bank) if _holds(text, wanted)]
    return sorted(hits, key=lambda hit: order[hit.what])[:limit]


def _texts(bank: Bank) -> Iterator[tuple[SearchHit, str]]:
    yield SearchHit("bank", bank.bank, "", bank.title), f"{bank.title} {bank.summary}"
    for name, note in bank.notes.items():
        yield SearchHit("note", bank.bank, name, note.title), f"{note.title} {plain_text(note.text)}"
    for item in bank.items:
        yield SearchHit("item", bank.bank, item.id, item.stem), f"{item.stem} {' '.join(item.tags)} {item.id}"


def _holds(text: str, wanted: list[str]) -> bool:
    words = normalised(text, "und").split()
    return all(any(word.startswith(begin) for word in words) for begin in wanted)
