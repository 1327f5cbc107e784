"""Things to name in any order, each credited once."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import Entered, Grade
from quiz.core.content.kinds.listing import Entry, Listing
from tests.strategies import steady

STATES = Listing(
    id="states",
    stem="Name the states of matter.",
    keys=("solid", Entry("liquid", ("fluid",)), Entry("gas", ("gaseous", "vapour"), "Steam is one.")),
)


def typed(*texts: str, item: Listing = STATES) -> Grade:
    return item.grade(Entered(texts))


@pytest.mark.parametrize(
    ("texts", "score"),
    [
        (("solid", "liquid", "gas"), 1),
        (("gas", "solid", "liquid"), 1),
        (("Vapour", "a fluid", "SOLID"), 1),
        (("solid", "liquid"), 2 / 3),
        (("", "solid", " "), 1 / 3),
        (("gas", "vapour", "gaseous"), 1 / 3),
        (("gas", "gas", "gas"), 1 / 3),
        (("plasma", "solid", "gas"), 2 / 3),
        (("plasma",), 0),
        ((), 0),
        (("plasma", "ice", "water", "solid", "liquid", "gas"), 0),
    ],
)
def test_each_thing_is_credited_once_in_any_order(texts: tuple[str, ...], score: float) -> None:
    assert typed(*texts).score == pytest.approx(score)


def test_what_was_named_twice_is_said_so() -> None:
    first, second, _ = typed("gas", "vapour", "solid").parts[:3]
    assert (first.is_right, first.expected, first.feedback) == (True, "gas", "Steam is one.")
    assert (second.is_right, second.feedback) == (False, "gas: counted once already.")


def test_what_was_not_named_is_shown_as_often_as_was_asked_for() -> None:
    parts = typed("solid", "plasma").parts
    assert [(part.given, part.expected, part.is_right) for part in parts] == [
        ("solid", "solid", True), ("plasma", "", False), ("", "liquid", False), ("", "gas", False),
    ]  # fmt: skip
    two = Listing(id="a", stem="s", keys=("red", "green", "blue"), ask_for=2)
    assert [part.expected for part in typed("blue", item=two).parts] == ["blue", "red"]


@pytest.mark.parametrize(
    ("texts", "score"),
    [(("green", "blue"), 1), (("blue",), 0.5), (("red", "pink"), 0.5), (("pink", "rose", "red"), 0)],
)
def test_fewer_may_be_asked_for_than_there_are(texts: tuple[str, ...], score: float) -> None:
    item = Listing(id="a", stem="s", keys=("red", "green", "blue"), ask_for=2)
    assert typed(*texts, item=item).score == score
    assert len(item.interaction().fields) == 2
    assert item.interaction().instruction == "Type 2 answers, in any order."


def test_a_slip_counts_and_is_shown() -> None:
    grade = typed("solit", "liquid", "gas")
    assert grade.score == 1
    assert grade.notice == "Accepted: the usual spelling is solid."


def test_what_is_spelt_right_takes_its_thing_before_a_slip() -> None:
    item = Listing(id="a", stem="s", keys=("planets", "stars"))
    grade = typed("planet", "planets", item=item)
    assert [part.is_right for part in grade.parts[:2]] == [False, True]
    assert grade.parts[0].feedback == "planets: counted once already."


def test_a_wording_of_one_thing_is_no_slip_of_another() -> None:
    item = Listing(id="a", stem="s", keys=(Entry("hearing", ("audition",)), Entry("adding", ("addition",))))
    assert typed("addition", "addition", item=item).score == 0.5
    assert typed("audition", "addition", item=item).score == 1


def test_what_may_be_two_things_is_neither_and_is_not_said_to_be_counted() -> None:
    item = Listing(id="a", stem="s", keys=("stalactite", "stalagmite", "pillar"))
    grade = typed("stalaxmite", item=item)  # a letter off the one, two off the other
    assert grade.parts[0].expected == "stalagmite"
    grade = typed("stalacmite", item=item)  # a letter off either
    assert (grade.score, grade.parts[0].feedback) == (0, "")


def test_a_wording_that_serves_two_things_goes_where_there_is_room() -> None:
    item = Listing(id="a", stem="s", keys=(Entry("mother", ("parent",)), Entry("father", ("parent",))))
    for texts in (("parent", "mother"), ("mother", "parent"), ("parent", "father"), ("parent", "parent")):
        assert typed(*texts, item=item).score == 1, texts
    assert typed("mother", "mother", item=item).score == 0.5


@settings(steady)
@given(
    texts=st.lists(
        st.sampled_from(
            ["alpha", "alpah", "beta", "betta", "b", "gamma", "x", "", "both", "common", "comon"]
        ),
        max_size=4,
    )
)
def test_the_order_of_typing_makes_no_difference(texts: list[str]) -> None:
    item = Listing(
        id="a",
        stem="s",
        keys=(
            Entry("alpha", ("both", "common")),
            Entry("beta", ("both", "b")),
            Entry("gamma", ("common",)),
            "delta",
        ),
    )
    scores = {typed(*order, item=item).score for order in permutations(texts)}
    assert len(scores) == 1


def test_a_count_out_of_reach_and_things_named_twice_are_found() -> None:
    def codes(*keys: str, ask_for: int | None = None) -> list[str]:
        return [problem.code for problem in Listing(id="a", stem="s", keys=keys, ask_for=ask_for).problems()]

    assert codes("a1", "b1", ask_for=2) == []
    assert codes("a1", "b1", ask_for=3) == ["unreachable-range"]
    assert codes("a1", "A1!") == ["duplicate-option"]


def test_one_thing_to_name_reads_well() -> None:
    assert Listing(id="a", stem="s", keys=("one",)).interaction().instruction == "Type your answer."


def test_the_order_counts_where_the_author_is_strict_about_it() -> None:
    item = Listing(id="a", stem="s", keys=("one", "two", "three"), strict=("order",))
    assert typed("one", "two", "three", item=item).score == 1
    assert [part.is_right for part in typed("two", "one", "three", item=item).parts[:3]] == [
        False,
        False,
        True,
    ]
    assert typed("two", "one", "three", item=Listing(id="a", stem="s", keys=item.keys)).score == 1


def test_another_form_counts_and_what_comes_near_says_what_is_missing() -> None:
    item = Listing(id="a", stem="s", keys=("Silicon Valley", "city"))
    grade = typed("Silicon", "cities", item=item)
    assert (grade.score, grade.remark) == (0.5, "that is only part of it")
    assert [part.is_form for part in grade.parts[:2]] == [False, True]
    assert typed("Silicon Valley", "Silicon", item=item).remark == ""


LAKES = Listing(
    id="lakes", stem="Name three lakes.", ask_for=3, keys=("Superior", "Huron", "Michigan", "Erie", "Ontario")
)
ISLANDS = Listing(
    id="islands", stem="Name them.", keys=("Trinidad and Tobago", "Washington, D.C.", "Cuba", "Haiti")
)


@pytest.mark.parametrize(
    ("item", "texts", "given"),
    [
        (LAKES, ("superior, huron",), ("superior", "huron")),
        (LAKES, ("hurn/lake superior and erie",), ("hurn", "lake superior", "erie")),
        (LAKES, ("xolotl, huron; erie, ontario",), ("xolotl", "huron", "erie")),
        (LAKES, ("erie", "superior, huron, ontario"), ("erie", "superior", "huron")),
        (LAKES, ("superior, the largest",), ("superior, the largest",)),
        (LAKES, ("xolotl, quetzal, ara, ibis, huron, erie",), ("xolotl, quetzal, ara, ibis, huron, erie",)),
        (ISLANDS, ("trinidad and tobago",), ("trinidad and tobago",)),
        (ISLANDS, ("cuba, washington, d.c., haiti",), ("cuba", "washington, d.c.", "haiti")),
        (ISLANDS, ("Trinidad and Tobago and Cuba",), ("Trinidad and Tobago", "Cuba")),
        (Listing(id="a", stem="s", keys=("2", "3", "5", "1,000")), ("2,3,1,000",), ("2", "3", "1,000")),
        (Listing(id="a", stem="s", keys=("red", "blue"), ask_for=1), ("red, blue",), ("red, blue",)),
    ],
)
def test_answers_in_one_line_are_several_where_they_are_right(
    item: Listing, texts: tuple[str, ...], given: tuple[str, ...]
) -> None:
    assert tuple(part.given for part in typed(*texts, item=item).parts if part.given) == given


def test_a_comma_separates_entries_where_no_answer_holds_one() -> None:
    assert LAKES.interaction().entries_in(" superior, huron;erie,, 1,000 ") == (
        "superior", "huron", "erie", "1,000",
    )  # fmt: skip
    assert LAKES.interaction().entries_in(" , ") == ()
    assert ISLANDS.interaction().entries_in(" Washington, D.C. ") == ("Washington, D.C.",)
    assert ISLANDS.interaction().entries_in(" ") == ()
    one = Listing(id="a", stem="s", keys=("red", "blue"), ask_for=1)
    assert one.interaction().entries_in("red, blue") == ("red, blue",)


def test_several_words_of_which_some_are_right_are_to_be_typed_apart() -> None:
    assert typed("superior huron", item=LAKES).parts[0].remark == "type each answer by itself"


def test_what_else_would_have_been_right_is_named() -> None:
    assert typed("superior", "huron", item=LAKES).notice == "2 more would have been right: Erie and Ontario."
    assert typed("superior", "huron", "erie", item=LAKES).notice == ""
    colours = tuple(f"{letter}{'-like' * 9}" for letter in "abcde")
    many = Listing(id="a", stem="s", ask_for=2, keys=("red", *colours))
    assert typed("red", item=many).notice == (
        f"4 more would have been right, such as {colours[1]} and {colours[2]}."
    )
    one = Listing(id="a", stem="s", ask_for=2, keys=("red", "green", "blue"))
    assert typed("red", item=one).notice == "One more would have been right: blue."
