"""Code is coloured in a process of its own, which is not waited for longer than it may take."""

from __future__ import annotations

import time

import pytest

from quiz.services.highlighting import MOST_CHARACTERS, MOST_SECONDS, Code, coloured_parts


async def test_the_parts_are_the_whole_code_in_order() -> None:
    code = "def f():\n    return 'x'\n"
    (parts,) = await coloured_parts([Code(code, "python")])
    assert sum(length for _, length in parts) == len(code)
    assert parts[0] == ("Token.Keyword", 3)


@pytest.mark.parametrize(
    ("code", "language"), [("x", ""), ("x", "nonsense"), ("x" * (MOST_CHARACTERS + 1), "c")]
)
async def test_nothing_is_coloured_that_cannot_be(code: str, language: str) -> None:
    assert await coloured_parts([Code(code, language)]) == [[]]


async def test_a_lexer_that_does_not_end_is_ended() -> None:
    begun = time.monotonic()
    first, second = await coloured_parts([Code("int a;", "c"), Code("\n " * 9_000, "c")])
    assert first[0] == ("Token.Keyword.Type", 3)
    assert second == []
    assert time.monotonic() - begun < 5 * MOST_SECONDS


async def test_each_piece_keeps_its_place() -> None:
    pieces = [Code("x", "nonsense"), Code("return", "python"), Code("x" * MOST_CHARACTERS, "c")]
    assert await coloured_parts(pieces) == [[], [("Token.Keyword", 6)], []]
