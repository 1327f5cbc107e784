"""Paper cards: the marker on each, and what the way a card is held answers.

A marker is a square of 5 × 5 black and white cells inside a black border one cell wide. These sixty are among
the thousand of ArUco (S. Garrido-Jurado and others, Generation of fiducial marker dictionaries using Mixed
Integer Linear Programming, Pattern Recognition 51, 2016). However two of them are turned, they differ in at
least eight cells; so do a marker and itself turned. In a mirror, or through thin paper against a window, a
marker differs from each of them in at least six.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

LETTERS = "ABCD"
"""The letters along a card's edges, clockwise from the marker's top. The one on top is the answer."""
CELLS = 5
"""How many cells a marker has in a row, without its border."""
MOST_TURNED = 30.0
"""How far from upright a letter still counts, in degrees."""

_MARKERS = (
    0x0d3d7ec, 0x1c3ce8b, 0x0ad2825, 0x05ef65e, 0x10d5dd3, 0x15b3684, 0x1a5a22e, 0x1db72f7, 0x00de752,
    0x028f5bd, 0x02e8d78, 0x0784c1f, 0x071eea9, 0x07bc107, 0x06f2b5a, 0x081c39a, 0x09921d4, 0x09a17f0,
    0x08e94d3, 0x0a122d9, 0x0a9d5e3, 0x0bc3baf, 0x0a7e1d6, 0x0b69c5e, 0x0bedf13, 0x0eebbd4, 0x10afc43,
    0x12b7ff6, 0x148d57e, 0x140b6f1, 0x15d7848, 0x17d6be7, 0x1832580, 0x1946310, 0x19e877e, 0x1a4d7ac,
    0x1fb608b, 0x01c1e7a, 0x02172af, 0x02bbd44, 0x03ae329, 0x0372693, 0x0498974, 0x05846c9, 0x046af08,
    0x05f5773, 0x074ad9d, 0x0a03f28, 0x0b8ccb1, 0x0d3065d, 0x0e00c58, 0x118f1e1, 0x13e697b, 0x17141d9,
    0x17ef481, 0x185c832, 0x1b9d0a8, 0x1cb98d5, 0x1e15040, 0x1e9f754,
)  # fmt: skip
"""The markers by number, from 1: a bit for each cell, row by row from the top left, 1 for white."""
MOST_CARDS = len(_MARKERS)


class SeenCard(NamedTuple):
    """A marker in a photograph."""

    number: int
    turned: float | None
    """By how many degrees it is turned clockwise in the photograph, 0 with the letter A on top.

    None where it is too slanted to say.
    """


@dataclass(frozen=True)
class CardReadings:
    """What the cards in a photograph say."""

    letters: Mapping[int, str]
    """The letter of each card that could be read, by its number."""
    unread: frozenset[int] = frozenset()
    """The numbers of the cards that were seen and that say nothing, or two things."""


def marker(number: int) -> tuple[tuple[bool, ...], ...]:
    """Return the cells of a card's marker row by row, True for white, without the border.

    Numbers are 1 to MOST_CARDS; raises ValueError for any other.
    """
    if not 1 <= number <= MOST_CARDS:
        raise ValueError(f"There is no card {number}.")
    bits = f"{_MARKERS[number - 1]:0{CELLS * CELLS}b}"
    return tuple(tuple(bit == "1" for bit in bits[k : k + CELLS]) for k in range(0, CELLS * CELLS, CELLS))


def letter_on_top(turned: float) -> str:
    """Return the letter that is on top of a card turned clockwise by some degrees.

    It is empty where no letter is within MOST_TURNED of upright.
    """
    quarters = round(-turned / 90)
    is_upright = abs(-turned - 90 * quarters) <= MOST_TURNED
    return LETTERS[quarters % len(LETTERS)] if is_upright else ""


def readings_of(seen: Iterable[SeenCard], expected: Collection[int]) -> CardReadings:
    """Return what the cards of some numbers say; others are ignored.

    A card that is turned or slanted too far in any place where it was seen, or says two things, is unread.
    """
    found: dict[int, set[str]] = {}
    for card in seen:
        if card.number in expected:
            letter = "" if card.turned is None else letter_on_top(card.turned)
            found.setdefault(card.number, set()).add(letter)
    letters = {
        number: min(said) for number, said in sorted(found.items()) if len(said) == 1 and "" not in said
    }
    return CardReadings(letters, frozenset(found.keys() - letters.keys()))
