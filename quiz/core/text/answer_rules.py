"""How an answer is to be read: in which language, and how strictly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

import msgspec

Strictness: TypeAlias = Literal[
    "spelling", "case", "accents", "articles", "punctuation", "order", "number", "all"
]
"""What an author may be strict about."""

EVERYTHING: Final[frozenset[Strictness]] = frozenset(
    {"spelling", "case", "accents", "articles", "punctuation", "order", "number", "all"}
)

IsWord: TypeAlias = Callable[[str], bool]
"""Says whether a word, in whatever case, is one of its language."""


class AnswerRules(msgspec.Struct, frozen=True):
    """How typed answers are read."""

    language: str = "en"
    """A BCP 47 tag: it says which words are articles or numbers, and how figures are written."""
    strict: frozenset[Strictness] = frozenset()
    """What makes a difference although it usually does not."""
    is_word: IsWord | None = None
    """Tells a slip of spelling from another word; None where there is no list of words."""
    stem: str = ""
    """The text that poses the task: it may name the unit."""

    @property
    def main_language(self) -> str:
        """The language without its region, such as pt for pt-BR."""
        return self.language.partition("-")[0].lower()

    def about(self, stem: str, strict: tuple[Strictness, ...] = ()) -> AnswerRules:
        """Return the rules for one item: its stem, and what it is strict about beyond its bank."""
        both = self.strict.union(strict)
        return msgspec.structs.replace(self, stem=stem, strict=EVERYTHING if "all" in both else both)


USUAL_RULES: Final = AnswerRules()
