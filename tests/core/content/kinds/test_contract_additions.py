"""What items of every kind may hold beside their fields: pictures, markup, strictness, a way back."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest

from quiz.authoring.schema import bank_schema
from quiz.banks.files import read_bank_text
from quiz.core.content.bank import Bank
from quiz.core.content.images import images_of
from quiz.core.content.reversal import as_written
from quiz.core.content.typed_item import TypedItem
from quiz.core.session import BankItem
from quiz.plain.console import Console
from quiz.plain.prompts import say_item
from tests.core.content.kinds.contract import KINDS, each_kind, example_data

IMAGE = {"file": "p.png", "alt": "A map of it", "credit": "Somebody"}
TYPED = [kind for kind in KINDS if issubclass(KINDS[kind], TypedItem)]
BOTH_WAYS = [kind for kind in KINDS if "reverse" in KINDS[kind].__struct_fields__]


def data_of(kind: str) -> dict[str, Any]:
    """Return the example of a kind as it would stand in JSON."""
    return {name: {"true": True}.get(str(value), value) for name, value in example_data(kind).items()}


def bank_of(data: dict[str, Any], **more: Any) -> Bank:
    """Return the bank that holds an item, read as from a file."""
    written = {"format": 1, "bank": "b", "title": "T", "items": [data], **more}
    read = read_bank_text(json.dumps(written).encode(), "b.yaml")
    assert read.bank is not None, read.findings
    return read.bank


def is_valid(data: dict[str, Any], **more: Any) -> bool:
    """Say whether the schema takes a bank with an item."""
    from jsonschema import Draft7Validator

    written = {"format": 1, "bank": "b", "title": "T", "items": [data], **more}
    return bool(Draft7Validator(bank_schema()).is_valid(written))


@each_kind
def test_it_may_have_a_picture_that_plain_mode_puts_in_words(kind: str) -> None:
    data = {**data_of(kind), "image": IMAGE}
    bank = bank_of(data)
    assert is_valid(data)
    assert [(where, image.alt) for where, image in images_of(bank)] == [
        (("items", 0, "image"), "A map of it")
    ]
    said = StringIO()
    say_item(Console(StringIO(), said), BankItem(bank, bank.items[0]))
    assert "Picture: A map of it (Somebody)" in said.getvalue()


@each_kind
def test_a_picture_makes_another_task_of_it(kind: str) -> None:
    plain, pictured = bank_of(data_of(kind)), bank_of({**data_of(kind), "image": IMAGE})
    assert plain.items[0].fingerprint != pictured.items[0].fingerprint


@each_kind
def test_its_key_is_right_whatever_its_bank_reads_or_is_strict_about(kind: str) -> None:
    more = {"markup": ["code", "maths"], "strict": "all"}
    bank = bank_of(data_of(kind), **more)
    item = bank.items[0]
    assert is_valid(data_of(kind), **more)
    assert bank.reads == {"code", "maths"}
    assert item.grade(item.key_response(), bank.answer_rules()).score == 1


@each_kind
def test_what_is_strict_is_asked_for_where_words_are_typed_and_nowhere_else(kind: str) -> None:
    data = {**data_of(kind), "strict": ["spelling", "case"]}
    written = {"format": 1, "bank": "b", "title": "T", "items": [data]}
    findings = read_bank_text(json.dumps(written).encode(), "b.yaml").findings
    assert [finding.code for finding in findings] == ([] if kind in TYPED else ["unknown-field"])
    assert is_valid(data) is (kind in TYPED)


def test_words_are_typed_in_three_kinds_and_two_are_asked_both_ways() -> None:
    assert TYPED == ["cloze", "listing", "short-answer"]
    assert BOTH_WAYS == ["flashcard", "short-answer"]


@pytest.mark.parametrize("kind", BOTH_WAYS)
def test_the_way_back_asks_for_the_stem(kind: str) -> None:
    data = {**data_of(kind), "reverse": True}
    bank = bank_of(data)
    there, back = bank.items
    assert is_valid(data)
    assert back.id == f"{there.id}--reverse"
    assert (back.stem, back.key_text()) == (there.key_text(), there.stem)
    assert back.grade(back.key_response(), bank.answer_rules()).score == 1
    assert as_written(bank).items == (there,)
