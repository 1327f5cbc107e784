"""Numbers from 0 to 9999 and their ordinals in English and German words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

ORDINAL: Final = "th"
"""What follows the digits of any ordinal."""

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_BELOW_TWENTY = {word: number for number, word in enumerate(_SMALL)} | {"nought": 0}
_ROUND = {word: 10 * number for number, word in enumerate(_TENS, 2)}
_NTH = {word: number for number, word in enumerate(_ORDINALS)} | {
    f"{word[:-1]}ieth": number for word, number in _ROUND.items()
}
_FIGURES_NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")

_GERMAN_SMALL = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "funf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwolf",
    "dreizehn",
    "vierzehn",
    "funfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_GERMAN_TENS = ["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
_GERMAN = {word: number for number, word in enumerate(_GERMAN_SMALL)} | {"eins": 1, "zwo": 2}
_GERMAN_ROUND = {word: 10 * number for number, word in enumerate(_GERMAN_TENS, 2)}
_GERMAN_NTH = {"erst": 1, "dritt": 3, "siebt": 7, "acht": 8}
_FOLDED = str.maketrans({"ü": "u", "ö": "o", "ß": "ss"})


class _Number(NamedTuple):
    """A number in words, where the words after it begin, and whether it is an ordinal."""

    value: int
    end: int
    is_ordinal: bool = False


@lru_cache(maxsize=4096)
def with_figures(text: str, language: str) -> str:
    """Return a normalised text (lower case, single spaces) with digits for its number words.

    `language` is en or de; texts in any other language are unchanged. An ordinal becomes its digits and “th”:
    second, 2nd and zweiter all become 2th.
    """
    words = text.split(" ")
    if language == "de":
        return " ".join(_german_figures(word) for word in words)
    if language != "en":
        return text
    written: list[str] = []
    place = 0
    while place < len(words):
        number = _english(words, place)
        if number is None:
            written.append(_FIGURES_NTH.sub(rf"\1{ORDINAL}", words[place]))
            place += 1
        else:
            written.append(f"{number.value}{ORDINAL if number.is_ordinal else ''}")
            place = number.end
    return " ".join(written)


def _english(words: list[str], start: int) -> _Number | None:
    """Read the longest number that begins at a word: up to thousands, or a year such as nineteen ninety."""
    first = _below_hundred(words, start)
    if first is None or first.is_ordinal:
        return _of_scale(words, start, 1) or first
    scaled = _of_scale(words, first.end, first.value)
    if scaled is not None:
        return scaled
    second = _below_hundred(words, first.end)
    if first.value >= 10 and second is not None and not second.is_ordinal and second.value >= 10:
        return _Number(100 * first.value + second.value, second.end)
    return first


def _of_scale(words: list[str], place: int, count: int) -> _Number | None:
    """Read what follows a count of hundreds or thousands at `place`."""
    word = words[place] if place < len(words) else ""
    scale = {"hundred": 100, "thousand": 1000}.get(word.removesuffix("th"), 0)
    value = scale * count
    if not scale or not 0 < value <= 9999:
        return None
    if word.endswith("th"):
        return _Number(value, place + 1, is_ordinal=True)
    after = place + 1 + (place + 1 < len(words) and words[place + 1] == "and")
    rest = _below_hundred(words, after)
    if scale == 1000:
        hundreds = _of_scale(words, after, 1)
        if rest is not None and not rest.is_ordinal and rest.value < 10:
            hundreds = _of_scale(words, rest.end, rest.value)
        rest = hundreds if hundreds is not None and hundreds.value < 1000 else rest
    if rest is None or rest.value == 0 or value + rest.value > 9999:
        return _Number(value, place + 1)
    return _Number(value + rest.value, rest.end, rest.is_ordinal)


def _below_hundred(words: list[str], place: int) -> _Number | None:
    """Read a number up to 99 in words, or in digits if hundreds or thousands follow."""
    word = words[place] if place < len(words) else ""
    following = words[place + 1] if place + 1 < len(words) else ""
    if word in _NTH:
        return _Number(_NTH[word], place + 1, is_ordinal=True)
    if word in _ROUND:
        unit = _BELOW_TWENTY.get(following, _NTH.get(following, 0))
        if 0 < unit < 10:
            return _Number(_ROUND[word] + unit, place + 2, following in _NTH)
        return _Number(_ROUND[word], place + 1)
    if word in _BELOW_TWENTY:
        return _Number(_BELOW_TWENTY[word], place + 1)
    if word.isdecimal() and len(word) <= 2 and following in {"hundred", "thousand"}:
        return _Number(int(word), place + 1)
    return None


def _german_figures(word: str) -> str:
    """Return a German number word as digits, and any other word unchanged."""
    plain = word.translate(_FOLDED).replace("fuenf", "funf").replace("zwoelf", "zwolf")
    value = _german(plain)
    if value is not None:
        return str(value)
    value = _german_ordinal(plain)
    return word if value is None else f"{value}{ORDINAL}"


def _german(word: str) -> int | None:
    """Read a number up to 9999 written as one word."""
    for scale, most, least_after in (("tausend", 9, 999), ("hundert", 99, 99)):
        before, found, after = word.partition(scale)
        if not found:
            continue
        count = _german(before) if before else 1
        rest = _german(after.removeprefix("und")) if after else 0
        if count is None or rest is None or not 1 <= count <= most or rest > least_after:
            return None
        value = (1000 if scale == "tausend" else 100) * count + rest
        return value if after or rest == 0 else None
    if word in _GERMAN:
        return _GERMAN[word]
    unit, _, round_number = word.rpartition("und")
    tens = _GERMAN_ROUND.get(round_number)
    if tens is None:
        return None
    return tens if not unit else tens + _GERMAN[unit] if 0 < _GERMAN.get(unit, 0) < 10 else None


def _german_ordinal(word: str) -> int | None:
    """Read an ordinal in any of its endings."""
    found = re.fullmatch(r"(.+t)e[rnsm]?", word)
    if found is None:
        return None
    stem = found[1]
    for ending, number in _GERMAN_NTH.items():
        if stem.endswith(ending):
            before = stem.removesuffix(ending).removesuffix("und")
            round_number = _german(before) if before else 0
            if round_number is not None and round_number % 100 == 0:
                return round_number + number
    value = _german(stem.removesuffix("st"))
    if stem.endswith("st") and value is not None and (value % 100 >= 20 or value % 100 == 0):
        return value
    value = _german(stem.removesuffix("t"))
    return value if value is not None and value % 100 < 20 and value % 100 not in {0, 1, 3, 7, 8} else None
