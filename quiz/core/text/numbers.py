"""Numbers as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from quiz.core.text.language_tag import main_language

COMMA_LANGUAGES = frozenset(
    {"af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr"}
    | {"hu", "hy", "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro"}
    | {"ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi"}
)
"""Languages whose decimal sign is a comma (Unicode CLDR)."""

MOST_DIGITS = 40
MOST_CHARACTERS = 200

_SPACES = " \u00a0\u2009\u202f'’_"
_FRACTION = re.compile(r"(?:(\d+)\s+)?(\d+)\s*[/⁄]\s*(\d+)")
_POWERS = (
    re.compile(r"(.+)[eE]([+-]?\d{1,3})"),
    re.compile(r"(?:(.+?)\s*[xX×*·]\s*)?10\s*(?:\^|\*\*)\s*([+-]?\d{1,3})"),
)
_DECIMALS = rf"\d*|(?:\d{{3}}[{_SPACES}])+\d{{1,3}}"
_DIGIT = re.compile(r"\d")


def _written(point: str, thousands: str = "", decimals: str = r"\d*") -> re.Pattern[str]:
    """Return a pattern for numbers with a decimal sign and a thousands separator, besides spaces."""
    between = rf"(?P<between>[{thousands}{_SPACES}])"
    whole = rf"\d+|[1-9]\d{{0,2}}{between}\d{{3}}(?:(?P=between)\d{{3}})*"
    return re.compile(rf"({whole})?(?:{re.escape(point)}({decimals}))?")


_USUAL = {",": _written(".", ",", _DECIMALS), ".": _written(",", ".", _DECIMALS)}
"""Patterns for numbers, by the language's thousands separator."""
_FOREIGN = {thousands: _written(thousands) for thousands in (",", ".")}
"""Patterns for numbers with that separator as their decimal sign, as another language writes them."""


def thousands_sign(language: str) -> str:
    """Return the thousands separator of a language."""
    return "." if main_language(language) in COMMA_LANGUAGES else ","


def parse_number(text: str, language: str = "en") -> Fraction | None:
    """Read a number, or return None if the text is not one.

    Understands the language's decimal sign and thousands separator, fractions (`3/4`, `1 1/2`), powers
    (`1e3`, `1.5×10^3`), and a sign of any shape. Numbers of more than forty digits are refused.
    """
    if _DIGIT.search(text) is None:
        return None
    written = text.strip().replace("\u2212", "-").replace("–", "-")
    if len(written) > MOST_CHARACTERS or sum(character.isdigit() for character in written) > MOST_DIGITS:
        return None
    written = "".join(map(_ascii_digit, written))
    unsigned = written[1:].lstrip() if written[:1] in {"+", "-"} else written
    value = _fraction(unsigned) if "/" in unsigned or "⁄" in unsigned else _decimal(unsigned, language)
    return -value if value is not None and written.startswith("-") else value


def _ascii_digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _fraction(written: str) -> Fraction | None:
    found = _FRACTION.fullmatch(written)
    if found is None or int(found[3]) == 0:
        return None
    return int(found[1] or 0) + Fraction(int(found[2]), int(found[3]))


def _decimal(written: str, language: str) -> Fraction | None:
    """Read a number without its sign. The other decimal sign is understood where it cannot be a separator.

    The other language's decimal sign is understood as well where it cannot be a thousands separator.
    """
    power = next(filter(None, (form.fullmatch(written) for form in _POWERS)), None)
    factor = Fraction(10) ** int(power[2]) if power else 1
    mantissa = (power[1] or "1").strip() if power else written
    thousands = thousands_sign(language)
    found = _USUAL[thousands].fullmatch(mantissa) or _FOREIGN[thousands].fullmatch(mantissa)
    if found is None or not (found[1] or found[3]):
        return None
    whole, decimals = (re.sub(r"\D", "", part or "") for part in (found[1], found[3]))
    return Fraction(f"{whole or 0}.{decimals or 0}") * factor


def in_order(texts: Sequence[str]) -> tuple[str, ...] | None:
    """Return texts that are all numbers sorted by size, or None if one is not a number."""
    values: dict[str, Fraction] = {}
    for text in texts:
        value = parse_number(text)
        if value is None:
            return None
        values[text] = value
    return tuple(sorted(texts, key=lambda text: (values[text], text))) or None
