"""Every sign that quiz shows has a character of ASCII, for fonts and encodings that lack it."""

from __future__ import annotations

import ast
import unicodedata
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

import quiz
from quiz.cli.main import _in_ascii
from quiz.core.text.ascii_signs import ASCII_SIGNS
from quiz.tui.line_filters import AsciiSigns, use_signs_of_the_encoding
from quiz.tui.widgets.large_digits import large_digits

SHOWN = ("tui", "cli", "plain", "config", "record", "services/drill", "core/drill")
"""Where what is shown is written; elsewhere there are signs that are only read."""
ONLY_READ = {"\u00b0"}
"""A degree is an angle of a card in a photograph, and never shown."""


def test_every_sign_in_the_source_has_one() -> None:
    source = Path(quiz.__file__).parent
    signs = {
        sign
        for folder in SHOWN
        for path in (source / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for sign in node.value
        if not sign.isascii() and unicodedata.category(sign)[0] in "SPZ"
    }
    assert len(signs) > 60
    assert {sign for sign in signs - ONLY_READ if ord(sign) not in ASCII_SIGNS} == set()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_screen_keeps_its_columns_in_any_encoding(encoding: str) -> None:
    written = BytesIO()
    stream = TextIOWrapper(written, encoding=encoding)
    use_signs_of_the_encoding(stream)
    stream.write("╭─ ✓ ę ─╮ 漢字 e\u0301 ≠")
    stream.flush()
    assert written.getvalue().decode(encoding) == "+- + e -+ ???? e ?"


def test_lines_keep_what_is_no_sign() -> None:
    error = UnicodeEncodeError("ascii", "“ę” ✓ 漢", 0, 8, "")
    assert _in_ascii(error) == ('"\\u0119" + \\u6f22', 8)


def test_large_digits_can_be_read() -> None:
    rows = [AsciiSigns().apply([Segment(row)], Color(0, 0, 0))[0].text for row in large_digits("0123456789")]
    assert rows == [
        " _     _  _ | | _  _  _  _  _ ",
        "| | |  _| _||_||_ |_   ||_||_|",
        "|_| | |_  _|  | _||_|  ||_| _|",
    ]


def test_large_digits_can_be_read_in_any_encoding() -> None:
    written = BytesIO()
    stream = TextIOWrapper(written, encoding="latin-1")
    use_signs_of_the_encoding(stream)
    stream.write("\n".join(large_digits("13")) + "\n━━╸──")
    stream.flush()
    assert written.getvalue().decode() == "    _ \n |  _|\n |  _|\n==+--"
