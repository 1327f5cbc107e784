"""Searching banks by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal, NamedTuple

from quiz.core.content.bank import Bank
from quiz.core.text.answer_matching import normalised
from quiz.core.text.markdown_excerpt import plain_text


class SearchHit(NamedTuple):
    """A bank, note or item with the words searched for."""

    what: Literal["bank", "note", "item"]
    bank: str
    name: str
    """The id of the note or item; empty for a bank."""
    text: str


class SearchIndex:
    """The words of banks, notes and items, prepared for a search at every keystroke."""

    def __init__(self, banks: Iterable[Bank]) -> None:
        order = {"bank": 0, "note": 1, "item": 2}
        found = [hit for bank in banks for hit in _texts(bank)]
        found.sort(key=lambda hit: order[hit[0].what])
        self._entries = [(hit, f" {' '.join(normalised(text, 'und').split())}") for hit, text in found]

    def search(self, words: str, limit: int = 200) -> list[SearchHit]:
        """Return what holds words with all these beginnings: banks first, then notes, then items.

        Case, accents and punctuation make no difference.
        """
        wanted = [f" {word}" for word in normalised(words, "und").split()]
        if not wanted:
            return []
        hits = (hit for hit, text in self._entries if all(begin in text for begin in wanted))
        return list(islice(hits, limit))


def _texts(bank: Bank) -> Iterator[tuple[SearchHit, str]]:
    yield SearchHit("bank", bank.bank, "", bank.title), f"{bank.title} {bank.summary}"
    for name, note in bank.notes.items():
        yield SearchHit("note", bank.bank, name, note.title), f"{note.title} {plain_text(note.text)}"
    for item in bank.items:
        yield SearchHit("item", bank.bank, item.id, item.stem), f"{item.stem} {' '.join(item.tags)} {item.id}"
