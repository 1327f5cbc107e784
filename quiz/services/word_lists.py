"""Word lists, which tell a misspelling from another word of the language."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final

from quiz.core.content.grading import Response
from quiz.core.session import BankItem
from quiz.core.text.language_tag import main_language

DICTIONARIES: Final = {"en": "en/en_US"}
"""Hunspell dictionaries by language, those that load in at most 0.5 s and 60 MB."""


class WordList:
    """The words of one language, read at the first question."""

    def __init__(self, dictionary: Path) -> None:
        self._dictionary = dictionary
        self._words: Any = None
        self._lock = Lock()

    @property
    def is_read(self) -> bool:
        """Whether the list has been read, so that a question takes no time."""
        return self._words is not None

    def read(self) -> None:
        """Read the list, once; other threads that need it wait."""
        with self._lock:
            if self._words is None:
                from spylls.hunspell import Dictionary, readers

                rules, context = readers.read_aff(_Lines(self._dictionary.with_suffix(".aff"), "cp1252"))
                words = _Lines(self._dictionary.with_suffix(".dic"), context.encoding)
                self._words = Dictionary(rules, readers.read_dic(words, aff=rules, context=context))

    def __call__(self, word: str) -> bool:
        """Return whether a word is in the list as it is, or with a capital."""
        self.read()
        return bool(self._words.lookup(word) or self._words.lookup(word.capitalize()))


class _Lines:
    """The lines of a file that are not blank, with numbers from 1, as Hunspell's readers expect them."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._data = path.read_bytes()
        self._number = 0
        self.reset_encoding(encoding)

    def reset_encoding(self, encoding: str) -> None:
        """Read the rest in another encoding."""
        self._lines = self._data.decode(encoding, "surrogateescape").splitlines()

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return self

    def __next__(self) -> tuple[int, str]:
        while self._number < len(self._lines):
            self._number += 1
            line = self._lines[self._number - 1].strip()
            if line:
                return self._number, line
        raise StopIteration


@lru_cache(maxsize=8)
def word_list(language: str) -> WordList | None:
    """Return the words of a language, by its BCP 47 tag, or None where no list is installed."""
    dictionary = DICTIONARIES.get(main_language(language))
    library = find_spec("spylls") if dictionary else None
    if library is None or library.origin is None or dictionary is None:
        return None
    return WordList(Path(library.origin).parent / "hunspell" / "data" / dictionary)


def unread_list(bank_item: BankItem, response: Response) -> WordList | None:
    """Return the list that grading a response needs, if it has not been read yet."""
    words = bank_item.is_word
    if not isinstance(words, WordList) or words.is_read:
        return None
    asked: list[str] = []

    def is_asked(word: str) -> bool:
        asked.append(word)
        return False

    bank_item._replace(is_word=is_asked).grade(response)
    return words if asked else None


async def read_words_for(bank_item: BankItem, response: Response) -> None:
    """Read the list that grading a response needs, in a thread, so that the screen stays responsive."""
    words = unread_list(bank_item, response)
    if words is not None:
        await asyncio.to_thread(words.read)
