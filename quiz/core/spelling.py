"""When a typed answer is the one that was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

ARTICLES: dict[str, frozenset[str]] = {
    "en": frozenset({"a", "an", "the"}),
    "de": frozenset({"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer"}),
    "fr": frozenset({"le", "la", "les", "un", "une", "des", "l"}),
    "es": frozenset({"el", "la", "los", "las", "un", "una", "unos", "unas"}),
    "it": frozenset({"il", "lo", "la", "i", "gli", "le", "un", "uno", "una", "l"}),
    "pt": frozenset({"o", "a", "os", "as", "um", "uma"}),
    "nl": frozenset({"de", "het", "een"}),
}
"""Words that make no difference to an answer, by language."""

NEGATIONS: frozenset[str] = frozenset({"no", "not", "never", "without", "non", "kein", "nicht", "pas", "sin"})

OPPOSITES: tuple[tuple[str, str], ...] = (
    ("hyper", "hypo"), ("inter", "intra"), ("macro", "micro"), ("pre", "pro"), ("over", "under"),
    ("super", "sub"), ("endo", "exo"), ("endo", "ecto"), ("ante", "anti"), ("max", "min"), ("in", "ex"),
    ("im", "ex"), ("intro", "extro"), ("in", "de"), ("im", "e"), ("pre", "post"), ("pro", "anti"), ("en", "de"),
    ("up", "down"), ("out", "in"),
)  # fmt: skip
"""Beginnings that turn a word into its opposite while the rest stays."""

ENDINGS: tuple[tuple[str, str], ...] = (("er", "ee"), ("or", "ee"), ("ful", "less"), ("ant", "ent"))
"""Endings that turn a word into its counterpart while the rest stays."""

_FOLDED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "‘": "'"})
_PUNCTUATION = re.compile(r"[\s.,;:!?¿¡'\"“”„«»‹›`´(){}\[\]/\\|_…·•‐‑‒–—―-]+")
_ACCENTS = re.compile("[\u0300-\u036f]")


class Fit(StrEnum):
    """How a typed answer fits a variant."""

    EXACT = "exact"
    NEAR = "near"
    NONE = "none"


class Found(NamedTuple):
    """The variant that a typed answer fits, by its place, and how."""

    fit: Fit
    index: int = -1


@lru_cache(maxsize=8192)
def normalised(text: str, language: str = "en", *, keep_case: bool = False) -> str:
    """Return the text without what makes no difference: case, accents, punctuation, articles, spacing.

    A text of nothing else comes back with only its outer spaces taken off. Symbols that carry meaning
    (`+ # % & $ = < >`) stay, and so do the marks of scripts whose vowels are marks.
    """
    plain = unicodedata.normalize("NFKD", text if keep_case else text.casefold())
    plain = _ACCENTS.sub("", plain).translate(_FOLDED)
    words = _PUNCTUATION.sub(" ", plain).split()
    articles = ARTICLES.get(language.split("-")[0].lower(), frozenset())
    kept = [word for word in words if word.casefold() not in articles] or words
    return unicodedata.normalize("NFC", " ".join(kept)) or text.strip()


def find(
    typed: str,
    variants: Sequence[str],
    *,
    refused: Iterable[str] = (),
    language: str = "en",
    match_case: bool = False,
    forgive: bool = True,
) -> Found:
    """Find the variant that was meant.

    `refused` are texts that are wrong and must never pass as a slip of spelling. With `forgive` a small
    slip counts as near: none in words of up to three letters, one up to seven, two beyond, never on a
    word's first letter, on anything with a digit, or where it makes an opposite.
    """
    said = normalised(typed, language, keep_case=match_case)
    if not said:
        return Found(Fit.NONE)
    meant = [normalised(variant, language, keep_case=match_case) for variant in variants]
    joined = said.replace(" ", "")
    for index, variant in enumerate(meant):
        if said == variant or joined == variant.replace(" ", ""):
            return Found(Fit.EXACT, index)
    if not forgive:
        return Found(Fit.NONE)
    others = [normalised(text, language, keep_case=match_case) for text in refused]
    distances = [(_slips(said, variant), index) for index, variant in enumerate(meant)]
    near = min(((slips, index) for slips, index in distances if slips is not None), default=None)
    if near is None or any(_distance(said, other) <= near[0] for other in others):
        return Found(Fit.NONE)
    return Found(Fit.NEAR, near[1])


def _slips(said: str, meant: str) -> int | None:
    """Count the slips between two normalised texts, or return None where they are more than spelling."""
    said_words, meant_words = said.split(), meant.split()
    if len(said_words) != len(meant_words):
        return None
    total = 0
    for said_word, meant_word in zip(said_words, meant_words, strict=True):
        if said_word == meant_word:
            continue
        slips = _distance(said_word, meant_word)
        if slips > _allowed(meant_word) or not _is_slip(said_word, meant_word):
            return None
        total += slips
    return total if total <= max(1, min(3, len(meant) // 5)) else None


def _allowed(word: str) -> int:
    """How many slips a word of its length may have."""
    if len(word) <= 3:
        return 0
    return 1 if len(word) <= 7 else 2


def _is_slip(said: str, meant: str) -> bool:
    """Say whether a difference may be a slip: no digits, no other first letter, no opposite, no negation."""
    if said[0] != meant[0] or any(character.isdigit() for character in said + meant):
        return False
    if said in NEGATIONS or meant in NEGATIONS or not (said.isalpha() and meant.isalpha()):
        return False
    for one, other in (*OPPOSITES, *((other, one) for one, other in OPPOSITES)):
        if said.startswith(one) and meant.startswith(other) and said[len(one) :] == meant[len(other) :]:
            return False
    for one, other in (*ENDINGS, *((other, one) for one, other in ENDINGS)):
        if said.endswith(one) and meant.endswith(other) and said[: -len(one)] == meant[: -len(other)]:
            return False
    return True


def _distance(one: str, other: str) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours (optimal string alignment)."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other))
