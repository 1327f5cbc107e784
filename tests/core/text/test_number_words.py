"""Numbers in words, from 0 to 9999, and their ordinals."""

from __future__ import annotations

import pytest

from quiz.core.text.number_words import with_figures

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: E501, SIM905
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
EINER = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()  # noqa: E501, SIM905
ZEHNER = ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def english(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f" {ONES[number % 10]}" if number % 10 else "")
    scale, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % scale
    tail = f" and {english(rest)}" if 0 < rest < 100 else f" {english(rest)}" if rest else ""
    return f"{ONES[number // scale]} {word}{tail}"


def german(number: int) -> str:
    if number < 20:
        return EINER[number]
    if number < 100:
        return (f"{EINER[number % 10]}und" if number % 10 else "") + ZEHNER[number // 10]
    scale, word = (1000, "tausend") if number >= 1000 else (100, "hundert")
    rest = number % scale
    return f"{EINER[number // scale]}{word}" + (german(rest) if rest else "")


@pytest.mark.parametrize("thousand", range(10))
def test_every_number_up_to_9999_is_read(thousand: int) -> None:
    for number in range(1000 * thousand, 1000 * thousand + 1000):
        assert with_figures(english(number), "en") == f"{number}"
        assert with_figures(german(number), "de") == f"{number}"


@pytest.mark.parametrize(
    ("language", "words", "figures"),
    [
        ("en", "nineteen ninety", "1990"), ("en", "nineteen hundred", "1900"), ("en", "twenty ten", "2010"),
        ("en", "hundred and five", "105"), ("en", "3 thousand", "3000"), ("en", "twenty first", "21th"),
        ("en", "2nd", "2th"), ("en", "two hundred and third", "203th"), ("en", "thousandth", "1000th"),
        ("en", "first man on moon", "1th man on moon"), ("en", "one two", "1 2"), ("en", "weight", "weight"),
        ("de", "neunzehnhundertneunzig", "1990"), ("de", "zweiter", "2th"),
        ("de", "einundzwanzigste", "21th"),
        ("de", "hunderterste", "101th"), ("de", "siebten", "7th"), ("de", "haus", "haus"),
        ("de", "welt", "welt"),
        ("de", "fuenf", "5"), ("de", "eins", "1"), ("fr", "deux", "deux"), ("en", "", ""),
    ],
)  # fmt: skip
def test_other_ways_to_say_a_number(language: str, words: str, figures: str) -> None:
    assert with_figures(words, language) == figures
