"""Options that look the same are found, although most are told apart at a glance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.content.item import Option, duplicates, key_among, seen_as
from quiz.core.text.answer_matching import ARTICLES, normalised

PIECES = st.lists(
    st.sampled_from(
        ["the", "A", "Paris", "cat", "1", "000", "1,000", "1.000", "U.S.", "é", "ß", "x²", "-5", " ", "'"]
    )
    | st.text(max_size=4),
    max_size=4,
).map("".join)
ENDS = st.text("abcXYZ019", min_size=3, max_size=3)


@given(PIECES, ENDS, st.sampled_from(["", ".", " ", ". ", "..."]), st.sampled_from([*sorted(ARTICLES), "ja"]))
def test_the_last_three_letters_or_digits_are_kept(begin: str, end: str, after: str, language: str) -> None:
    assert normalised(begin + end + after, language).endswith(end.lower())


@given(st.lists(PIECES | ENDS, min_size=1, max_size=4))
def test_what_is_found_is_what_looks_like_an_earlier_option(texts: list[str]) -> None:
    looks = [seen_as(text) for text in texts]
    repeated = [index for index, look in enumerate(looks) if look in looks[:index]]
    assert [problem.where[1] for problem in duplicates("f", texts)] == repeated
    among = [index for index, look in enumerate(looks[1:]) if look == looks[0]]
    assert [problem.where[1] for problem in key_among("f", texts[1:], texts[:1])] == among


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paris", " Paris "),
        ("Pa\u200bris", "Paris"),
        ("caf\u00e9", "cafe\u0301"),
        ("a\tb", "a   b"),
        ("x ", "x"),
    ],
)
def test_options_that_look_the_same_are_found(one: str, other: str) -> None:
    assert [problem.where for problem in duplicates("f", ["Rome", one, Option(other)])] == [("f", 2)]
    assert [problem.where for problem in key_among("f", ["Rome", other], [one])] == [("f", 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Paris", "paris."), ("The cat", "cat"), ("1,000", "1000"), ("café", "cafe"), ("U.S. Army", "u s army")],
)
def test_options_that_can_be_told_apart_are_not(one: str, other: str) -> None:
    assert list(duplicates("f", ["Rome", one, Option(other)])) == []
    assert list(key_among("f", ["Rome", other], [one])) == []


def test_how_a_text_looks() -> None:
    looks = {
        "a\tb": "a   b", "  a \n b  ": "a\n b", "\n\na\n": "a", "A\u0301": "\u00c1", "a\u200bb": "ab",
        "a  b": "a  b", "\ta": "a",
    }  # fmt: skip
    assert {text: seen_as(text) for text in looks} == looks
