"""Ordering, matching and sorting."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.diagnostics import Severity
from quiz.core.content.grading import Entered, Matched, Ordered, Sorted
from quiz.core.content.item import Item, Option
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.ordering import Ordering
from quiz.core.content.kinds.sorting import Sorting
from tests.strategies import items, steady

PLANETS = Ordering(id="planets", stem="Order.", order=("Mercury", "Venus", "Earth", "Mars"))
CAPITALS = Matching(
    id="capitals",
    stem="Match.",
    pairs={"France": "Paris", "Italy": "Rome", "Spain": Option("Madrid", "Since 1561.")},
    distractors=(Option("Lisbon", "That is Portugal's."), "Berne"),
)
PLANTS = Sorting(
    id="plants",
    stem="Sort.",
    categories={"Fruit": ("Apple", Option("Tomato", "It holds seeds.")), "Vegetable": ("Carrot",)},
)


# --------------------------------------------------------------------------- ordering


@pytest.mark.parametrize(
    ("order", "score"),
    [
        (("Mercury", "Venus", "Earth", "Mars"), 1),
        (("Venus", "Earth", "Mars", "Mercury"), 2 / 3),
        (("Mars", "Mercury", "Venus", "Earth"), 2 / 3),
        (("Earth", "Mars", "Mercury", "Venus"), 2 / 3),
        (("Venus", "Mercury", "Earth", "Mars"), 1 / 3),
        (("Mars", "Earth", "Venus", "Mercury"), 0),
        (("Mercury", "Earth", "Venus", "Mars"), 0),
        (("Mercury", "Venus", "Earth"), 0),
        (("Mercury", "Venus", "Earth", "Mars", "Mars"), 0),
        (("Mercury", "Venus", "Earth", "Pluto"), 0),
        ((), 0),
    ],
)
def test_an_order_gets_the_share_of_neighbours_kept(order: tuple[str, ...], score: float) -> None:
    assert PLANETS.grade(Ordered(order)).score == pytest.approx(score)


def test_only_one_order_of_all_is_full_and_none_but_it_has_all_places_right() -> None:
    scores = {order: PLANETS.grade(Ordered(order)) for order in permutations(PLANETS.order)}
    assert [order for order, grade in scores.items() if grade.score == 1] == [PLANETS.order]
    for order, grade in scores.items():
        assert [part.is_right for part in grade.parts] == [
            a == b for a, b in zip(order, PLANETS.order, strict=True)
        ]


def test_every_place_is_shown_even_where_nothing_was_put() -> None:
    parts = PLANETS.grade(Ordered(("Venus",))).parts
    assert [part.given for part in parts] == ["Venus", "", "", ""]
    assert [part.expected for part in parts] == list(PLANETS.order)
    assert not any(part.is_right for part in parts)


@settings(steady)
@given(item=items("ordering"), data=st.data())
def test_the_score_of_any_order_is_the_formula(item: Ordering, data: st.DataObject) -> None:
    drawn = data.draw(st.permutations(item.order))
    kept = sum(
        drawn[place + 1 : place + 2] == [item.order[item.order.index(entry) + 1]]
        for place, entry in enumerate(drawn)
        if item.order.index(entry) + 1 < len(item.order)
    )
    assert item.grade(Ordered(tuple(drawn))).score == pytest.approx(kept / (len(item.order) - 1))


def test_an_order_is_complete_when_every_entry_has_its_place() -> None:
    interaction = PLANETS.interaction()
    assert interaction.is_complete(Ordered(tuple(reversed(PLANETS.order))))
    assert not interaction.is_complete(Ordered(PLANETS.order[:3]))
    assert not interaction.is_complete(Ordered((*PLANETS.order[:3], "Pluto")))
    assert not interaction.is_complete(Entered(PLANETS.order))


# --------------------------------------------------------------------------- matching


@pytest.mark.parametrize(
    ("pairs", "score"),
    [
        ({"France": "Paris", "Italy": "Rome", "Spain": "Madrid"}, 1),
        ({"France": "Paris", "Italy": "Madrid", "Spain": "Madrid"}, 2 / 3),
        ({"France": "Paris"}, 1 / 3),
        ({"France": "Rome", "Italy": "Paris", "Spain": "Lisbon"}, 0),
        ({"Portugal": "Lisbon"}, 0),
        ({}, 0),
    ],
)
def test_every_pair_gets_the_same_share(pairs: dict[str, str], score: float) -> None:
    assert CAPITALS.grade(Matched(pairs)).score == pytest.approx(score)


def test_what_was_given_speaks_for_each_pair() -> None:
    grade = CAPITALS.grade(Matched({"France": "Lisbon", "Italy": "Madrid", "Spain": "Berne"}))
    assert [part.feedback for part in grade.parts] == ["That is Portugal's.", "Since 1561.", ""]
    assert [part.given for part in grade.parts] == ["Lisbon", "Madrid", "Berne"]
    assert [part.expected for part in grade.parts] == ["Paris", "Rome", "Madrid"]
    assert CAPITALS.grade(Matched({"Spain": "Madrid"})).feedback == ("Since 1561.",)


def test_a_right_side_that_several_share_is_shown_once_and_each_pair_keeps_its_feedback() -> None:
    item = Matching(
        id="continents",
        stem="Match.",
        pairs={"Peru": Option("America", "In its south."), "Cuba": "America", "Kenya": "Africa"},
    )
    assert item.interaction().rights == ("America", "Africa")
    right = item.grade(item.key_response())
    assert [part.feedback for part in right.parts] == ["In its south.", "", ""]
    wrong = item.grade(Matched({"Kenya": "America"}))
    assert [part.feedback for part in wrong.parts] == ["", "", "In its south."]


def test_a_match_is_complete_when_every_left_side_has_one_of_the_right() -> None:
    interaction = CAPITALS.interaction()
    assert interaction.rights == ("Paris", "Rome", "Madrid", "Lisbon", "Berne")
    assert interaction.is_complete(Matched({"France": "Rome", "Italy": "Rome", "Spain": "Rome"}))
    assert not interaction.is_complete(Matched({"France": "Rome", "Italy": "Rome"}))
    assert not interaction.is_complete(Matched({"France": "Rome", "Italy": "Rome", "Spain": "Oslo"}))


def severities(item: Item) -> list[tuple[str, Severity]]:
    return [(problem.code, problem.severity) for problem in item.problems()]


def test_sides_that_nobody_can_tell_apart_are_errors() -> None:
    def matching(pairs: dict[str, str], *distractors: str) -> Matching:
        return Matching(id="a", stem="s", pairs=pairs, distractors=distractors)

    assert severities(matching({"a1": "b", "c1": "d"}, "e")) == []
    assert severities(matching({"a1": "b", "c1": "b"}, "e")) == []
    assert severities(matching({"a1": "b", "c1": "d"}, "d")) == [("key-among-distractors", Severity.ERROR)]
    assert severities(matching({"a1": "b", "c1": "d"}, "e", "e")) == [("duplicate-option", Severity.ERROR)]
    assert severities(matching({"a1": "b", "A1": "d"})) == []
    assert severities(matching({"a1": "b", "a1 ": "d"})) == [("duplicate-option", Severity.ERROR)]
    assert severities(matching({"a1": "b", "c1": "B!"})) == []


def test_sides_called_text_and_feedback_are_sides_like_any() -> None:
    first = Matching(id="a", stem="s", pairs={"text": "one", "feedback": "two"})
    other = Matching(id="a", stem="s", pairs={"text": "one", "feedback": "three"})
    assert first.fingerprint != other.fingerprint


def test_equal_entries_stand_for_each_other_and_only_the_whole_order_is_full() -> None:
    item = Ordering(id="a", stem="s", order=("sell", "buy", "sell", "hold", "sell"))
    assert list(item.problems()) == []
    assert item.grade(Ordered(item.order)).score == 1
    assert item.grade(Ordered(("sell", "hold", "sell", "buy", "sell"))).score == 0.75
    assert item.grade(Ordered(("sell", "buy", "sell", "hold"))).score == 0
    assert [problem.code for problem in Ordering(id="a", stem="s", order=("x", "x")).problems()] == [
        "duplicate-option"
    ]


# --------------------------------------------------------------------------- sorting


@pytest.mark.parametrize(
    ("bins", "score"),
    [
        ({"Apple": "Fruit", "Tomato": "Fruit", "Carrot": "Vegetable"}, 1),
        ({"Apple": "Fruit", "Tomato": "Vegetable", "Carrot": "Vegetable"}, 2 / 3),
        ({"Carrot": "Vegetable"}, 1 / 3),
        ({"Apple": "Vegetable", "Tomato": "Vegetable", "Carrot": "Fruit"}, 0),
        ({"Apple": "Nut"}, 0),
        ({}, 0),
    ],
)
def test_every_member_gets_the_same_share(bins: dict[str, str], score: float) -> None:
    assert PLANTS.grade(Sorted(bins)).score == pytest.approx(score)


def test_a_member_speaks_when_it_was_put_elsewhere() -> None:
    assert PLANTS.grade(Sorted({"Tomato": "Vegetable"})).feedback == ("It holds seeds.",)
    assert PLANTS.grade(Sorted({"Tomato": "Fruit"})).feedback == ()
    assert PLANTS.grade(Sorted({})).feedback == ()


def test_a_sorting_is_complete_when_every_member_is_in_a_bin() -> None:
    interaction = PLANTS.interaction()
    assert interaction.members == ("Apple", "Tomato", "Carrot")
    assert interaction.bins == ("Fruit", "Vegetable")
    assert interaction.is_complete(Sorted(dict.fromkeys(interaction.members, "Fruit")))
    assert not interaction.is_complete(Sorted({"Apple": "Fruit", "Tomato": "Fruit"}))
    assert not interaction.is_complete(Sorted(dict.fromkeys(interaction.members, "Nut")))


def test_members_in_two_places_and_empty_categories_are_found() -> None:
    def sorting(**categories: tuple[str, ...]) -> Sorting:
        return Sorting(id="a", stem="s", categories=categories)

    assert severities(sorting(one=("a1",), two=("b1",))) == []
    assert severities(sorting(one=("a1",), two=("a1",))) == [("duplicate-option", Severity.ERROR)]
    assert severities(sorting(one=("a1", "a1"), two=("b1",))) == [("duplicate-option", Severity.ERROR)]
    assert severities(sorting(one=("a1",), two=("A1",))) == []
    assert severities(sorting(one=("a1",), two=())) == [("empty-category", Severity.ERROR)]


def test_categories_called_text_and_feedback_are_categories_like_any() -> None:
    first = Sorting(id="a", stem="s", categories={"text": ("one",), "feedback": ("two",)})
    other = Sorting(id="a", stem="s", categories={"text": ("one",), "feedback": ("three",)})
    assert first.fingerprint != other.fingerprint
