"""What is too large is refused at its field or said to be too large to be shown."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from quiz.authoring.check import checked_text
from quiz.authoring.quality import quality_of
from quiz.authoring.schema import bank_schema
from quiz.banks.files import read_bank_text
from quiz.core.content.bank import Bank, Note, Stimulus
from quiz.core.content.item import Item
from quiz.core.content.kinds.cloze import Cloze
from quiz.core.content.kinds.listing import Listing
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.multiple_response import MultipleResponse
from quiz.core.content.kinds.ordering import Ordering
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.content.kinds.sorting import Sorting
from quiz.core.content.kinds.true_false import TrueFalse

BANK = {
    "format": "1",
    "bank": "b",
    "title": "T",
    "items": [{"id": "a", "stem": "S", "key": "K", "distractors": ["x"]}],
}


def codes(bank: dict[str, Any]) -> set[str]:
    return {finding.code for finding in read_bank_text(json.dumps(bank).encode(), "b").findings}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"topics": {f"t{n}": "T" for n in range(2001)}}, "too-many"),
        ({"summary": "x" * 5001}, "too-long"),
        ({"stimuli": {"s": {"code": "x" * 200_001}}}, "too-long"),
        ({"stimuli": {"s": {"table": [["x"]] * 2001}}}, "too-many"),
        ({"stimuli": {"s": {"table": [["x"] * 101]}}}, "too-many"),
        ({"items": [{**BANK["items"][0], "tags": ["t"] * 101}]}, "too-many"),  # type: ignore[dict-item, index]
        ({"items": [{**BANK["items"][0], "hint": "x" * 20_001}]}, "too-long"),  # type: ignore[dict-item, index]
        ({"items": [{"id": "a", "kind": "cloze", "text": "{{x}} " * 101}]}, "too-many"),
    ],
)
def test_every_field_has_a_bound(more: dict[str, Any], code: str) -> None:
    assert codes({**BANK, **more}) == {code}


def unbounded(schema: Any, at: str = "") -> list[str]:
    """Return where a schema holds a text, list or mapping of any size."""
    found: list[str] = []
    if isinstance(schema, dict):
        kinds = schema.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        is_closed = bool({"enum", "const", "pattern"} & schema.keys())
        if "string" in kinds and "maxLength" not in schema and not is_closed:
            found.append(at)
        if "array" in kinds and "maxItems" not in schema:
            found.append(at)
        if "object" in kinds and schema.get("additionalProperties") and "maxProperties" not in schema:
            found.append(at)
        for name, inner in schema.items():
            if name not in {"propertyNames", "if"}:
                found += unbounded(inner, f"{at}/{name}")
    elif isinstance(schema, list):
        for place, inner in enumerate(schema):
            found += unbounded(inner, f"{at}/{place}")
    return found


def test_the_schema_tells_the_bound_of_every_field_but_the_items() -> None:
    assert [at for at in unbounded(bank_schema()) if at != "/properties/items"] == []


def test_what_is_too_large_to_be_shown_is_said() -> None:
    many = {f"m{number}": Note("M", "x") for number in range(21)}
    bank = Bank(
        format=1, bank="b", title="T",
        items=(
            Cloze(id="a", text="{{a}}", cites=("n",), stimulus="c"), Cloze(id="g", text="{{a}} " * 21),
            Cloze(id="c", text="{{a}}" + "x" * 6_000), Cloze(id="l", text="{{a}}" + "\n" * 151),
            Cloze(id="m", text="{{a}}", cites=tuple(many)),
            Cloze(id="n", text="{{a}}", cites=("long", "longer")),
        ),
        notes={
            "n": Note("N", "- x\n" * 301), "w": Note("W", "漢" * 10_001),
            "long": Note("L", "x" * 10_000), "longer": Note("L", "x" * 10_001), **many,
        },
        stimuli={
            "c": Stimulus(code="x" * 10_001), "t": Stimulus(table=(("x",) * 41,) * 50),
            "p": Stimulus(text="word\n\n" * 151), "q": Stimulus(text="x" * 10_001),
            "r": Stimulus(text="word\n" * 501), "s": Stimulus(code="\n" * 1_001),
        },
    )  # fmt: skip
    found = [problem.where for problem in quality_of(bank).problems if problem.code == "too-large-to-show"]
    assert found == [
        ("items", 1),
        ("items", 2),
        ("items", 3),
        ("items", 4),
        ("items", 5),
        ("notes", "n", "text"),
        ("notes", "w", "text"),
        ("stimuli", "c", "code"),
        ("stimuli", "t", "table"),
        ("stimuli", "p", "text"),
        ("stimuli", "q", "text"),
        ("stimuli", "r", "text"),
        ("stimuli", "s", "code"),
    ]


def of_parts(parts: int) -> list[Item]:
    """Return an item of each kind that has so many parts."""
    texts = tuple(f"t{number}" for number in range(parts))
    return [
        Cloze(id="cloze", text="{{a}} " * parts, options={"a": ("b",)}),
        Listing(id="listing", stem="S", keys=texts),
        Matching(
            id="matching", stem="S", pairs={text: f"to {text}" for text in texts[2:]}, distractors=texts[:2]
        ),
        MultipleResponse(id="multiple-response", stem="S", keys=texts[:9], distractors=texts[9:]),
        Ordering(id="ordering", stem="S", order=texts),
        SingleChoice(id="single-choice", stem="S", key="K", distractors=texts),
        Sorting(id="sorting", stem="S", categories={"A": texts[:9], "B": texts[9:]}),
    ]


def test_too_many_parts_are_said_of_every_kind_that_has_parts() -> None:
    many = of_parts(21)
    bank = Bank(format=1, bank="b", title="T", items=(*of_parts(20), *many))
    found = [problem for problem in quality_of(bank).problems if problem.code == "too-large-to-show"]
    assert [problem.message for problem in found] == ["This item has 21 parts."] * len(many)
    assert [problem.where[1] for problem in found] == list(range(len(many), 2 * len(many)))


def test_too_many_gaps_to_type_in_are_said() -> None:
    items = [Cloze(id=f"i{gaps}", text="{{a}} " * gaps + "{{b}}", options={"b": ("c",)}) for gaps in (8, 9)]
    bank = Bank(format=1, bank="b", title="T", items=tuple(items))
    said = [one.message for one in quality_of(bank).problems if one.code == "too-large-to-show"]
    assert said == ["This item has 9 gaps to type in."]


def test_an_item_that_is_too_large_is_found_at_its_place_after_one_that_cannot_be_read() -> None:
    large = {"id": "g", "kind": "cloze", "text": "{{a}} " * 21}
    data = json.dumps({**BANK, "items": [{"id": "broken", "stem": "S"}, large]}, indent=1).encode()
    found = [one for one in checked_text(data, "b.json").findings if one.code == "too-large-to-show"]
    assert [(one.item, one.path) for one in found] == [("g", "items[1]")]


def test_a_bank_of_very_many_items_is_found() -> None:
    items = [TrueFalse(id=f"i{number}", stem="S", key=True) for number in range(3_001)]
    one_less = Bank(format=1, bank="b", title="T", items=tuple(items[1:]))
    found = [
        [(one.where, one.message) for one in quality_of(bank).problems if one.code == "too-large-to-show"]
        for bank in (one_less, msgspec.structs.replace(one_less, items=tuple(items)))
    ]
    assert found == [[], [(("items",), "This bank has 3,001 items, more than 3,000.")]]
