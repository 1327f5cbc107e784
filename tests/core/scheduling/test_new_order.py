"""Which of a bank's new items are begun first."""

from __future__ import annotations

from random import Random

from quiz.core.content.item_ref import ItemRef
from quiz.core.scheduling.new_order import new_in_order
from quiz.core.scheduling.study_selection import Candidate

NEW = [
    Candidate(ItemRef("b", name), topic)
    for name, topic in (("1", "sky"), ("2", ""), ("3", "sea"), ("4", "sky"), ("5", "x"))
]


def test_new_items_are_begun_as_is_wanted() -> None:
    def begun(order: str) -> str:
        found = new_in_order(NEW, order, ["sea", "sky"], Random(1))  # type: ignore[arg-type]
        return "".join(each.ref.item for each in found)

    assert begun("file") == "12345"
    assert begun("by-topic") == begun("prerequisites") == "31425"
    assert begun("random") == "".join(each.ref.item for each in Random(1).sample(NEW, 5)) != "12345"
