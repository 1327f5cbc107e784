"""Code and formulas within texts, where a bank has turned them on."""

from __future__ import annotations

import pytest
from hypothesis import given

from quiz.core.text.markup import NO_MARKUP, Markup, Piece, pieces_of
from tests.strategies import any_text

BOTH: Markup = frozenset({"code", "maths"})


def text(shown: str) -> Piece:
    return Piece("text", shown)


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("Is $x^2$ less?", [text("Is "), Piece("maths", "x²"), text(" less?")]),
        ("$$\\frac12$$", [Piece("maths", "½")]),
        ("It is `a[0]`.", [text("It is "), Piece("code", "a[0]"), text(".")]),
        ("``x`y``", [Piece("code", "x`y")]),
        ("`` ` ``", [Piece("code", "`")]),
        ("`$x$`", [Piece("code", "$x$")]),
        (
            "See:\n```python\nprint(1)\n```\nWhat?",
            [text("See:"), Piece("block", "print(1)", "python"), text("What?")],
        ),
        ("$\\foo$", [Piece("maths", "$\\foo$")]),
        (r"\$x\$", [text("$x$")]),
    ],
)
def test_what_is_marked_is_found(written: str, pieces: list[Piece]) -> None:
    assert list(pieces_of(written, BOTH)) == pieces


@pytest.mark.parametrize(
    "written",
    [
        "It costs $20,000 and $30,000.",
        "$5 or $6",
        "US$5 to A$6",
        "$ x$ and $y $",
        "a$x$5",
        "a lone ` here",
        "```",
        "$$",
    ],
)
def test_money_stays_money_and_lone_signs_stay(written: str) -> None:
    assert "".join(piece.shown for piece in pieces_of(written, BOTH)) == written


@given(any_text)
def test_without_markup_every_text_stays_as_written(written: str) -> None:
    assert pieces_of(written, NO_MARKUP) == (Piece("text", written),)


@given(any_text)
def test_it_never_raises_and_one_kind_leaves_the_other_alone(written: str) -> None:
    assert all(piece.kind in {"text", "maths"} for piece in pieces_of(written, frozenset({"maths"})))
    assert all(piece.kind != "maths" for piece in pieces_of(written, frozenset({"code"})))
