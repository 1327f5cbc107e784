"""Numbers as people write them, read exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.text.numbers import MOST_CHARACTERS, MOST_DIGITS, parse_number, thousands_sign
from tests.sampling import tries
from tests.strategies import ABSURD, any_text, steady


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"), ("7", "7"), ("007", "7"), ("-7", "-7"), ("+7", "7"), ("−7", "-7"), ("–7", "-7"),
        ("- 7", "-7"),
        (" 7 ", "7"), ("7.", "7"), ("7,", "7"), (".5", "1/2"), ("-.5", "-1/2"), ("1.50", "3/2"),
        ("1234567", "1234567"),
        ("1,234,567", "1234567"), ("1 234 567", "1234567"), ("1'234'567", "1234567"), ("1’234", "1234"),
        ("1_000", "1000"), ("1\u00a0234", "1234"), ("1\u202f234.5", "2469/2"),
        ("12,345.678", "12345678/1000"),
        ("3.141 592 65", "314159265/100000000"), ("1e3", "1000"), ("1E3", "1000"), ("1.5e3", "1500"),
        ("1e+3", "1000"),
        ("1e-3", "1/1000"), ("1e−3", "1/1000"), ("-1e3", "-1000"), ("1,000e3", "1000000"), ("10^3", "1000"),
        ("-10^3", "-1000"), ("10**3", "1000"), ("10^-2", "1/100"), ("2x10^3", "2000"), ("2×10^3", "2000"),
        ("2 * 10 ^ 3", "2000"), ("2·10**3", "2000"), ("2.5 X 10^-1", "1/4"), ("3/4", "3/4"), ("3⁄4", "3/4"),
        ("6/8", "3/4"), ("-3/4", "-3/4"), ("0/5", "0"), ("1 1/2", "3/2"), ("-1 1/2", "-3/2"),
        ("3 / 4", "3/4"),
        ("１２", "12"), ("٣", "3"), ("1,5", "3/2"), ("0,500", "1/2"), ("1,50", "3/2"), ("1234,5", "2469/2"),
        ("1 234,5", "2469/2"),
    ],
)  # fmt: skip
def test_it_is_a_number(text: str, number: str) -> None:
    assert parse_number(text) == Fraction(number)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "+", ".", ",", "/", "e3", "1e", "1e1000", "x", "seven", "1.2.3", "1..2", "--1", "+-1",
        "1-", "1+1", "1,23,456", "1,2345,678", "1,000,00", "1,000.000.0", "1.000,5", "1 23", "12 34",
        "1 2345", "1  000", "1,000 000", "1.5 3", "1.23 456", "1/0", "1/", "/2", "1/2/3", "1.5/2",
        "1 1 1/2", "1e1,000", "1e1.5", "10^", "^3", "x10^3", "2^3", "5%", "$5", "5 km", "NaN", "inf",
        "-inf", "0x10", "1_00", "Ⅷ", "½", "10²", "²", "1\n2", "1e3e3", "0,1,2", "00,000,000",
        "9" * (MOST_DIGITS + 1), "1" + " " * MOST_CHARACTERS + "e3",
    ],
)  # fmt: skip
def test_it_is_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("de", "1.234.567,5", "2469135/2"), ("de", "1.500", "1500"), ("de", "1,5", "3/2"),
        ("de", "1.5", "3/2"),
        ("de", "0.125", "1/8"), ("de", "1,500", "3/2"), ("de", ",5", "1/2"), ("de", "-1.000", "-1000"),
        ("de", "1 234,5", "2469/2"), ("de", "1,5e3", "1500"), ("de", "1,5·10^3", "1500"),
        ("de", "1234.5", "2469/2"),
        ("fr", "1 234,5", "2469/2"), ("fr-CA", "1\u202f234,5", "2469/2"), ("DE-at", "1.500", "1500"),
        ("en-US", "1,500", "1500"), ("ja", "1,500", "1500"), ("", "1,500", "1500"),
    ],
)  # fmt: skip
def test_it_is_a_number_in_its_language(language: str, text: str, number: str) -> None:
    assert parse_number(text, language) == Fraction(number)


@pytest.mark.parametrize("text", ["1,234,567", "1,234.5", "1.2345.678", "1.000.00"])
def test_it_is_none_in_german(text: str) -> None:
    assert parse_number(text, "de") is None


def test_a_languages_region_makes_no_difference() -> None:
    assert thousands_sign("de-CH") == thousands_sign("DE") == "."
    assert thousands_sign("en-ZA") == thousands_sign("zz") == ","


# --------------------------------------------------------------------------- what is formatted is read again

numbers = st.decimals(-(10**12), 10**12, places=4, allow_nan=False)
LANGUAGES = {"en": (",", "."), "de": (".", ","), "fr": ("\u202f", ","), "sv": (" ", ","), "it": (".", ",")}


def written(number: Decimal, thousands: str, point: str) -> str:
    return f"{number:,f}".replace(",", "T").replace(".", point).replace("T", thousands)


@settings(steady, max_examples=tries(150))
@given(number=numbers, language=st.sampled_from([*LANGUAGES]))
def test_what_a_language_writes_is_read_again(number: Decimal, language: str) -> None:
    thousands, point = LANGUAGES[language]
    assert parse_number(written(number, thousands, point), language) == Fraction(number)
    assert parse_number(written(number, "", point), language) == Fraction(number)


@settings(steady, max_examples=tries(100))
@given(number=st.integers(-(10**15), 10**15), language=st.sampled_from([*LANGUAGES]))
def test_whole_numbers_are_read_again(number: int, language: str) -> None:
    assert parse_number(str(number), language) == number
    assert parse_number(f"{number:,}".replace(",", LANGUAGES[language][0]), language) == number
    assert parse_number(f"{number:_}".replace("_", " "), language) == number


@settings(steady, max_examples=tries(100))
@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_writes_is_read_exactly(number: float) -> None:
    assert parse_number(repr(number)) == Fraction(repr(number))


@settings(steady, max_examples=tries(100))
@given(number=st.fractions(min_value=-1000, max_value=1000, max_denominator=997))
def test_fractions_are_read_exactly(number: Fraction) -> None:
    assert parse_number(str(number)) == number
    whole, rest = divmod(abs(number.numerator), number.denominator)
    mixed = f"{'-' if number < 0 else ''}{whole} {rest}/{number.denominator}"
    assert parse_number(mixed) == number


@settings(steady, max_examples=tries(200))
@given(
    text=any_text | st.text("0123456789.,' eE-+/x^*  ", max_size=12),
    language=st.sampled_from(["en", "de", "zz"]),
)
def test_it_never_raises_and_the_sign_turns_it(text: str, language: str) -> None:
    number = parse_number(text, language)
    if number is not None and text.strip()[0] not in "+-−–":
        assert number >= 0
        assert parse_number(f"-{text.strip()}", language) == -number


@pytest.mark.parametrize("text", ABSURD, ids=range(len(ABSURD)))
def test_it_never_raises_on_absurd_texts(text: str) -> None:
    assert parse_number(text) is None or len(text) < MOST_CHARACTERS


def test_the_longest_number_has_forty_digits_or_two_hundred_characters() -> None:
    assert (MOST_DIGITS, MOST_CHARACTERS) == (40, 200)
    assert parse_number("9" * 40) == Fraction("9" * 40)
    assert parse_number("9" * 41) is None
    assert parse_number(f"1{' ' * 197}/2") == Fraction(1, 2)
    assert parse_number(f"1{' ' * 198}/2") is None


@pytest.mark.parametrize("text", ["1X000", "1XX000", "1X", "X1", "1,XX5"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_letter_never_stands_between_digits(text: str, language: str) -> None:
    assert parse_number(text, language) is None
