"""Forms: in proportion to the topics, the same for the same seed, named by a code."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.content.bank import Bank
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.exam.blueprint import (
    FORMS,
    SEEDS,
    Blueprint,
    apportioned,
    drawn,
    shares,
    supply,
)

SIZES = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 30), max_size=8)


def bank(name: str = "b", sizes: dict[str, int] | None = None) -> Bank:
    """Return a bank with so many items in each topic; every third item has the tag “third”."""
    sizes = sizes or {"big": 12, "middle": 6, "small": 2}
    items = tuple(
        SingleChoice(
            id=f"{topic}-{number}", topic=topic, stem=f"{topic} {number}?", key="right", distractors=("no",),
            tags=("third",) if number % 3 == 0 else (),
        )
        for topic, size in sizes.items()
        for number in range(size)
    )  # fmt: skip
    return Bank(
        format=1, bank=name, title=name, topics={topic: topic.title() for topic in sizes}, items=items
    )


def asked(blueprint: Blueprint, *banks: Bank) -> dict[str, int]:
    return {share.topic: share.asked for share in shares(banks or [bank()], blueprint)}


@given(SIZES, st.integers(-3, 200))
def test_shares_add_up_and_keep_within_one_of_the_quota(sizes: dict[str, int], total: int) -> None:
    given_out = apportioned(sizes, total)
    whole = sum(sizes.values())
    expected = max(0, min(total, whole))
    assert sum(given_out.values()) == expected
    for key, size in sizes.items():
        assert 0 <= given_out[key] <= size
        if whole:
            assert abs(given_out[key] - expected * size / whole) < 1


def test_topics_are_asked_in_proportion() -> None:
    assert asked(Blueprint(items=10)) == {"big": 6, "middle": 3, "small": 1}


def test_what_there_is_to_ask_is_counted_beside_what_is_asked() -> None:
    told = supply([bank(), bank("c", {"big": 3})], Blueprint(items=8, topics=("big",)))
    assert told.available == {"big": 15, "middle": 6, "small": 2}
    assert told.by_bank == {"b": 20, "c": 3}
    assert told.asked == {"big": 8, "middle": 0, "small": 0}
    assert (told.total, told.most) == (8, 15)


def test_without_a_number_all_items_are_asked() -> None:
    assert len(drawn([bank()], Blueprint(), 1)) == 20


def test_more_items_than_there_are_is_all_of_them() -> None:
    assert len(drawn([bank()], Blueprint(items=500), 1)) == 20


def test_a_topic_may_have_a_count_of_its_own() -> None:
    assert asked(Blueprint(items=8, counts={"small": 2})) == {"small": 2, "big": 4, "middle": 2}


def test_a_count_beyond_the_topic_takes_what_there_is() -> None:
    assert asked(Blueprint(items=8, counts={"small": 7}))["small"] == 2


def test_topics_and_tags_narrow() -> None:
    refs = drawn([bank()], Blueprint(topics=("big", "small"), tags=("third",)), 1)
    assert sorted(ref.item for ref in refs) == ["big-0", "big-3", "big-6", "big-9", "small-0"]


def test_the_order_in_which_banks_are_named_does_not_matter() -> None:
    one, other = bank("one"), bank("other")
    forms = {drawn(banks, Blueprint(items=9), 7) for banks in itertools.permutations([one, other, one])}
    assert len(forms) == 1


def test_unshuffled_items_keep_the_banks_order() -> None:
    refs = drawn([bank()], Blueprint(items=10, shuffle=False), 3)
    order = [item.id for item in bank().items]
    assert [ref.item for ref in refs] == sorted((ref.item for ref in refs), key=order.index)


def test_another_seed_is_another_form() -> None:
    forms = {drawn([bank()], Blueprint(items=10), seed) for seed in range(20)}
    assert len(forms) == 20


def test_a_form_is_the_same_on_every_machine() -> None:
    refs = drawn([bank()], Blueprint(items=6), 645631485)
    assert [ref.item for ref in refs] == ["big-1", "middle-1", "middle-3", "big-2", "big-8", "big-11"]


def test_flashcards_are_left_out() -> None:
    card = Flashcard(id="card", stem="Front", back="Back")
    mixed = Bank(format=1, bank="b", title="b", items=(*bank(sizes={"": 2}).items, card))
    assert ItemRef("b", "card") not in drawn([mixed], Blueprint(), 1)


@given(st.integers(0, 1000))
def test_items_about_the_same_stimulus_stay_together_in_their_order(seed: int) -> None:
    items = tuple(
        SingleChoice(
            id=f"i{n}", stem=f"{n}?", key="right", distractors=("wrong",), stimulus="s" * (n in {1, 4, 6})
        )
        for n in range(8)
    )
    refs = [ref.item for ref in drawn([Bank(format=1, bank="b", title="b", items=items)], Blueprint(), seed)]
    at = refs.index("i1")
    assert refs[at : at + 3] == ["i1", "i4", "i6"]
    assert len(refs) == 8


@given(st.integers(0, SEEDS - 1), st.integers(1, FORMS - 1))
def test_other_forms_hold_the_same_items_in_another_order(seed: int, form: int) -> None:
    one, other = (drawn([bank()], Blueprint(items=12), seed + number * SEEDS) for number in (0, form))
    assert set(one) == set(other)
    assert one != other
