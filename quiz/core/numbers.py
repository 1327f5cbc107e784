"""Numbers as people write them."""

from __future__ import annotations

import re
from fractions import Fraction

COMMA_LANGUAGES = frozenset(
    "af az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk lt lv mk nb nl nn no pl pt ro ru "
    "sk sl sq sr sv tr uk uz vi".split()
)
"""Languages whose decimal sign is a comma (Unicode CLDR)."""

_SPACES = " \u00a0\u2009\u202f'’_"
_EXPONENT = re.compile(r"[eExX×*·]")
_MIXED = re.compile(r"^([+-]?)(?:(\d+)[ \u00a0])?(\d+)[/⁄](\d+)$")
_PLAIN = re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$")
_POWER = re.compile(r"^([+-]?[\d.]+)[x×*·]10(?:\^|\*\*)([+-]?\d{1,3})$")
MOST_DIGITS = 40


def parse_number(text: str, language: str = "en") -> Fraction | None:
    """Read a number, or return None where the text is none.

    Knows decimal and thousands separators of the language, fractions (`3/4`, `1 1/2`), powers (`1e3`,
    `1.5×10^3`), and a leading sign of any shape. Numbers of more than forty digits are refused.
    """
    written = text.strip().replace("\u2212", "-").replace("–", "-")
    if not written or sum(character.isdigit() for character in written) > MOST_DIGITS:
        return None
    if not written.isascii() and any(c.isdigit() and not c.isascii() for c in written):
        written = "".join(_ascii_digit(character) for character in written)
    mixed = _MIXED.match(written)
    if mixed:
        sign, whole, top, bottom = mixed.groups()
        if int(bottom) == 0:
            return None
        value = Fraction(int(whole or 0)) + Fraction(int(top), int(bottom))
        return -value if sign == "-" else value
    plain = _without_separators(written, language)
    if plain is None:
        return None
    power = _POWER.match(plain)
    if power:
        plain = f"{power[1]}e{power[2]}"
    return Fraction(plain.rstrip(".")) if _PLAIN.match(plain) else None


def _ascii_digit(character: str) -> str:
    if character.isdecimal():
        import unicodedata

        return str(unicodedata.decimal(character))
    return character


def _without_separators(written: str, language: str) -> str | None:
    """Take the thousands separators out and make the decimal sign a point; None where they are misplaced.

    The other language's decimal sign is understood as well where it cannot be a thousands separator.
    """
    has_comma = language.split("-")[0].lower() in COMMA_LANGUAGES
    point, thousands = (",", ".") if has_comma else (".", ",")
    if written.count(point) > 1:
        return None
    whole, _, rest = written.partition(point)
    mantissa = _EXPONENT.split(whole, maxsplit=1)[0].strip()
    if thousands in mantissa and not _grouped(mantissa, thousands):
        if point in written or written.count(thousands) > 1:
            return None
        written = written.replace(thousands, point)
        mantissa = mantissa.partition(thousands)[0]
    if thousands in rest or any(s in mantissa and not _grouped(mantissa, s) for s in _SPACES):
        return None
    written = written.replace(thousands, "").replace(point, ".")
    return "".join(character for character in written if character not in _SPACES)


def _grouped(whole: str, separator: str) -> bool:
    """Say whether a separator stands where thousands are grouped."""
    return re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(separator)}\d{{3}})+", whole) is not None
