"""What every kind of item promises. A kind is tested here from the moment its file exists."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quiz.core.content.kinds
from quiz.core.content.grading import Grade, Ordered, Response
from quiz.core.content.interaction import Choose, Interaction, Match, Order, Sort
from quiz.core.content.item import Item
from tests.core.content.kinds.contract import (
    KINDS,
    SHUFFLED,
    each_kind,
    each_time,
    example_data,
    leaves,
    with_leaf,
)
from tests.strategies import (
    ITEMS,
    example_of,
    items,
    parsed,
    responses_to,
    steady,
    unicode_text,
)


def test_the_kinds_of_the_design_are_there() -> None:
    assert set(KINDS) >= {
        "single-choice", "multiple-response", "true-false", "short-answer", "numeric", "cloze", "listing",
        "ordering", "matching", "sorting", "flashcard",
    }  # fmt: skip
    assert list(KINDS) == sorted(KINDS)
    assert quiz.core.content.kinds.DEFAULT_KIND in KINDS


@pytest.mark.parametrize("kind", ITEMS)
def test_kinds_have_strategies_that_draw_them(kind: str) -> None:
    assert kind in KINDS


@each_kind
def test_its_example_is_a_sound_item_that_shows_its_fields(kind: str) -> None:
    data = example_data(kind)
    item = parsed(data, kind)
    assert type(item) is KINDS[kind]
    assert item.kind == data["kind"] == kind
    assert list(item.problems()) == []
    assert item.rationale
    own = set(KINDS[kind].__struct_fields__) - set(Item.__struct_fields__)
    shown = own & set(data)
    required = {field.name for field in msgspec.structs.fields(KINDS[kind]) if field.required}
    assert required - {"id", "stem"} <= shown


@each_kind
def test_it_says_what_it_is_for(kind: str) -> None:
    assert KINDS[kind].summary[0].isupper()
    assert KINDS[kind].summary.endswith(".")
    assert KINDS[kind].__doc__


@each_kind
def test_an_unknown_field_is_refused_by_name(kind: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `rationalle`"):
        parsed({**example_data(kind), "rationalle": "x"}, kind)


@each_kind
def test_an_unknown_field_of_an_option_is_refused_by_name(kind: str) -> None:
    data = example_data(kind)
    options = [path[:-1] for path, _ in leaves(data) if path[-1] == "feedback" and len(path) > 1]
    for path in options:
        with pytest.raises(msgspec.ValidationError, match="unknown field `feedbak`"):
            parsed(with_leaf(data, (*path, "feedbak"), "x"), kind)


@each_kind
def test_a_missing_field_is_refused_by_name(kind: str) -> None:
    data = example_data(kind)
    required = [field.name for field in msgspec.structs.fields(KINDS[kind]) if field.required]
    assert "id" in required
    for name in required:
        short = {field: value for field, value in data.items() if field != name}
        with pytest.raises(msgspec.ValidationError, match=f"missing required field `{name}`"):
            parsed(short, kind)


@each_kind
def test_a_field_of_another_shape_is_refused_with_its_place(kind: str) -> None:
    for name in set(example_data(kind)) - {"kind"}:
        with pytest.raises(msgspec.ValidationError, match=rf"\$\.{name}"):
            parsed({**example_data(kind), name: [["a", ["list"]]]}, kind)


# --------------------------------------------------------------------------- as plain data


@each_kind
@each_time
@given(data=st.data())
def test_all_of_it_survives_json(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind))
    arranged = item.interaction().arranged(Random(1))
    response = data.draw(responses_to(arranged, unicode_text))
    assert msgspec.json.decode(msgspec.json.encode(response), type=Response) == response
    grade = item.grade(response)
    assert msgspec.json.decode(msgspec.json.encode(grade), type=Grade) == grade
    assert msgspec.json.decode(msgspec.json.encode(arranged), type=Interaction) == arranged
    assert msgspec.json.decode(msgspec.json.encode(item), type=KINDS[kind]) == item


@each_kind
@each_time
@given(data=st.data())
def test_its_key_can_be_read(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind))
    assert item.key_text().strip()
    assert example_of(kind).key_text().strip()


@each_kind
def test_every_text_of_it_can_be_checked(kind: str) -> None:
    data = example_data(kind)
    checked = {text for _, text in example_of(kind).fields_to_check()}
    texts = {text for path, text in leaves(data) if path[0] != "key" or kind != "true-false"}
    assert texts <= checked


# --------------------------------------------------------------------------- the interaction


def parts_of(interaction: Interaction) -> list[tuple[str, ...]]:
    """Return the sequences that an interaction shows and may shuffle."""
    match interaction:
        case Choose(options):
            return [options]
        case Order(entries):
            return [entries]
        case Match(lefts, rights):
            return [lefts, rights]
        case Sort(members):
            return [members]
    return []


@each_kind
@each_time
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_an_arrangement_is_a_permutation_that_a_seed_decides(
    kind: str, data: st.DataObject, seed: int
) -> None:
    interaction = data.draw(items(kind)).interaction()
    arranged = interaction.arranged(Random(seed))
    assert arranged == interaction.arranged(Random(seed))
    for before, after in zip(parts_of(interaction), parts_of(arranged), strict=True):
        assert sorted(after) == sorted(before)
    same = {"options", "entries", "lefts", "rights", "members"}
    for name in interaction.__struct_fields__:
        assert name in same or getattr(arranged, name) == getattr(interaction, name)


@each_kind
@each_time
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_shuffle_false_keeps_the_order(kind: str, data: st.DataObject, seed: int) -> None:
    item = msgspec.structs.replace(data.draw(items(kind)), shuffle=False)
    assert item.interaction().arranged(Random(seed)) == item.interaction()


@pytest.mark.parametrize("kind", SHUFFLED)
def test_arrangements_differ_from_seed_to_seed(kind: str) -> None:
    item = example_of(kind)
    arranged = [tuple(parts_of(item.interaction().arranged(Random(seed)))) for seed in range(40)]
    for place in range(len(arranged[0])):
        assert len({parts[place] for parts in arranged}) > 1


def test_true_and_false_keep_their_order() -> None:
    assert "true-false" not in SHUFFLED
    for seed in range(40):
        assert example_of("true-false").interaction().arranged(Random(seed)).options == ("True", "False")


@settings(steady)
@given(item=items("ordering"), seed=st.integers(0, 2**32))
def test_an_ordering_never_begins_solved(item: Item, seed: int) -> None:
    arranged = msgspec.structs.replace(item, shuffle=True).interaction().arranged(Random(seed))
    assert item.grade(Ordered(arranged.entries)).score < 1


@each_kind
@each_time
@given(data=st.data())
def test_it_says_what_to_do(kind: str, data: st.DataObject) -> None:
    instruction = data.draw(items(kind)).interaction().instruction
    assert instruction[0].isupper()
    assert instruction.endswith(".")
    assert "1 answers" not in instruction
    assert "1 gaps" not in instruction
