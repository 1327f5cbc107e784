"""Markdown as it is drawn: its text literally, its marks as styles, at a cost that its length bounds."""

from __future__ import annotations

import pytest

from quiz.tui.widgets.markdown_text import MOST_FORMATTED, _lines, blocks_of
from tests.sample_banks import MARKUP


def drawn(text: str, width: int = 40) -> list[str]:
    return [line.plain for line in _lines(blocks_of(text), width)]


def test_blocks_keep_their_order_and_their_distance() -> None:
    text = "# Head\n\nOne **two**\nthree.\n\n- a\n- b\n  - c\n\n1. d\n2. e\n\n> f\n\n```py\nx = 1\n```\n\n---"
    assert drawn(text) == [
        "Head", "", "One two three.", "", "• a", "• b", "  • c", "", "1. d", "2. e", "", "│ f", "", "x = 1",
        "", "───",
    ]  # fmt: skip


def test_an_entry_hangs_beneath_its_bullet() -> None:
    assert drawn("- one two three four", 12) == ["• one two", "  three four"]


def test_a_table_is_a_line_a_row() -> None:
    assert drawn("| a | b |\n| - | - |\n| 1 | 2 |") == ["a  ·  b", "1  ·  2"]


def test_links_and_html_are_text_and_markup_is_none() -> None:
    assert drawn("[word](https://example.org) <b>bold</b>") == ["word <b>bold</b>"]
    assert "".join(drawn(MARKUP, 200)) == MARKUP.replace("](", "](")


def test_control_characters_become_signs() -> None:
    assert drawn("a\x1b[31m") == ["a␛[31m"]


@pytest.mark.parametrize("part", ["- a\n", "a\n\n", "[", "![[", "*a ", "> ", "`", "|a", "1. a\n", "\\"])
def test_a_long_text_is_shown_as_it_is_written(part: str) -> None:
    text = part * (MOST_FORMATTED // len(part) + 2)
    assert len(blocks_of(text)) == 1
    assert drawn(text, 80)
