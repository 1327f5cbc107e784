"""What items ask for, as plain data."""

from __future__ import annotations

from random import Random

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
        (Enter((Field(),)), "Type your answer."),
        (Enter((Field(is_number=True),)), "Type a number."),
        (TWO_FIELDS, "Fill the 2 gaps."),
        (Enter((Field(), Field(), Field()), is_list=True), "Type 3 answers, in any order."),
        (Enter((Field(),), is_list=True), "Type your answer."),
        (SORT, "Sort each into one of 2 bins."),
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


def test_four_ratings_have_names() -> None:
    assert [*RATINGS] == [1, 2, 3, 4]
    assert RATINGS[1] == "Again"
