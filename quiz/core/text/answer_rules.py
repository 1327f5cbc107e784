"""How an answer is read: in which language, and how strictly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

import msgspec

from quiz.core.text.language_tag import main_language

Strictness: TypeAlias = Literal[
    "spelling", "case", "accents", "articles", "punctuation", "order", "number", "all"
]
"""What an author may be strict about."""

EVERYTHING: Final[frozenset[Strictness]] = frozenset(
    {"spelling", "case", "accents", "articles", "punctuation", "order", "number", "all"}
)

IsWord: TypeAlias = Callable[[str], bool]
"""Returns whether a word, in any case, is in its language."""


class AnswerRules(msgspec.Struct, frozen=True):
    """How typed answers are read."""

    language: str = "en"
    """A BCP 47 tag. It determines articles, number words and the format of numbers."""
    strict: frozenset[Strictness] = frozenset()
    """What makes a difference although it usually does not."""
    is_word: IsWord | None = None
    """Tells a misspelling from another word; None if there is no word list."""
    stem: str = ""
    """The stem, which may name the unit."""

    @property
    def main_language(self) -> str:
        """The language without its region, such as pt for pt-BR."""
        return main_language(self.language)

    def about(self, stem: str, strict: tuple[Strictness, ...] = ()) -> AnswerRules:
        """Return the rules for one item: its stem, and what it is strict about in addition to its bank."""
        both = self.strict.union(strict)
        return msgspec.structs.replace(self, stem=stem, strict=EVERYTHING if "all" in both else both)


USUAL_RULES: Final = AnswerRules()
