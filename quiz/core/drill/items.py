"""Choosing the items of a drill and their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from quiz.core.content.bank import Bank
from quiz.core.content.interaction import Choose
from quiz.core.content.item import Item, ItemRef
from quiz.core.drill.settings import MOST_OPTIONS
from quiz.core.scheduling.study_selection import candidates_of, filtered, interleaved


def has_option_keys(item: Item) -> bool:
    """Return whether an item is answered by one of its options, so that each can have a key."""
    asked = item.interaction()
    return isinstance(asked, Choose) and asked.is_single and len(asked.options) <= MOST_OPTIONS


def drill_items(
    banks: Iterable[Bank],
    *,
    seed: int,
    limit: int | None = None,
    only_options: bool = False,
    topics: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> tuple[ItemRef, ...]:
    """Draw the items of a drill, `limit` of them or all, with topics interleaved.

    With `only_options`, items without options are left out, which the teacher would have to judge by ear.
    """
    banks = list(banks)
    by_ref = {ItemRef(bank.bank, item.id): item for bank in banks for item in bank.items}
    fitting = [
        candidate
        for candidate in filtered(candidates_of(banks), topics, tags)
        if not only_options or has_option_keys(by_ref[candidate.ref])
    ]
    drawn = Random(seed).sample(fitting, len(fitting))[:limit]
    return tuple(candidate.ref for candidate in interleaved(drawn))
