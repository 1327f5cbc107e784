"""Cards: markers far apart, letters only where a card is held upright, and never a guess."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.drill.card_markers import (
    CELLS,
    LETTERS,
    MOST_CARDS,
    MOST_TURNED,
    SeenCard,
    letter_on_top,
    marker,
    readings_of,
)

Cells = tuple[tuple[bool, ...], ...]


def turned(cells: Cells) -> Cells:
    """Return cells turned by a quarter."""
    return tuple(zip(*cells[::-1], strict=True))


def bits(cells: Cells) -> int:
    return int("".join("01"[cell] for row in cells for cell in row), 2)


def quarters(cells: Cells) -> list[int]:
    """Return a marker's cells in all four directions, as bits."""
    found = []
    for _ in LETTERS:
        found.append(bits(cells))
        cells = turned(cells)
    return found


MARKERS = [marker(number) for number in range(1, MOST_CARDS + 1)]


def test_markers_are_far_from_each_other_and_from_themselves_turned() -> None:
    told = [quarters(cells) for cells in MARKERS]
    assert min((one[0] ^ other).bit_count() for one in told for other in one[1:]) >= 8
    assert min((one[0] ^ bits).bit_count() for one, two in combinations(told, 2) for bits in two) >= 8


def test_a_marker_in_a_mirror_is_none() -> None:
    mirrored = [quarters(tuple(row[::-1] for row in cells)) for cells in MARKERS]
    assert (
        min((bits(cells) ^ other).bit_count() for cells in MARKERS for four in mirrored for other in four)
        >= 6
    )


@pytest.mark.parametrize("number", [0, -1, MOST_CARDS + 1])
def test_there_is_no_other_marker(number: int) -> None:
    with pytest.raises(ValueError, match="no card"):
        marker(number)


@pytest.mark.extra("cv2")
def test_markers_are_those_of_aruco() -> None:
    import cv2

    known = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_5X5_1000)
    cells = [cv2.aruco.Dictionary.getBitsFromByteList(known.bytesList[k : k + 1], CELLS) for k in range(1000)]
    assert {bits(cells) for cells in MARKERS} <= {int("".join(map(str, one.flatten())), 2) for one in cells}


@pytest.mark.parametrize(
    ("degrees", "letter"),
    [
        (0, "A"), (30, "A"), (-30, "A"), (31, ""), (45, ""), (-45, ""), (59, ""), (60, "D"), (90, "D"),
        (-90, "B"), (-61, "B"), (180, "C"), (-180, "C"), (151, "C"), (149, ""), (-149, ""), (330, "A"),
        (719, "A"),
    ],
)  # fmt: skip
def test_the_letter_on_top(degrees: float, letter: str) -> None:
    assert letter_on_top(degrees) == letter


@given(st.floats(-720, 720), st.sampled_from(range(len(LETTERS))))
def test_a_letter_counts_up_to_thirty_degrees(off: float, place: int) -> None:
    away = (off + 180) % 360 - 180
    told = letter_on_top(off - 90 * place)
    if abs(away) < MOST_TURNED - 0.001:
        assert told == LETTERS[place]
    elif abs(away) > MOST_TURNED + 0.001:
        assert told != LETTERS[place]


def test_two_letters_for_a_number_are_none() -> None:
    seen = [SeenCard(7, 0), SeenCard(7, -90), SeenCard(8, 2), SeenCard(8, -3)]
    readings = readings_of(seen, {7, 8})
    assert (readings.letters, readings.unread) == ({8: "A"}, {7})


def test_a_letter_beside_a_card_turned_too_far_is_none() -> None:
    readings = readings_of([SeenCard(7, 0), SeenCard(7, 44)], {7})
    assert (readings.letters, readings.unread) == ({}, {7})


def test_a_card_that_is_too_slanted_says_nothing() -> None:
    readings = readings_of([SeenCard(7, None), SeenCard(8, 0)], {7, 8})
    assert (readings.letters, readings.unread) == ({8: "A"}, {7})


def test_strangers_are_ignored() -> None:
    readings = readings_of([SeenCard(9, 0), SeenCard(1, 180)], {1, 2})
    assert (readings.letters, readings.unread) == ({1: "C"}, frozenset())
