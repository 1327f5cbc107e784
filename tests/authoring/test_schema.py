"""The JSON Schema agrees with what the loader reads."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from jsonschema import Draft7Validator

from quiz.authoring.schema import bank_schema
from quiz.banks.files import read_bank_text
from quiz.core.content.bank import Bank
from quiz.core.content.kinds import DEFAULT_KIND, all_kinds

SHIPPED = sorted((Path(__file__).parents[2] / "questions").glob("*.yaml"))
HEAD: dict[str, Any] = {"format": 1, "bank": "b", "title": "T"}


@cache
def schema() -> dict[str, Any]:
    return bank_schema()


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(schema())


def is_valid(data: Any) -> bool:
    return bool(validator().is_valid(data))


def is_read(data: Any) -> bool:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return read_bank_text(text.encode(), "b.yaml").bank is not None


def example(kind: str) -> dict[str, Any]:
    data = yaml.safe_load(all_kinds()[kind].example)
    assert isinstance(data, dict)
    return data


def bank_with(*items: Any, **fields: Any) -> dict[str, Any]:
    return {**HEAD, **fields, "items": list(items)}


def test_it_is_draft_7() -> None:
    Draft7Validator.check_schema(schema())
    assert schema()["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_banks_are_accepted(path: Path) -> None:
    errors = [
        error.message for error in validator().iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    assert errors == []


@pytest.mark.parametrize("kind", all_kinds())
def test_every_kind_is_accepted_and_its_faults_are_not(kind: str) -> None:
    item = example(kind)
    assert is_valid(bank_with(item))
    assert not is_valid(bank_with({**item, "rationalle": "x"}))
    for name in msgspec.structs.fields(all_kinds()[kind]):
        if name.required:
            short = {field: value for field, value in item.items() if field != name.name}
            assert is_valid(bank_with(short)) is is_read(bank_with(short)) is False, name.name


def test_the_default_kind_goes_without_saying() -> None:
    item = example(DEFAULT_KIND)
    del item["kind"]
    assert is_valid(bank_with(item))
    other = example("numeric")
    del other["kind"]
    assert not is_valid(bank_with(other))
    assert not is_valid(bank_with({**item, "kind": "essay"}))


CHANGES: dict[str, Any] = {
    "no format": {"format": 2},
    "a bad id": {"bank": "My Bank"},
    "a text that is a number": {"title": 1984},
    "a text that is true": {"summary": True},
    "a list for a text": {"title": ["x"]},
    "an unknown field": {"titel": "x"},
    "a topic": {"topics": {"a": "A"}},
    "a topic with a bad id": {"topics": {"A b": "A"}},
    "a note": {"notes": {"n": {"title": "N", "text": "x", "facts": ["y", 3]}}},
    "a note without text": {"notes": {"n": {"title": "N"}}},
    "a table": {"stimuli": {"s": {"table": [["a", 1], [2, "b"]]}}},
    "no items": {"items": []},
    "an ignored code": {"lint": {"ignore": ["long-key"], "reason": "x"}},
    "a language": {"language": "pt-BR"},
    "no language": {"language": "English please"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_takes_what_the_loader_takes(change: str) -> None:
    data = {**bank_with(example(DEFAULT_KIND)), **CHANGES[change]}
    assert is_valid(data) is is_read(data)


ITEM_CHANGES: dict[str, Any] = {
    "heavy": {"weight": 2.5},
    "weightless": {"weight": 0},
    "too heavy": {"weight": 101},
    "a text for a weight": {"weight": "much"},
    "unshuffled": {"shuffle": False},
    "a word for true": {"shuffle": "never"},
    "hard": {"difficulty": "hard"},
    "too hard": {"difficulty": "impossible"},
    "an option with feedback": {"key": {"text": "Paris", "feedback": "Yes."}},
    "an option with more": {"key": {"text": "Paris", "points": 1}},
    "a number for an option": {"key": 7},
    "no distractors": {"distractors": []},
    "tags": {"tags": ["a", 2]},
    "a number for an id": {"id": 2010},
    "an empty stem": {"stem": ""},
}


@pytest.mark.parametrize("change", ITEM_CHANGES)
def test_it_takes_the_items_that_the_loader_takes(change: str) -> None:
    data = bank_with({**example(DEFAULT_KIND), **ITEM_CHANGES[change]})
    assert is_valid(data) is is_read(data)


def test_every_field_is_described_for_people() -> None:
    described = [("bank", schema()), *schema()["definitions"].items()]
    for name, part in described:
        for field, held in part["properties"].items():
            assert held.get("description", "").endswith("."), (name, field)
    assert set(schema()["properties"]) == set(Bank.__struct_fields__)


def test_values_are_offered_in_the_order_they_are_declared() -> None:
    fields = schema()["definitions"]["numeric"]["properties"]
    assert fields["difficulty"]["enum"] == ["easy", "medium", "hard"]
    assert fields["shuffle"]["default"] is True
