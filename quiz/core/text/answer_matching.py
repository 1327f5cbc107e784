"""When a typed answer is the one that was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from quiz.core.text.numbers import thousands_sign

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
    ("im", "ex"), ("intro", "extro"), ("in", "de"), ("im", "e"), ("pre", "post"), ("pro", "anti"),
    ("en", "de"), ("up", "down"), ("out", "in"), ("ab", "ad"), ("un", ""), ("in", ""),
)  # fmt: skip
"""Beginnings that turn a word into its opposite while the rest stays."""

ENDINGS: tuple[tuple[str, str], ...] = (
    ("er", "ee"), ("or", "ee"), ("ful", "less"),
    ("phobia", "philia"), ("phobic", "philic"), ("phobe", "phile"),
)  # fmt: skip
"""Endings that turn a word into its counterpart while the rest stays."""

_FOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"}
    | {"’": "'", "‘": "'", "\u2212": "-"}
    | {"Ł": "L", "Ø": "O", "Đ": "D", "Æ": "AE", "Œ": "OE", "ẞ": "SS"}
)
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
"""Accents, and characters that nobody sees."""
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹⁺⁻]+")
_SIGN = re.compile(r"(?<![\w)\]}%°.,-])[‐-―-](?=[.,]?\d)")
_GROUPED = {
    sign: re.compile(rf"(?<![\d.,])[1-9]\d{{0,2}}(?:[{sign} ']\d{{3}})+(?!\d)") for sign in (",", ".")
}
"""Numbers whose thousands are set apart, by the sign between them."""
_PUNCTUATION = re.compile(r"[\s.,;:!?¿¡'\"“”„«»‹›`´(){}\[\]/\\|_…·•‐‑‒–—―-]+")
_JOINT = re.compile(r"(?<!\d) | (?!\d)")


class MatchKind(StrEnum):
    """How a typed answer fits a variant."""

    EXACT = "exact"
    NEAR = "near"
    NONE = "none"


class VariantMatch(NamedTuple):
    """The variant that a typed answer fits, by its place, and how."""

    fit: MatchKind
    place: int = -1


@lru_cache(maxsize=8192)
def normalised(text: str, language: str = "en", *, keep_case: bool = False) -> str:
    """Return the text without what makes no difference: case, accents, punctuation, articles, spacing.

    A text of nothing else comes back with only its outer spaces taken off. Symbols that carry meaning
    (`+ # % & $ = < >`) stay, the sign of a number too, and so do the marks of scripts whose vowels are
    marks. An article at the end stays: it is the A of vitamin A.
    """
    plain = unicodedata.normalize("NFKD", _RAISED.sub(r"^\g<0>", text))
    if not keep_case:
        plain = unicodedata.normalize("NFKD", plain.casefold())
    plain = _UNSEEN.sub("", plain).translate(_FOLDED)
    plain = _GROUPED[thousands_sign(language)].sub(lambda number: re.sub(r"\D", "", number[0]), plain)
    words = _PUNCTUATION.sub(" ", _SIGN.sub("\u2212", plain)).split()
    articles = ARTICLES.get(language.partition("-")[0].lower(), frozenset())
    kept = [word for word in words[:-1] if word.casefold() not in articles] + words[-1:]
    return unicodedata.normalize("NFC", " ".join(kept)) or text.strip()


def find(
    typed: str,
    variants: Sequence[str],
    *,
    refused: Iterable[str] = (),
    language: str = "en",
    match_case: bool = False,
    forgive: bool = True,
) -> VariantMatch:
    """Find the variant that was meant.

    `refused` are texts that are wrong and must never pass as a slip of spelling. With `forgive` a small
    slip counts as near: none in words of up to three letters, one up to seven, two beyond, never on a
    word's first letter, on anything with a digit, or where it makes an opposite.
    """
    said = normalised(typed, language, keep_case=match_case)
    if not said:
        return VariantMatch(MatchKind.NONE)
    meant = [normalised(variant, language, keep_case=match_case) for variant in variants]
    joined = _joined(said)
    for index, variant in enumerate(meant):
        if said == variant or joined == _joined(variant):
            return VariantMatch(MatchKind.EXACT, index)
    if not forgive:
        return VariantMatch(MatchKind.NONE)
    others = {normalised(text, language, keep_case=match_case) for text in refused}.difference(meant)
    distances = [(_slips(said, variant), index) for index, variant in enumerate(meant)]
    near = min(((slips, index) for slips, index in distances if slips is not None), default=None)
    if near is None or any(_distance(said, other) <= near[0] for other in others):
        return VariantMatch(MatchKind.NONE)
    return VariantMatch(MatchKind.NEAR, near[1])


def _joined(text: str) -> str:
    """Return a normalised text without its spaces, except between two numbers."""
    return _JOINT.sub("", text)


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
        if slips > _allowed(min(said_word, meant_word, key=len)) or not _is_slip(said_word, meant_word):
            return None
        total += slips
    return total if total <= max(1, min(3, len(meant) // 5)) else None


def _allowed(word: str) -> int:
    """How many slips a word of its length may have."""
    if len(word) <= 3:
        return 0
    return 1 if len(word) <= 7 else 2


def _is_slip(said: str, meant: str) -> bool:
    """Say whether a difference may be a slip: not in digits, the first letter or capitals, no opposite."""
    if said[0] != meant[0] or not (said.isalpha() and meant.isalpha()):
        return False
    if _distance(said.casefold(), meant.casefold()) < _distance(said, meant):
        return False
    if said in NEGATIONS or meant in NEGATIONS:
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
