"""The positions and lengths of the keys in a bank."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, NamedTuple

import msgspec

from quiz.authoring.rule import BankContext, ItemContext
from quiz.authoring.significance import ChiSquare, at_least, chi_square_of
from quiz.core.content.grading import Chosen
from quiz.core.content.interaction import Choose

SELDOM: Final = 0.01
"""What is less likely than this by chance alone is reported."""


class Positions(msgspec.Struct, frozen=True):
    """How often each place holds the key, among items whose options always have the same order."""

    labels: tuple[str, ...]
    """The names of the places: numbers, or the options where they are the same in all items."""
    counts: tuple[int, ...]

    @property
    def test(self) -> ChiSquare:
        """The test whether the keys are spread evenly."""
        return chi_square_of(self.counts)

    @property
    def is_uneven(self) -> bool:
        """Whether such an uneven spread is unlikely by chance."""
        return self.test.is_telling and self.test.p < SELDOM


class Longest(msgspec.Struct, frozen=True):
    """How often the longest option is the key, among items with one key and one longest option."""

    keys: int
    """In how many items the longest option is the key."""
    items: int
    expected: float
    """In how many it would be by chance."""
    p: float
    """The probability, 0 to 1, of that many or more."""

    @property
    def is_too_often(self) -> bool:
        """Whether that many are unlikely by chance."""
        return self.p < SELDOM


class KeyPlace(NamedTuple):
    """The place of a key, from 0, among places with these names."""

    labels: tuple[str, ...]
    at: int


def key_place_of(context: ItemContext) -> KeyPlace | None:
    """Return the place of an item's key, None where it has none or no fixed one.

    Options that a session shuffles have no fixed position, so only options with a fixed order count: those of
    unshuffled items, and “true” and “false”.
    """
    asked, key = context.asked, context.key
    if not isinstance(asked, Choose) or not isinstance(key, Chosen) or asked.can_shuffle:
        return None
    if not asked.is_single or len(asked.options) < 2:
        return None
    numbers = tuple(str(place) for place in range(1, len(asked.options) + 1))
    return KeyPlace(numbers if context.options else asked.options, asked.options.index(key.options[0]))


def positions_in(bank_context: BankContext) -> tuple[Positions, ...]:
    """Count the positions of keys, for each number of options."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in bank_context.of_each(key_place_of):
        if place is not None:
            found[place.labels].append(place.at)
    return tuple(
        Positions(labels, tuple(places.count(place) for place in range(len(labels))))
        for labels, places in sorted(found.items())
    )


class LongestOption(NamedTuple):
    """An item with one key and one longest option."""

    options: int
    """How many options it has."""
    is_key: bool


def longest_option_of(context: ItemContext) -> LongestOption | None:
    """Return whether the longest option is the key, None where there is not one of each."""
    if len(context.keys) != 1 or not context.distractors:
        return None
    sizes = sorted(option.cells for option in context.options)
    return LongestOption(len(sizes), context.keys[0].cells == sizes[-1]) if sizes[-1] > sizes[-2] else None


def longest_in(bank_context: BankContext) -> Longest:
    """Count how often the longest option is the key, and how likely that is by chance."""
    found = [longest for longest in bank_context.of_each(longest_option_of) if longest is not None]
    chances = [1 / longest.options for longest in found]
    hits = sum(longest.is_key for longest in found)
    return Longest(hits, len(found), sum(chances), at_least(hits, chances))
