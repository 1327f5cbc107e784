"""Choosing the items of a drill and their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen
from quiz.core.content.interaction import Choose, Enter, Match, Order, Reveal, Sort
from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.settings import MOST_OPTIONS
from quiz.core.scheduling.study_selection import candidates_of, filtered, interleaved


def has_option_keys(item: Item) -> bool:
    """Return whether an item is answered by one of its options, so that each can have a key."""
    asked = item.interaction()
    return isinstance(asked, Choose) and asked.is_single and len(asked.options) <= MOST_OPTIONS


def can_be_answered(item: Item) -> bool:
    """Return whether pupils can give a graded answer of their own: not where they grade themselves."""
    return not isinstance(item.interaction(), Reveal)


def any_item(item: Item) -> bool:  # noqa: ARG001
    """Return True: every item will do."""
    return True


def parts_of(item: Item) -> int:
    """Return how many equal parts an answer to an item is graded by."""
    match item.interaction():
        case Choose(most=most):
            key = item.key_response()
            return len(key.options) if most > 1 and isinstance(key, Chosen) else 1
        case Order(entries=entries):
            return len(entries) - 1
        case Match(lefts=things) | Sort(members=things) | Enter(fields=things):
            return len(things)
    return 1


def drill_items(
    banks: Iterable[Bank],
    *,
    seed: int,
    limit: int | None = None,
    only_options: bool = False,
    fits: Callable[[Item], bool] = any_item,
    topics: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> tuple[ItemRef, ...]:
    """Draw the items of a drill, `limit` of them or all, with topics interleaved.

    With `only_options`, items without options are left out, which the teacher would have to judge by ear.
    `fits` says which items the format can ask.
    """
    banks = list(banks)
    by_ref = {ItemRef(bank.bank, item.id): item for bank in banks for item in bank.items}
    fitting = [
        candidate
        for candidate in filtered(candidates_of(banks), topics, tags)
        if fits(by_ref[candidate.ref]) and (not only_options or has_option_keys(by_ref[candidate.ref]))
    ]
    drawn = Random(seed).sample(fitting, len(fitting))[:limit]
    return tuple(candidate.ref for candidate in interleaved(drawn))
