"""Which way a text runs."""

from __future__ import annotations

import pytest

from quiz.core.text.direction import is_right_to_left


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("", False),
        ("abc", False),
        ("שלום", True),
        ("مرحبا abc", True),
        ("abc שלום", False),
        ("1. שלום", True),
        ("é", False),
    ],
)
def test_the_first_letter_with_a_direction_tells(text: str, is_so: bool) -> None:
    assert is_right_to_left(text) is is_so
