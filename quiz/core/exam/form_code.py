"""The code of an exam's form, which determines the items and their order.

A code has fifteen letters and digits in three groups, such as BZE06-180MT-2GRE8. It holds the seed, the form
(A to H), the number of items, a hash of the banks and of the other settings, and a check character. The same
code therefore gives the same form on paper and on every screen, or is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.interaction import Enter, Interaction
from quiz.core.exam.blueprint import FORMS, SEEDS, is_testable
from quiz.core.exam.settings import ExamSettings

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Douglas Crockford's base 32 (crockford.com/base32.html): no I, L, O or U."""
FORM_LETTERS = "ABCDEFGH"
LENGTH = 15
_VERSION = 1
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_WIDTHS = (2, 30, 3, 10, 25)
"""How many bits version, seed, form, items and digest take."""


class FormCode(NamedTuple):
    """The content of a form's code."""

    seed: int
    """From 0 to SEEDS * FORMS - 1; it determines the items and their order."""
    items: int | None
    """The number of items; None for all."""
    digest: int
    """25 bits that differ if banks or other settings do."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a code.

        Case, spaces and dashes are ignored; O is read as 0, I and L as 1. Raises ValueError for anything that
        is not a code.
        """
        signs = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
        if len(signs) != LENGTH or any(sign not in CODE_ALPHABET for sign in signs):
            raise ValueError(
                f"“{text}” is not the code of a form, such as BZE06-180MT-2GRE8: {LENGTH} letters and digits."
            )
        digits = [CODE_ALPHABET.index(sign) for sign in signs]
        number = 0
        for digit in digits[:-1]:
            number = number << 5 | digit
        version, seed, form, items, digest = _parts(number)
        if _check_digit(digits[:-1]) != digits[-1] or version != _VERSION:
            raise ValueError(f"“{text}” is not the code of a form: a character is wrong, or two are swapped.")
        return cls(seed + form * SEEDS, items or None, digest)

    def __str__(self) -> str:
        """Return the code as it is shown."""
        number = 0
        parts = (_VERSION, self.seed % SEEDS, self.seed // SEEDS, self.items or 0, self.digest)
        for part, width in zip(parts, _WIDTHS, strict=True):
            number = number << width | part
        digits = [number >> 5 * place & 31 for place in reversed(range(LENGTH - 1))]
        signs = "".join(CODE_ALPHABET[digit] for digit in (*digits, _check_digit(digits)))
        return "-".join(signs[at : at + 5] for at in range(0, LENGTH, 5))

    @property
    def letter(self) -> str:
        """The form's letter, A to H."""
        return FORM_LETTERS[self.seed // SEEDS]

    def of_form(self, letter: str) -> FormCode:
        """Return the code of another form with the same items. Raises ValueError for a letter that is no
        form's."""
        return self._replace(seed=self.seed % SEEDS + FORM_LETTERS.index(letter.upper()) * SEEDS)


def form_code(banks: Sequence[Bank], settings: ExamSettings, seed: int) -> FormCode:
    """Return the code of the form that banks, settings and a seed give.

    Raises ValueError for a seed that is not from 0 to SEEDS * FORMS - 1.
    """
    if not 0 <= seed < SEEDS * FORMS:
        raise ValueError(f"A form's seed is from 0 to {SEEDS * FORMS - 1}, not {seed}.")
    return FormCode(seed, settings.items, digest_of(map(bank_digest, banks), settings))


def digest_of(bank_digests: Iterable[bytes], settings: ExamSettings) -> int:
    """Return 25 bits that depend on the banks and on the settings that determine items and points."""
    told = msgspec.json.encode(
        [
            sorted(digest.hex() for digest in set(bank_digests)),
            sorted(settings.topics),
            sorted(settings.tags),
            sorted(settings.counts.items()),
            settings.shuffle,
            settings.weights,
        ]
    )
    return int.from_bytes(hashlib.blake2b(told, digest_size=4).digest(), "big") >> 7


def bank_digest(bank: Bank) -> bytes:
    """Return a hash of everything that exams use of a bank: items in order, with options and weights."""
    taken = [
        [
            (item.id, item.fingerprint, item.topic, item.stimulus, item.weight),
            (sorted(item.tags), _coded(item.interaction())),
        ]
        for item in bank.items
        if is_testable(item)
    ]
    told = msgspec.json.encode([bank.bank, list(bank.topics), taken])
    return hashlib.blake2b(told, digest_size=16).digest()


def _coded(asked: Interaction) -> Interaction:
    """Return what is asked as codes know it: how a typed line is read into entries changes none of them."""
    return msgspec.structs.replace(asked, is_split=msgspec.UNSET) if isinstance(asked, Enter) else asked


def _parts(number: int) -> list[int]:
    parts = []
    for width in reversed(_WIDTHS):
        parts.append(number & (1 << width) - 1)
        number >>= width
    return parts[::-1]


def _check_digit(digits: Sequence[int]) -> int:
    """Return a digit that changes with any single wrong character and any swap of two neighbours.

    It is the sum of the digits times the powers of 2 in the field of 32 elements, x⁵ + x² + 1.
    """
    total, factor = 0, 1
    for digit in digits:
        factor = _times_two(factor)
        total ^= _product(digit, factor)
    return total


def _product(a: int, b: int) -> int:
    result = 0
    while b:
        result ^= a * (b & 1)
        a, b = _times_two(a), b >> 1
    return result


def _times_two(a: int) -> int:
    return (a << 1) ^ (0b100101 * (a >> 4))
