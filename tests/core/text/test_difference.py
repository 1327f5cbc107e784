from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.text.difference import TextRun, difference


def test_only_what_differs_stands_out() -> None:
    ours, theirs = difference("Pacifik", "Pacific")
    assert ours == [TextRun("Pacifi", True), TextRun("k", False)]
    assert theirs == [TextRun("Pacifi", True), TextRun("c", False)]


def test_texts_with_little_in_common_are_one_piece_each() -> None:
    assert difference("oak", "Paris") == ([TextRun("oak", False)], [TextRun("Paris", False)])


@given(st.text(max_size=30), st.text(max_size=30))
def test_pieces_are_the_texts(given_text: str, expected: str) -> None:
    ours, theirs = difference(given_text, expected)
    assert "".join(piece.text for piece in ours) == given_text
    assert "".join(piece.text for piece in theirs) == expected
    assert [p.text for p in ours if p.is_common] == [p.text for p in theirs if p.is_common]
