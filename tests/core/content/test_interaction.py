"""What items ask for, as plain data."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Recalled, Response, Sorted
from quiz.core.content.interaction import (
    RATINGS,
    Choose,
    Enter,
    Field,
    Interaction,
    Match,
    Order,
    Reveal,
    Sort,
    deranged,
    in_number_order,
    shuffled,
)
from tests.sampling import tries
from tests.strategies import any_responses, steady

CHOOSE, CHOOSE_ALL = Choose(("a", "b", "c")), Choose(("a", "b", "c"), most=3)
TWO_FIELDS = Enter((Field("1"), Field("2")))
ORDER = Order(("a", "b", "c"))
MATCH = Match(("l1", "l2"), ("r1", "r2", "r3"))
SORT = Sort(("m1", "m2"), ("b1", "b2"))
REVEAL = Reveal("back")
ALL: list[Interaction] = [CHOOSE, CHOOSE_ALL, TWO_FIELDS, ORDER, MATCH, SORT, REVEAL]


@pytest.mark.parametrize(
    ("interaction", "response", "is_complete"),
    [
        (CHOOSE, Chosen(("a",)), True), (CHOOSE, Chosen(()), False), (CHOOSE, Chosen(("a", "b")), False),
        (CHOOSE, Chosen(("z",)), False), (CHOOSE, Entered(("a",)), False),
        (CHOOSE_ALL, Chosen(("c", "a")), True), (CHOOSE_ALL, Chosen(("a", "a")), False),
        (Choose(("a", "b", "c"), least=2, most=2), Chosen(("a",)), False),
        (Choose(("a", "b", "c"), least=2, most=2), Chosen(("a", "c")), True),
        (TWO_FIELDS, Entered(("x", "")), True), (TWO_FIELDS, Entered(("", "x")), True),
        (TWO_FIELDS, Entered(("x",)), True),
        (TWO_FIELDS, Entered(("", " ")), False), (TWO_FIELDS, Entered(("x", "y", "z")), False),
        (TWO_FIELDS, Chosen(("x",)), False),
        (ORDER, Ordered(("c", "a", "b")), True), (ORDER, Ordered(("a", "b")), False),
        (ORDER, Ordered(("a", "b", "b")), False),
        (MATCH, Matched({"l1": "r3", "l2": "r3"}), True), (MATCH, Matched({"l1": "r1"}), False),
        (MATCH, Matched({"l1": "r1", "l2": "zz"}), False),
        (MATCH, Matched({"l1": "r1", "l2": "r1", "l3": "r1"}), False),
        (SORT, Sorted({"m1": "b1", "m2": "b1"}), True), (SORT, Sorted({"m1": "b1"}), False),
        (SORT, Sorted({"m1": "b1", "m2": "b9"}), False), (SORT, Matched({"m1": "b1", "m2": "b1"}), False),
        (REVEAL, Recalled(4), True), (REVEAL, Recalled(0), False), (REVEAL, Recalled(5), False),
    ],
)  # fmt: skip
def test_a_response_is_complete_when_it_gives_what_is_asked(
    interaction: Interaction, response: Response, *, is_complete: bool
) -> None:
    assert interaction.is_complete(response) is is_complete


@settings(steady, max_examples=tries(100))
@given(response=any_responses())
def test_only_responses_of_its_own_sort_are_complete(response: Response) -> None:
    for interaction in ALL:
        assert not interaction.is_complete(response) or isinstance(response, interaction.response_type)


@pytest.mark.parametrize(
    ("interaction", "instruction"),
    [
        (CHOOSE, "Choose one."),
        (CHOOSE_ALL, "Choose all that apply."),
        (Choose(("a", "b"), most=2), "Choose all that apply."),
        (Enter((Field(),)), "Type your answer."),
        (Enter((Field(is_number=True),)), "Type a number."),
        (TWO_FIELDS, "Fill in the 2 gaps."),
        (Enter((Field(), Field(), Field()), is_list=True), "Type 3 answers, in any order."),
        (Enter((Field(),), is_list=True), "Type your answer."),
        (Enter((Field(options=("x", "y")),)), "Choose what belongs in the gap."),
        (Enter(()), "Type your answer."),
        (Enter((Field(is_number=True), Field())), "Fill in the 2 gaps."),
        (ORDER, "Put these in order, from first to last."),
        (MATCH, "Match each entry in the first list with one in the second."),
        (SORT, "Put each of these into the group where it belongs."),
        (REVEAL, "Recall the answer, then show the back and say how well you knew it."),
    ],
)
def test_it_says_what_to_do(interaction: Interaction, instruction: str) -> None:
    assert interaction.instruction == instruction


def test_bins_and_fields_and_backs_keep_their_places() -> None:
    for seed in range(20):
        assert SORT.arranged(Random(seed)).bins == SORT.bins
        assert TWO_FIELDS.arranged(Random(seed)) == TWO_FIELDS
        assert REVEAL.arranged(Random(seed)) == REVEAL


things = st.lists(st.sampled_from("abcd"), max_size=6).map(tuple)


@settings(steady, max_examples=tries(200))
@given(things=things, seed=st.integers(0, 2**32))
def test_a_derangement_is_never_the_order_it_came_in_where_there_is_another(
    things: tuple[str, ...], seed: int
) -> None:
    drawn = deranged(things, Random(seed))
    assert sorted(drawn) == sorted(things) == sorted(shuffled(things, Random(seed)))
    assert (drawn == things) is (len(set(things)) < 2)


def test_every_order_comes_about() -> None:
    assert len({shuffled(tuple("abc"), Random(seed)) for seed in range(100)}) == 6
    assert len({deranged(tuple("abc"), Random(seed)) for seed in range(100)}) == 5


def test_ratings_are_those_of_fsrs() -> None:
    assert [*RATINGS.items()] == [(1, "Again"), (2, "Hard"), (3, "Good"), (4, "Easy")]


def test_interactions_are_told_apart_by_name() -> None:
    assert [msgspec.to_builtins(each)["type"] for each in ALL] == [
        "choose", "choose", "enter", "order", "match", "sort", "reveal",
    ]  # fmt: skip


GAP = Field(options=("red", "blue", "10"))


def test_a_number_or_its_own_text_stands_for_an_option() -> None:
    cases: list[tuple[str, str]] = [
        ("1", "red"), (" 3 ", "10"), ("0", "0"), ("4", "4"), ("RED", "red"), (" blue", "blue"), ("10", "10"),
        ("00002", "00002"), ("0002", "blue"), ("green", "green"), ("²", "²"), ("", ""), ("-1", "-1"),
    ]  # fmt: skip
    for typed, chosen in cases:
        assert GAP.given(typed) == chosen


def test_a_field_with_options_takes_these_or_nothing() -> None:
    assert GAP.choices == "1 red   2 blue   3 10"
    assert [GAP.takes(text) for text in ("red", "", " ", "Red", "x")] == [True, True, True, False, False]
    assert Field().takes("anything")
    gaps = Enter((GAP, Field()))
    assert gaps.is_complete(Entered(("red",)))
    assert not gaps.is_complete(Entered(("x", "y")))
    plain = Field()
    assert (plain.label, plain.unit, plain.is_number, plain.options) == ("", "", False, ())


def arranged(interaction: Interaction) -> set[Interaction]:
    return {interaction.arranged(Random(seed)) for seed in range(40)}


def test_what_may_be_shuffled_is_and_what_may_not_is_left() -> None:
    fixed = [
        Choose(("a", "b"), can_shuffle=False), Enter((GAP,), can_shuffle=False), TWO_FIELDS,
        Order(("a", "b"), can_shuffle=False), Match(("a", "b"), ("c", "d"), can_shuffle=False),
        Sort(("a", "b"), ("c", "d"), can_shuffle=False), REVEAL,
    ]  # fmt: skip
    for interaction in fixed:
        assert arranged(interaction) == {interaction}
    assert {each.options for each in arranged(Choose(("a", "b")))} == {("a", "b"), ("b", "a")}
    assert {each.entries for each in arranged(Order(("a", "b")))} == {("b", "a")}
    assert {each.rights for each in arranged(Match(("a", "b"), ("c", "d")))} == {("d", "c")}
    assert {each.lefts for each in arranged(Match(("a", "b"), ("c", "d")))} == {("a", "b"), ("b", "a")}
    assert {each.members for each in arranged(Sort(("a", "b"), ("c", "d")))} == {("a", "b"), ("b", "a")}
    options = {each.fields[0].options for each in arranged(Enter((Field(), GAP)))}
    assert options == {()}
    assert len({each.fields[1].options for each in arranged(Enter((Field(), GAP)))}) == 6


def test_texts_that_differ_in_their_last_number_are_sorted_by_it() -> None:
    cases: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
        (("Sentence 2", "Sentence 1"), ("Sentence 1", "Sentence 2")),
        (("B 10 of 3", "B 10 of 2"), ("B 10 of 2", "B 10 of 3")), (("10 km", "9 km"), ("9 km", "10 km")),
        (("2", "1"), ()), ((" 2", " 1"), ()), (("Sentence 2", "Line 1"), ()),
        (("Sentence 2", "Sentence"), ()),
        (("a 2 b", "a 1 c"), ()), ((), ()), (("a 1234567890", "a 1"), ()),
    ]  # fmt: skip
    for texts, ordered in cases:
        assert in_number_order(texts) == ordered


def test_options_that_are_numbers_are_put_in_order_once_and_for_all() -> None:
    assert Choose.among(("10", "9", "1,000"), most=2) == Choose(
        ("9", "10", "1,000"), most=2, can_shuffle=False
    )
    assert Choose.among(("10", "9"), can_shuffle=False) == Choose(("10", "9"), can_shuffle=False)
    assert Choose.among(("b", "a"), most=2) == Choose(("b", "a"), most=2)
    numbered = Choose(("Sentence 2", "Sentence 1"))
    assert arranged(numbered) == {Choose(("Sentence 1", "Sentence 2"))}
    assert (CHOOSE.least, CHOOSE.most, CHOOSE.can_shuffle) == (1, 1, True)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1700", "1700 km"),
        ("17.", "17. km"),
        ("five", "five km"),
        ("1700 km", "1700 km"),
        ("5 kilometres.", "5 kilometres."),
        ("km 5", "km 5"),
    ],
)
def test_a_unit_is_shown_once(typed: str, shown: str) -> None:
    assert Field(unit="km").with_unit(typed) == shown
