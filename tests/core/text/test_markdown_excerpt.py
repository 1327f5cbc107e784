"""Notes without their Markdown, and shortened."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.text.markdown_excerpt import gist, plain_pieces, plain_text, sentence_about
from quiz.core.text.markup import Piece
from tests.sampling import tries
from tests.strategies import any_text, steady, words


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Plain words.", "Plain words."), ("**bold** and *thin*", "bold and thin"),
        ("__bold__ and _thin_", "bold and thin"),
        ("***both***", "both"), ("a `code` word", "a code word"), ("# Title", "Title"),
        ("### Deep title", "Deep title"),
        ("> quoted", "quoted"), ("- one\n- two", "one two"), ("* one\n+ two", "one two"),
        ("1. one\n2. two", "one two"),
        ("[words](https://x.y/z)", "words"), ("![a picture](p.png)", "a picture"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 = 6", "2 * 3 = 6"), ("fill ____ in", "fill ____ in"), ("in 1990. Then", "in 1990. Then"),
        ("one\ntwo", "one two"), ("one\n\n\ntwo\n  three", "one\n\ntwo three"),
        ("  spaced   out ", "spaced out"),
        ("", ""), ("\n\n", ""), ("5 - 3", "5 - 3"), ("#hash", "#hash"), ("a*b*c", "abc"),
        ("x **y**z", "x yz"),
        ("One.\n\n```\na  -> b\n  *c*\n```\nTwo *words*.", "One.\n\na  -> b\n  *c*\n\nTwo words."),
        ("~~~ text\n# kept\n~~~", "# kept"),
    ],
)  # fmt: skip
def test_markdown_becomes_plain_text(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


def test_a_diagram_is_no_sentence() -> None:
    note = "The call goes out.\n\n```\nhome -> away\n```\n\nThey may come home."
    assert gist(note) == "The call goes out. They may come home."


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("one two three", 20, "one two three"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two three", 8, "one two…"),
        ("one two three", 7, "one…"),
        ("one, two", 6, "one…"),
        ("one\n\ntwo", 20, "one two"),
        ("abcdefghij", 5, "abcd…"),
        ("**one** two", 7, "one two"),
    ],
)
def test_a_gist_ends_at_a_word(text: str, limit: int, short: str) -> None:
    assert gist(text, limit) == short


@settings(steady, max_examples=tries(150))
@given(text=any_text | st.lists(words).map(" ".join), limit=st.integers(2, 60))
def test_a_gist_is_one_line_within_its_limit(text: str, limit: int) -> None:
    short = gist(text, limit)
    assert len(short) <= limit
    assert short == " ".join(short.split())
    if not short.endswith("…"):
        assert short == " ".join(plain_text(text).split())


NOTE = "The sea is deep. Ships sail far! **Whales** sing loud songs? In 90 they left."
SHORT = "The sea…"


def test_the_sentence_with_most_of_an_answers_words_is_shown() -> None:
    cases: list[tuple[list[str], int, str]] = [
        (["whales"], 240, "Whales sing loud songs?"), (["ships sail"], 240, "Ships sail far!"),
        (["deep", "WHALES sing"], 240, "Whales sing loud songs?"), (["90"], 240, "In 90 they left."),
        (["whales"], 9, SHORT), (["whales"], 12, "Whales sing loud songs?"), (["whales"], 11, "The sea is…"),
        (["the"], 9, SHORT), ([], 9, SHORT), (["far"], 9, SHORT), (["sail"], 9, "Ships sail far!"),
    ]  # fmt: skip
    for answers, limit, sentence in cases:
        assert sentence_about(NOTE, answers, limit) == sentence


def test_a_block_is_a_piece_of_its_own_in_its_language() -> None:
    assert plain_pieces("a *b*\n\n```py\nx  \n```\n~~~\ny\n~~~") == (
        Piece("text", "a b"), Piece("block", "x", "py"), Piece("block", "y", ""),
    )  # fmt: skip


def test_of_a_long_note_only_the_beginning_is_read() -> None:
    long = "word " * 4000
    assert sentence_about(f"{long}. Whales sing.", ["whales"], 9) == "word…"
    assert sentence_about("x" * 19_980 + ". Whales sing.", ["whales"], 9) == "Whales sing."
    assert len(gist(long)) == 240
