"""The words that a class reads on the wall, in the language of the bank: English or German.

Code holds the English phrase; `WallWords.say` returns it in the wall's language. Texts of banks and names of
pupils are never translated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from quiz.core.content.item import Item
from quiz.core.drill.german_words import NOUNS, PHRASES
from quiz.core.text.language_tag import main_language
from quiz.core.text.phrases import count


@dataclass(frozen=True)
class WallWords:
    """The words of the wall in one language."""

    language: str
    """The tag of the language, such as `de`."""
    phrases: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The phrases by their English, with the same fields in braces."""
    nouns: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    """What is counted, by its English singular: singular and plural."""

    def say(self, phrase: str, **values: object) -> str:
        """Return an English phrase in this language, with values in its fields.

        A phrase without a translation is returned in English.
        """
        said = self.phrases.get(phrase, phrase)
        return said.format(**values) if values else said

    def option(self, item: Item, text: str) -> str:
        """Return the text of an item's option or key: words of ours in this language, all else as written."""
        return self.say(text) if item.has_fixed_options else text

    def count(self, number: int, one: str, many: str | None = None) -> str:
        """Return a number with its noun, given in English: 1 question, 2 questions."""
        return count(number, *self.nouns.get(one, (one, many)))


def wall_words(languages: Iterable[str]) -> WallWords:
    """Return the words for banks of some languages, given as BCP 47 tags: English where they differ."""
    main = {main_language(language) for language in languages}
    return BY_LANGUAGE.get(main.pop(), ENGLISH) if len(main) == 1 else ENGLISH


ENGLISH: Final = WallWords("en")
GERMAN: Final = WallWords("de", PHRASES, NOUNS)
BY_LANGUAGE: Final[Mapping[str, WallWords]] = {words.language: words for words in (ENGLISH, GERMAN)}
"""The languages of the wall, by the tag of the main language."""
