"""Items in their banks."""

from __future__ import annotations

from quiz.core.content.bank import Bank
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.session import BankItem, ItemLookup


def test_a_shelf_holds_the_items_of_its_banks_by_reference() -> None:
    one = Bank(
        format=1, bank="one", title="One", topics={"t": "The topic"},
        items=(
            Flashcard(id="a", stem="s", back="b", topic="t"),
            Flashcard(id="b", stem="s", back="b", topic="u"),
        ),
    )  # fmt: skip
    two = Bank(format=1, bank="two", title="Two", items=(Flashcard(id="a", stem="s", back="b"),))
    lookup = ItemLookup.of(one, two)
    assert [str(ref) for ref in lookup] == ["one/a", "one/b", "two/a"]
    bank_item = lookup[ItemRef("two", "a")]
    assert bank_item == BankItem(two, two.items[0])
    assert bank_item.ref == ItemRef("two", "a")
    assert [each.topic for each in lookup.values()] == ["The topic", "u", ""]
