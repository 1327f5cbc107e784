"""What fits on the wall of a classroom."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.text.projector_fit import (
    LEAST_MINUTES,
    OPTION_WIDTH,
    ROWS,
    STEM_WIDTH,
    cells,
    fits_as_option,
    fits_as_stem,
    letter_minutes,
    lines_of,
)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 0),
        ("one two", 10, 1),
        ("one two three", 10, 2),
        ("x" * 10, 10, 1),
        ("x" * 11, 10, 2),
        ("ab " + "x" * 25 + " cd", 10, 4),
        ("one\ntwo", 10, 2),
        ("one\n\ntwo", 10, 3),
        ("問" * 5, 10, 1),
        ("問" * 6, 10, 2),
    ],
)
def test_lines_are_counted(text: str, width: int, lines: int) -> None:
    assert lines_of(text, width) == lines


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=40))
def test_lines_break_as_lines_do(words: list[str]) -> None:
    assert lines_of(" ".join(words), 10) == len(textwrap.wrap(" ".join(words), 10))


def test_wide_and_combining_characters_take_what_they_take() -> None:
    assert [cells(text) for text in ("ab", "問題", "é", "e\u0301", "\u200b", "한")] == [2, 4, 1, 1, 0, 2]


@given(st.text(max_size=30))
def test_the_short_way_leads_to_the_same(text: str) -> None:
    assert cells(text) == cells(f"{text}\u4e00") - 2


def test_the_limits_are_lines_of_a_width() -> None:
    assert fits_as_stem(" ".join(["x" * STEM_WIDTH] * 4))
    assert not fits_as_stem(" ".join(["x" * STEM_WIDTH] * 5))
    assert fits_as_option(" ".join(["x" * OPTION_WIDTH] * 2))
    assert not fits_as_option(" ".join(["x" * OPTION_WIDTH] * 3))


def test_the_recommended_size_is_the_largest_that_the_last_row_can_read() -> None:
    assert letter_minutes(ROWS) == pytest.approx(16.1, abs=0.05)
    assert letter_minutes(ROWS + 1) < LEAST_MINUTES
    assert letter_minutes(24) == pytest.approx(12.1, abs=0.05)


def test_letters_grow_with_the_image_and_shrink_with_the_distance() -> None:
    assert letter_minutes(18, distance_m=4) == pytest.approx(2 * letter_minutes(18), rel=1e-4)
    assert letter_minutes(36, image_height_m=2.25) == pytest.approx(letter_minutes(18))
    assert letter_minutes(0) == letter_minutes(1)


def test_a_letter_of_one_or_two_rows() -> None:
    assert letter_minutes(1) == pytest.approx(289.9, abs=0.1)
    assert letter_minutes(2) == pytest.approx(145.0, abs=0.1)
