"""What every format promises, checked for each that is found."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.core.content.kinds import all_kinds
from quiz.core.text.numbers import parse_number
from quiz.exchange.declaration import ESSENTIAL, ForeignFile, Format, Loss, fields_in_use, losses_of
from quiz.exchange.formats import all_formats, recognised
from tests.exchange.formats.samples import bank_of, sample_of
from tests.sampling import tries
from tests.strategies import items, steady

TWO_WAY = [form for form in all_formats().values() if form.read and form.write]
WAYS = [
    pytest.param(form, kind, id=f"{form.name}-{kind}") for form in TWO_WAY for kind in sorted(form.writes)
]


def spaceless(value: Any) -> Any:
    """Return texts with single spaces between their words, and nothing in them that no file could keep."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {spaceless(name): spaceless(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [spaceless(inner) for inner in value]
    return value


def without(value: Any, names: set[str]) -> Any:
    """Return plain data without fields of certain names and those that are empty, mere texts as such."""
    if isinstance(value, dict):
        held = {name: inner for name, inner in value.items() if name not in names and inner is not None}
        kept = {name: without(inner, names) for name, inner in held.items()}
        return kept["text"] if set(kept) == {"text"} else kept
    if isinstance(value, (list, tuple)):
        return [without(inner, names) for inner in value]
    return value


def kept_of(item: Item, form: Format) -> dict[str, Any]:
    """Return what a format says it keeps of an item, in plain data."""
    kept = form.writes[item.kind] | ESSENTIAL
    plain = {name: value for name, value in msgspec.to_builtins(item).items() if name in kept}
    nested = {name for name in ("feedback", "accept", "image") if name not in kept}
    plain = without(plain, nested)
    if item.kind == "numeric":
        key = plain["key"]
        plain |= {name: value_of(plain[name], key) for name in {"key", "tolerance"} & set(plain)}
    return {name: value for name, value in spaceless(plain).items() if value not in ("", [], {}, None)}


def value_of(written: str, key: str) -> Fraction | None:
    """Return a number however it is written; a per cent of the key as what it comes to."""
    number = parse_number(written.removesuffix("%").strip())
    if number is None or not written.endswith("%"):
        return number or None
    return (abs(parse_number(key) or 0) * number / 100) or None


def there_and_back(form: Format, bank: Bank) -> tuple[Bank | None, tuple[Loss, ...]]:
    """Return a bank after a journey, and what was said to be lost beyond the declaration."""
    assert form.read
    assert form.write
    written = form.write(bank, {})
    if any("as a whole" in loss.what for loss in written.losses):
        return None, written.losses
    source = ForeignFile(f"a-bank{form.endings[0]}", written.data)
    imported = form.read(source)
    assert imported.refusals == (), imported.refusals
    return imported.bank, written.losses


@pytest.mark.parametrize(("form", "kind"), WAYS)
@given(data=st.data())
@settings(steady, max_examples=tries(8))
def test_what_is_said_to_be_kept_is_kept(form: Format, kind: str, data: st.DataObject) -> None:
    assert_kept(form, data.draw(items(kind)))


def assert_kept(form: Format, item: Item) -> None:
    """Send an item there and back, and compare what the declaration says is kept."""
    bank = bank_of(item)
    back, losses = there_and_back(form, bank)
    if any("as a whole" in loss.what for loss in losses):
        return
    assert back is not None
    (found,) = back.items
    if item.kind in form.becomes:
        assert found.kind == form.becomes[item.kind]
    elif not losses:
        topic = "first-topic" if "topic" in form.writes[item.kind] else ""
        assert kept_of(msgspec.structs.replace(found, topic=topic), form) == kept_of(bank.items[0], form)
    if "topic" in form.writes[item.kind]:
        assert back.topics.get(found.topic) == "First topic"
    if "id" in form.writes[item.kind]:
        assert found.id == "item-0"


@pytest.mark.parametrize("form", TWO_WAY, ids=lambda form: form.name)
def test_what_it_writes_it_recognises(form: Format) -> None:
    assert recognised(sample_of(form)) is form


@pytest.mark.parametrize("form", all_formats().values(), ids=lambda form: form.name)
def test_what_it_declares_makes_sense(form: Format) -> None:
    kinds = set(all_kinds())
    assert form.reads <= kinds
    assert set(form.writes) <= kinds
    assert set(form.becomes) <= set(form.writes)
    assert bool(form.reads) == bool(form.read)
    assert bool(form.writes) == bool(form.write)
    assert all(ending.startswith(".") for ending in form.endings)
    known = {name for kind in all_kinds().values() for name in kind.__struct_fields__} | {"feedback"}
    assert set().union(*form.writes.values(), set()) <= known


@pytest.mark.parametrize(
    "form", [form for form in all_formats().values() if form.write], ids=lambda form: form.name
)
@given(item=items())
@settings(steady, max_examples=tries(10))
def test_nothing_is_left_out_untold(form: Format, item: Item) -> None:
    told = " ".join(loss.what for loss in losses_of(form, bank_of(item)))
    if item.kind not in form.writes:
        assert item.kind in told
        return
    for name in fields_in_use(item) - form.writes[item.kind] - ESSENTIAL - {"id", "topic"}:
        assert name in told


@pytest.mark.long
@pytest.mark.parametrize(("form", "kind"), WAYS)
@given(data=st.data())
@settings(steady, max_examples=tries(300))
def test_what_is_said_to_be_kept_is_kept_at_length(form: Format, kind: str, data: st.DataObject) -> None:
    assert_kept(form, data.draw(items(kind)))
