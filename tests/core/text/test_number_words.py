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


ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
ORDNUNGSZAHLEN = (
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte dreizehnte "
    "vierzehnte fünfzehnte sechzehnte siebzehnte achtzehnte neunzehnte"
)


def test_every_ordinal_is_read() -> None:
    for number, word in enumerate(ORDINALS.split()):
        assert with_figures(word, "en") == f"{number}th"
        assert with_figures(f"hundred and {word}", "en") == (f"{100 + number}th" if number else "100 and 0th")
        assert with_figures(f"twenty {word}", "en") == (
            f"2{number}th" if 0 < number < 10 else f"20 {number}th"
        )
    for number, word in enumerate(ORDNUNGSZAHLEN.split(), 1):
        for ending in ("", "r", "n", "s", "m"):
            assert with_figures(word + ending, "de") == f"{number}th"
        assert with_figures(f"hundert{word}", "de") == f"{100 + number}th"
    for number in range(2, 10):
        assert with_figures(f"{TENS[number][:-1]}ieth", "en") == f"{10 * number}th"
        assert with_figures(f"{ZEHNER[number]}ste", "de") == f"{10 * number}th"
        assert with_figures(f"zweiund{ZEHNER[number]}ste", "de") == f"{10 * number + 2}th"


def test_what_is_at_the_edge_of_being_a_number() -> None:
    cases: list[tuple[str, str, str]] = [
        ("en", "nought", "0"), ("de", "zwo", "2"), ("de", "zwoelf", "12"),
        ("en", "1st 22nd 3rd 4th", "1th 22th 3th 4th"),
        ("en", "ten ten", "1010"), ("en", "nine ten", "9 10"), ("en", "ten nine", "10 9"),
        ("en", "ten tenth", "10 10th"),
        ("en", "twenty nineteen", "2019"), ("en", "99 hundred", "9900"), ("en", "100 hundred", "100 100"),
        ("en", "9 thousand", "9000"), ("en", "ten thousand", "10 1000"), ("en", "zero hundred", "0 100"),
        ("en", "hundred", "100"), ("en", "thousand", "1000"), ("en", "hundredth", "100th"),
        ("en", "two thousandth", "2000th"), ("en", "two thousand and one", "2001"),
        ("en", "two thousand hundred", "2100"), ("en", "two thousand nine hundred and ninth", "2909th"),
        ("en", "two thousand zero", "2000 0"), ("en", "nineteen hundred and", "1900 and"),
        ("en", "fifty thousand", "50 1000"), ("en", "twenty zero", "20 0"), ("en", "12 people", "12 people"),
        ("en", "ninety nine hundred and ninety nine", "9999"), ("en", "twenty one", "21"),
        ("de", "hundertundeins", "101"), ("de", "tausend", "1000"), ("de", "neunundneunzighundert", "9900"),
        ("de", "zehntausend", "zehntausend"), ("de", "nullhundert", "nullhundert"),
        ("de", "zwoelfte", "12th"), ("de", "tausendste", "1000th"), ("de", "hundertste", "100th"),
        ("de", "zweitausenderste", "2001th"), ("de", "nullundzwanzig", "nullundzwanzig"),
        ("de", "zehnundzwanzig", "zehnundzwanzig"), ("de", "neunundzwanzig", "29"),
        ("de", "zwanzigte", "zwanzigte"),
        ("de", "einte", "einte"), ("de", "dreite", "dreite"), ("de", "vierste", "vierste"),
        ("de", "tausendhundert", "1100"), ("de", "eintausendtausend", "eintausendtausend"),
        ("de", "zwanzigerste", "zwanzigerste"), ("de", "hundertacht", "108"), ("de", "achte", "8th"),
    ]  # fmt: skip
    for language, words, figures in cases:
        assert with_figures(words, language) == figures
