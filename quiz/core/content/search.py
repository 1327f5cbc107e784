"""Searching banks by words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Literal, NamedTuple

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.text.answer_matching import normalised
from quiz.core.text.markdown_excerpt import plain_text
from quiz.core.text.safe_text import one_line

MOST_SHOWN = 300
"""How many characters of a stem or a title are shown at most."""


class SearchHit(NamedTuple):
    """A bank, note or item with the words searched for."""

    what: Literal["bank", "note", "item"]
    bank: str
    name: str
    """The id of the note or item; empty for a bank."""
    text: str


class SearchText(msgspec.Struct, frozen=True, array_like=True):
    """Something that can be found by its words."""

    name: str
    """Its id in the bank."""
    shown: str
    """What is shown of it, in one line."""
    words: str
    """Its words as they are compared, each after a space."""


class BankTexts(msgspec.Struct, frozen=True, array_like=True):
    """All of a bank that can be found by its words."""

    bank: SearchText
    notes: tuple[SearchText, ...]
    items: tuple[SearchText, ...]
    """In the bank's order."""

    @classmethod
    def of(cls, bank: Bank) -> BankTexts:
        """Make a bank ready to be searched."""
        return cls(
            _text(bank.bank, bank.title, bank.summary),
            tuple(_text(name, note.title, plain_text(note.text)) for name, note in bank.notes.items()),
            tuple(_text(item.id, item.headline, *item.tags, item.id) for item in bank.items),
        )


def compared(words: str) -> list[str]:
    """Return words as `SearchText.words` holds them; case, accents and punctuation make no difference."""
    return [f" {word}" for word in normalised(words, "und").split()]


class SearchIndex:
    """The words of banks, notes and items, searched at every keystroke."""

    def __init__(self, banks: Iterable[BankTexts]) -> None:
        found = list(banks)
        hits = [(SearchHit("bank", each.bank.name, "", each.bank.shown), each.bank.words) for each in found]
        hits += [
            (SearchHit("note", each.bank.name, note.name, note.shown), note.words)
            for each in found
            for note in each.notes
        ]
        hits += [
            (SearchHit("item", each.bank.name, item.name, item.shown), item.words)
            for each in found
            for item in each.items
        ]
        self._entries = hits

    def search(self, words: str, limit: int = 200) -> list[SearchHit]:
        """Return what holds words with all these beginnings: banks first, then notes, then items.

        Case, accents and punctuation make no difference.
        """
        wanted = compared(words)
        if not wanted:
            return []
        hits = (hit for hit, text in self._entries if all(begin in text for begin in wanted))
        return list(islice(hits, limit))


def _text(name: str, shown: str, *more: str) -> SearchText:
    return SearchText(name, one_line(shown, MOST_SHOWN), "".join(compared(" ".join((shown, *more)))))
