"""Looking up items in banks that were read, and in banks that are read when they are needed."""

from __future__ import annotations

import msgspec
import pytest

from quiz.core.content.bank import Bank
from quiz.core.content.item_ref import ItemRef
from quiz.core.session import ItemLookup, ShelvedBank
from tests.core.drill.classroom import bank

ONE = bank(3)
TWO = msgspec.structs.replace(ONE, bank="two", title="Two", language="de")


def test_a_bank_is_read_when_its_first_item_is_looked_up() -> None:
    read: list[str] = []

    def later() -> Bank:
        read.append("one")
        return ONE

    lookup = ItemLookup({ONE.bank: ShelvedBank(ONE.title, ONE.by_id.keys(), later)}) | ItemLookup.of(TWO)
    refs = [ItemRef(of.bank, item.id) for of in (ONE, TWO) for item in of.items]
    gone = [ItemRef(ONE.bank, "gone"), ItemRef("gone", "item-0")]
    assert (list(lookup), len(lookup)) == (refs, 6)
    assert [ref in lookup for ref in (*refs, *gone)] == [True] * 6 + [False] * 2
    assert lookup.held((*gone, *refs)) == tuple(refs)
    assert lookup.titles == {ONE.bank: ONE.title, "two": "Two"}
    assert read == []
    assert lookup[refs[1]].item is ONE.items[1]
    assert (lookup[refs[5]].bank, read) == (TWO, ["one"])


@pytest.mark.parametrize("ref", [ItemRef(ONE.bank, "gone"), ItemRef("gone", "item-0"), "item-0"])
def test_what_is_not_there_is_not_found(ref: object) -> None:
    assert ref not in ItemLookup.of(ONE)
    if isinstance(ref, ItemRef):
        assert ItemLookup.of(ONE).get(ref) is None


def test_what_is_held_already_stays_as_it_is() -> None:
    newer = msgspec.structs.replace(ONE, title="Newer", items=ONE.items[:1])
    both = ItemLookup.of(ONE) | ItemLookup.of(newer)
    assert (both.titles, len(both)) == ({ONE.bank: ONE.title}, 3)
    assert not ItemLookup.of(msgspec.structs.replace(ONE, items=()))
