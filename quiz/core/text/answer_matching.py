"""When a typed answer matches a variant, and which misspellings are allowed (`_allowed`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from quiz.core.text.answer_rules import IsWord, Strictness
from quiz.core.text.language_tag import main_language
from quiz.core.text.numbers import thousands_sign
from quiz.core.text.plurals import OWN_MEANING, is_plural

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
"""Beginnings that turn a word into its opposite while the rest stays the same."""

ENDINGS: tuple[tuple[str, str], ...] = (
    ("er", "ee"), ("or", "ee"), ("ful", "less"),
    ("phobia", "philia"), ("phobic", "philic"), ("phobe", "phile"),
)  # fmt: skip
"""Endings that turn a word into its counterpart while the rest stays the same."""

_FOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"}
    | {"Ł": "L", "Ø": "O", "Đ": "D", "Æ": "AE", "Œ": "OE", "ẞ": "SS"}
)
_ALIKE = str.maketrans({"’": "'", "‘": "'", "\u2212": "-"})
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹⁺⁻]+")
_SIGN = re.compile(r"(?<![\w)\]}%°.,-])[‐-―-](?=[.,]?\d)")
_GROUPED = {
    sign: re.compile(rf"(?<![\d.,])[1-9]\d{{0,2}}(?:[{sign} ']\d{{3}})+(?!\d)") for sign in (",", ".")
}
"""Numbers with a separator between thousands, by that separator."""
_PUNCTUATION = re.compile(r"[\s.,;:!?¿¡'\"“”„«»‹›`´(){}\[\]/\\|_…·•‐‑‒–—―-]+")
_TO_SPACES = {ord(sign): " " for sign in ".,;:!?'\"`(){}[]/\\|_-"}
"""The signs of punctuation that are in ASCII."""
_HAS_DIGIT = re.compile("[0-9]")
_JOINT = re.compile(r" (?:(?!\d)|(?<!\d ))")
_BESIDE_PUNCTUATION = re.compile(r"\s+(?=[^\w\s])|(?<=[^\w\s])\s+")

NOTHING: frozenset[Strictness] = frozenset()
ACCENTS: frozenset[Strictness] = frozenset({"accents"})
SOUND_ALIKE: frozenset[frozenset[str]] = frozenset(
    map(frozenset, ("vw", "ck", "kq", "cq", "sz", "cs", "iy", "ij", "jy", "bp", "dt", "gk", "ae", "ou", "fv"))
)
"""Letters that are confused when a word is written by ear."""


class MatchKind(StrEnum):
    """How a typed answer fits a variant."""

    EXACT = "exact"
    FORM = "form"
    """Right, in a form other than the usual one."""
    NEAR = "near"
    """Right except for a small misspelling."""
    INEXACT = "inexact"
    """Neither right nor wrong: to be said more exactly."""
    NONE = "none"


class VariantMatch(NamedTuple):
    """The place of the variant that a typed answer fits, and how it fits."""

    fit: MatchKind
    place: int = -1


@lru_cache(maxsize=8192)
def normalised(text: str, language: str = "en", strict: frozenset[Strictness] = NOTHING) -> str:
    """Return a text without differences that do not matter: case, accents, punctuation, articles, spacing.

    A text of nothing else only loses its outer spaces. Symbols with a meaning (`+ # % & $ = < >`) stay, as do
    the sign of a number and the marks of scripts whose vowels are marks. An article at the end stays: it is
    the A of vitamin A. What `strict` names stays as well.
    """
    if not strict and text.isascii():
        return _normalised_ascii(text, language)
    plain = unicodedata.normalize("NFKD", _RAISED.sub(r"^\g<0>", text))
    if "case" not in strict:
        plain = unicodedata.normalize("NFKD", plain.casefold())
    plain = _UNSEEN.sub("", plain).translate(_ALIKE)
    if "accents" not in strict:
        plain = _ACCENTS.sub("", plain).translate(_FOLDED)
    if "punctuation" in strict:
        words = _BESIDE_PUNCTUATION.sub("", plain.strip()).split()
    else:
        plain = _GROUPED[thousands_sign(language)].sub(lambda number: re.sub(r"\D", "", number[0]), plain)
        words = _PUNCTUATION.sub(" ", _SIGN.sub("\u2212", plain)).split()
    if "articles" not in strict:
        articles = articles_of(language)
        words = [word for word in words[:-1] if word.casefold() not in articles] + words[-1:]
    return unicodedata.normalize("NFC", " ".join(words)) or text.strip()


def _normalised_ascii(text: str, language: str) -> str:
    """Return a normalised text that has no accents, ligatures and the like to begin with."""
    plain = text.lower()
    if _HAS_DIGIT.search(plain):
        plain = _GROUPED[thousands_sign(language)].sub(lambda number: re.sub(r"\D", "", number[0]), plain)
        plain = _SIGN.sub("\u2212", plain)
    words = plain.translate(_TO_SPACES).split()
    articles = articles_of(language)
    return " ".join([word for word in words[:-1] if word not in articles] + words[-1:]) or text.strip()


def articles_of(language: str) -> frozenset[str]:
    """Return the articles of a language in any region; empty for an unknown language."""
    return ARTICLES.get(main_language(language), frozenset())


def is_spelt_as(typed: str, variant: str, language: str = "en") -> bool:
    """Return whether words that fit a variant have its accents, and stand apart or together as in it.

    Accents that it lacks make no difference, nor do full stops, nor anything to what has figures.
    """
    has_accents = normalised(variant, language, ACCENTS) != normalised(variant, language)
    kept = ACCENTS if has_accents else NOTHING
    said, meant = (normalised(text.replace(".", ""), language, kept) for text in (typed, variant))
    return said == meant or bool(_HAS_DIGIT.search(meant))


def find(
    typed: str,
    variants: Sequence[str],
    *,
    refused: Iterable[str] = (),
    language: str = "en",
    strict: frozenset[Strictness] = NOTHING,
    is_word: IsWord | None = None,
) -> VariantMatch:
    """Find the variant that was typed.

    `refused` are wrong texts: a text closer to one of them than to any variant is wrong, and so is a possible
    misspelling of one. A small misspelling counts as near: no slips in words of up to three letters, one in
    words of up to seven, two in longer ones; in the whole answer one for every five letters, three at most,
    but two in a single word if `is_word` knows that it is not another word, or if the letters sound alike. A
    slip is never on the first letter of a word, on anything with a digit, an opposite, or a word of its own.
    """
    said = normalised(typed, language, strict)
    if not said:
        return VariantMatch(MatchKind.NONE)
    others = tuple(refused)
    exact = _exact(typed, variants, others, language, strict)
    if exact is not None:
        return exact
    if "spelling" in strict:
        return VariantMatch(MatchKind.NONE)
    meant = [normalised(variant, language, strict) for variant in variants]
    wrong = {normalised(text, language, strict) for text in others}.difference(meant)
    distances = [
        (_slips(said, variant, language, strict, is_word), place) for place, variant in enumerate(meant)
    ]
    near = min(((slips, place) for slips, place in distances if slips is not None), default=None)
    if near is None or any(distance(said, other) <= near[0] for other in wrong):
        return VariantMatch(MatchKind.NONE)
    return VariantMatch(MatchKind.NEAR, near[1])


def _exact(
    typed: str,
    variants: Sequence[str],
    refused: Sequence[str],
    language: str,
    strict: frozenset[Strictness],
) -> VariantMatch | None:
    """Return the variant with the same text, no variant for a refused text, and None for neither.

    The closest counts: the same letter by letter, then except for case, then except for punctuation, and so
    on.
    """
    wrong = tuple(refused)
    for form in _closeness(language, strict):
        said = form(typed)
        place = next((place for place, variant in enumerate(variants) if form(variant) == said), None)
        if place is not None:
            return VariantMatch(MatchKind.EXACT, place)
        if any(form(text) == said for text in wrong):
            return VariantMatch(MatchKind.NONE)
    return None


def _closeness(language: str, strict: frozenset[Strictness]) -> tuple[Callable[[str], str], ...]:
    """Return functions that make texts equal, from letter by letter to what no teacher would notice."""
    closely = strict | {"accents", "articles"}

    def as_written(text: str) -> str:
        return unicodedata.normalize("NFC", " ".join(text.split()))

    def but_for_accents(text: str) -> str:
        return normalised(text, language, strict)

    return (
        as_written,
        lambda text: normalised(text, language, closely),
        but_for_accents,
        lambda text: joined(but_for_accents(text), strict),
    )


def joined(text: str, strict: frozenset[Strictness] = NOTHING) -> str:
    """Return a normalised text without its spaces, except between two numbers."""
    return text if "punctuation" in strict else _JOINT.sub("", text)


def _slips(
    said: str, meant: str, language: str, strict: frozenset[Strictness], is_word: IsWord | None
) -> int | None:
    """Count the slips between two normalised texts, or return None if they differ by more than spelling."""
    said_words, meant_words = said.split(), meant.split()
    if len(said_words) != len(meant_words):
        return None
    total, most = 0, _allowed_in_all(meant)
    for said_word, meant_word in zip(said_words, meant_words, strict=True):
        if said_word == meant_word:
            continue
        slips = distance(said_word, meant_word)
        if slips > _allowed(min(said_word, meant_word, key=len)) or not is_slip(said_word, meant_word):
            return None
        if _is_about(strict, said_word, meant_word, language) or (is_word is not None and is_word(said_word)):
            return None
        if slips == 2 and (is_word is not None or _sound_alike(said_word, meant_word)):
            most = max(most, 2)
        total += slips
    return total if total <= most else None


def _allowed(word: str) -> int:
    """Return how many slips are allowed in a word, by its length."""
    if len(word) <= 3:
        return 0
    return 1 if len(word) <= 7 else 2


def _allowed_in_all(answer: str) -> int:
    """Return how many slips are allowed in a whole answer, by its length."""
    return max(1, min(3, len(answer) // 5))


def _sound_alike(one: str, other: str) -> bool:
    """Return whether two words differ only in letters that sound alike."""
    return len(one) == len(other) and all(
        a == b or frozenset((a, b)) in SOUND_ALIKE for a, b in zip(one, other, strict=True)
    )


def _is_about(strict: frozenset[Strictness], one: str, other: str, language: str) -> bool:
    """Return whether the difference between two words is one that the author is strict about."""
    if "accents" in strict and normalised(one, "und") == normalised(other, "und"):
        return True
    if "articles" in strict and not articles_of(language).isdisjoint({one, other}):
        return True
    return "number" in strict and is_plural(one, other, language)


def is_slip(said: str, meant: str) -> bool:
    """Return whether a difference may be a slip: not in digits, the first letter or capitals, no opposite."""
    if said[0] != meant[0] or not (said.isalpha() and meant.isalpha()):
        return False
    if distance(said.casefold(), meant.casefold()) < distance(said, meant):
        return False
    if {said, meant} <= OWN_MEANING or not NEGATIONS.isdisjoint({said, meant}):
        return False
    return not are_opposites(said, meant)


def are_opposites(one: str, other: str) -> bool:
    """Return whether two words are opposites by their beginnings or endings."""
    for left, right in (*OPPOSITES, *((b, a) for a, b in OPPOSITES)):
        if one.startswith(left) and other.startswith(right) and one[len(left) :] == other[len(right) :]:
            return True
    for left, right in (*ENDINGS, *((b, a) for a, b in ENDINGS)):
        if one.endswith(left) and other.endswith(right) and one[: -len(left)] == other[: -len(right)]:
            return True
    return False


def distance(one: str, other: str) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours (optimal string alignment)."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other))
