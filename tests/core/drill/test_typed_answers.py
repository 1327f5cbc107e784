"""Answers as a teacher types them."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Response, Sorted
from quiz.core.content.interaction import Choose, Enter, Field, Interaction, Match, Order, Reveal, Sort
from quiz.core.drill.typed_answers import UnclearAnswer, how_to_type, split_line, typed_response
from quiz.core.drill.wall_words import ENGLISH, GERMAN

ONE = Choose(("Paris", "Rome", "Bern"))
SOME = Choose(("Paris", "Rome", "Bern"), most=3)
ORDER = Order(("x", "y", "z"))
MATCH = Match(("France", "Italy"), ("Rome", "Paris", "Bern"))
SORT = Sort(("cat", "oak"), ("animal", "plant"))
WORD, WORDS = Enter((Field(),)), Enter((Field(), Field()))


@pytest.mark.parametrize(
    ("asked", "typed", "response"),
    [
        (ONE, "b", Chosen(("Rome",))),
        (ONE, " C ", Chosen(("Bern",))),
        (ONE, "paris", Chosen(("Paris",))),
        (SOME, "ca", Chosen(("Bern", "Paris"))),
        (SOME, "a, c a", Chosen(("Paris", "Bern"))),
        (ORDER, "zx y".translate(str.maketrans("xyz", "abc")), Ordered(("z", "x", "y"))),
        (MATCH, "ba", Matched({"France": "Paris", "Italy": "Rome"})),
        (SORT, "AB", Sorted({"cat": "animal", "oak": "plant"})),
        (WORD, "New York; NY", Entered(("New York; NY",))),
        (WORDS, "one ; two", Entered(("one", "two"))),
        (Enter((Field(options=("is", "are")),)), "2", Entered(("are",))),
    ],
)
def test_what_is_typed_is_understood(asked: Interaction, typed: str, response: Response) -> None:
    assert typed_response(asked, typed) == response
    assert asked.is_complete(response)


@pytest.mark.parametrize(
    ("asked", "typed", "words"),
    [
        (ONE, "d", "Give letters, A to C."),
        (ONE, "", "Give letters, A to C."),
        (ONE, "ab", "Give one letter, A to C."),
        (SOME, "a1", "Give letters, A to C."),
        (ORDER, "ab", "Give each letter, A to C, once."),
        (ORDER, "aab", "Give each letter, A to C, once."),
        (MATCH, "abc", "Give 2 letters, A to C, one for each from the top."),
        (SORT, "ac", "Give letters, A to B."),
        (WORDS, "1;2;3", "Give at most 2 texts with ; between them."),
        (Reveal("back"), "a", "Pupils cannot answer this question."),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(asked: Interaction, typed: str, words: str) -> None:
    with pytest.raises(UnclearAnswer) as refused:
        typed_response(asked, typed)
    assert str(refused.value) == words


@pytest.mark.parametrize("asked", [ONE, SOME, ORDER, MATCH, SORT, WORD, WORDS])
def test_the_example_is_an_answer(asked: Interaction) -> None:
    assert asked.is_complete(typed_response(asked, how_to_type(asked)))


@pytest.mark.parametrize(
    ("line", "who", "answer"),
    [
        ("7 b", "7", "b"),
        ("#7   New  York", "#7", "New  York"),
        ("Ada b", "Ada", "b"),
        ("Ada Bell  a c", "Ada Bell", "a c"),
    ],
)
def test_a_line_says_who_and_what(line: str, who: str, answer: str) -> None:
    assert split_line(line, {"Ada", "Ada Bell"}.__contains__) == (who, answer)


@pytest.mark.parametrize("line", ["", "7", "Eve b", "b Ada"])
def test_a_line_without_a_pupil_is_refused(line: str) -> None:
    with pytest.raises(UnclearAnswer):
        split_line(line, {"Ada"}.__contains__)


def test_how_an_answer_is_typed_is_shown_by_an_example() -> None:
    cases: list[tuple[Interaction, str]] = [
        (ONE, "b"), (SOME, "ac"), (ORDER, "cba"), (MATCH, "ba"), (SORT, "ba"), (WORD, "answer"),
        (WORDS, "answer ; answer"), (Sort(("a", "b", "c", "d"), ("x", "y")), "baaa"), (Reveal("back"), ""),
    ]  # fmt: skip
    for asked, example in cases:
        assert how_to_type(asked) == example


def test_what_is_refused_is_said_in_the_language_of_the_wall() -> None:
    with pytest.raises(UnclearAnswer) as refused:
        typed_response(MATCH, "abc")
    assert refused.value.said(ENGLISH) == str(refused.value)
    assert refused.value.said(GERMAN) != str(refused.value)
    with pytest.raises(UnclearAnswer, match=r"^There is no pupil “Eve”\.$"):
        split_line("Eve b", {"Ada"}.__contains__)


def test_a_letter_may_stand_for_the_26th_option_and_a_text_for_any() -> None:
    many = Choose(tuple(f"o{k}" for k in range(30)))
    assert typed_response(many, "z") == Chosen(("o25",))
    assert typed_response(many, "O29") == Chosen(("o29",))
    with pytest.raises(UnclearAnswer, match=r"^Give letters, A to Z\.$"):
        typed_response(many, "1")
