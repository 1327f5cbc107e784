"""What a terminal must never be given, and what is shown in its place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.text.forbidden import FORBIDDEN
from quiz.core.text.safe_text import MOST_MARKS, TOO_MANY_MARKS, code_name, one_line, visible
from tests.sampling import tries
from tests.strategies import any_text, steady


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"), ("tab\tand\nline", "tab\tand\nline"), ("", ""), ("\x1b[31mred", "␛[31mred"),
        ("\x00", "␀"),
        ("a\r\nb", "a\nb"), ("a\rb", "a␍b"), ("\x07", "␇"), ("\x7f", "�"), ("\x9b31m", "�31m"),
        ("\u202eabc", "�abc"),
        ("\u2066x\u2069", "�x�"), ("\ufeffx", "�x"), ("a\u2028b", "a�b"), ("\ud800", "�"), ("\ufffe", "�"),
        ("\U0001ffff", "�"), ("\U0005fffe", "�"), ("\U0010ffff", "�"), ("\U000e0041", "�"),
        ("é 漢字 👩\u200d👧 \u200fא\u200e", "é 漢字 👩\u200d👧 \u200fא\u200e"),
        ("a\u00adb\u200b", "a\u00adb\u200b"),
        ("a" + "\u0301" * 8, "a" + "\u0301" * 8), ("a" + "\u0301" * 300 + "b", "a" + "\u0301" * 8 + "b"),
    ],
)  # fmt: skip
def test_what_is_not_safe_becomes_a_visible_sign(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_every_control_character_but_two_is_forbidden() -> None:
    controls = [chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) in {"Cc", "Cs"}]
    assert {each for each in controls if not FORBIDDEN.search(each)} == {"\t", "\n"}


def test_every_noncharacter_is_forbidden_and_letters_are_not() -> None:
    ends = [chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)]
    assert all(FORBIDDEN.search(each) for each in [*ends, *map(chr, range(0xFDD0, 0xFDF0))])
    letters = [chr(point) for point in range(0x110000) if unicodedata.category(chr(point))[0] in "LNPSM"]
    assert not FORBIDDEN.search("".join(letters).replace("\ufffc", ""))


@settings(steady, max_examples=tries(200))
@given(text=any_text, limit=st.integers(1, 200))
def test_what_is_shown_is_safe_short_and_stays_so(text: str, limit: int) -> None:
    shown = visible(text, limit)
    assert len(shown) <= limit
    assert not FORBIDDEN.search(shown)
    assert not TOO_MANY_MARKS.search(shown)
    assert visible(shown, limit) == shown
    line = one_line(text, limit)
    assert len(line) <= limit
    assert not {"\n", "\t"} & set(line)
    assert not FORBIDDEN.search(line)


@settings(steady, max_examples=tries(100))
@given(text=st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=40))
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert visible(text) == text
    assert one_line(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"),
        (" a \n\n b\tc ", 9, "a b c"), ("a\x0bb\x85c\u2028d", 99, "a b c d"), ("a" * 99, 10, "aaaaaaaaa…"),
    ],
)  # fmt: skip
def test_a_line_is_cut_with_a_sign(text: str, limit: int, shown: str) -> None:
    assert one_line(text, limit) == shown


@pytest.mark.parametrize(
    ("character", "name"),
    [("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"), ("\x1b", "U+001B"), ("a", "U+0061 LATIN SMALL LETTER A"),
     ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A")],
)  # fmt: skip
def test_a_character_has_a_name(character: str, name: str) -> None:
    assert code_name(character) == name


def test_as_many_marks_as_may_stand_may_be_written() -> None:
    assert not TOO_MANY_MARKS.search("a" + "\u0301" * MOST_MARKS)
    assert TOO_MANY_MARKS.search("a" + "\u0301" * (MOST_MARKS + 1))
