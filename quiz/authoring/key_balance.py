"""The positions and lengths of the keys in a bank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec

from quiz.authoring.rule import ItemContext
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


def positions_in(items: Iterable[ItemContext]) -> tuple[Positions, ...]:
    """Count the positions of keys, for each number of options.

    Options that a session shuffles have no fixed position, so only options with a fixed order count: those of
    unshuffled items, and “true” and “false”.
    """
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for context in items:
        asked = context.item.interaction()
        key = context.item.key_response()
        if not isinstance(asked, Choose) or not isinstance(key, Chosen) or asked.can_shuffle:
            continue
        if asked.is_single and len(asked.options) > 1:
            numbers = tuple(str(place) for place in range(1, len(asked.options) + 1))
            labels = numbers if context.options else asked.options
            found[labels].append(asked.options.index(key.options[0]))
    return tuple(
        Positions(labels, tuple(places.count(place) for place in range(len(labels))))
        for labels, places in sorted(found.items())
    )


def longest_in(items: Iterable[ItemContext]) -> Longest:
    """Count how often the longest option is the key, and how likely that is by chance."""
    chances: list[float] = []
    hits = 0
    for context in items:
        if len(context.keys) != 1 or not context.distractors:
            continue
        sizes = sorted(option.cells for option in context.options)
        if sizes[-1] == sizes[-2]:
            continue
        chances.append(1 / len(sizes))
        hits += context.keys[0].cells == sizes[-1]
    return Longest(hits, len(chances), sum(chances), at_least(hits, chances))
