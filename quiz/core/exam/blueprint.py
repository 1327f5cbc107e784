"""Which items an exam asks, and in which order.

The same seed, blueprint and banks give the same form on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef

K = TypeVar("K")

SEEDS = 1 << 30
"""How many draws of items there are."""
FORMS = 8
"""How many forms hold the same items in other orders: their seeds are `SEEDS` apart."""


class Blueprint(msgspec.Struct, frozen=True, kw_only=True):
    """How an exam is composed from its banks."""

    items: int | None = None
    """The most items; None for all."""
    topics: tuple[str, ...] = ()
    """Ids of the topics to ask from; empty for all."""
    tags: tuple[str, ...] = ()
    """An item must have one of these tags; empty for any."""
    counts: dict[str, int] = msgspec.field(default_factory=dict)
    """The number of items of a topic, where it should not follow from the topic's size."""
    shuffle: bool = True
    """Whether to shuffle the items; otherwise they keep their banks' order."""


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """How many items a form takes from one topic of one bank."""

    bank: str
    topic: str
    """Empty for items without a topic."""
    available: int
    asked: int


def shares(banks: Sequence[Bank], blueprint: Blueprint) -> tuple[Share, ...]:
    """Return how many items a form takes from each topic, in proportion to the topics' sizes.

    Fractions are settled by largest remainders (Hamilton's method). Topics with a count of their own get that
    many, as far as they have them; the others share the rest.
    """
    sizes = {key: len(items) for key, items in _pools(banks, blueprint).items()}
    asked: dict[tuple[str, str], int] = {}
    for topic, wanted in blueprint.counts.items():
        asked |= apportioned({key: size for key, size in sizes.items() if key[1] == topic}, wanted)
    others = {key: size for key, size in sizes.items() if key not in asked}
    total = sum(others.values()) if blueprint.items is None else blueprint.items - sum(asked.values())
    asked |= apportioned(others, total)
    return tuple(
        Share(bank=bank, topic=topic, available=size, asked=asked[bank, topic])
        for (bank, topic), size in sizes.items()
    )


class Supply(msgspec.Struct, frozen=True):
    """How many items there are to ask, and how many of them a form asks."""

    available: dict[str, int]
    """The items that could be asked of each topic, whether or not the topic is chosen."""
    by_bank: dict[str, int]
    """The items that could be asked of each bank."""
    asked: dict[str, int]
    """The items that the form takes from each topic."""
    most: int
    """How many items the chosen topics have together."""

    @property
    def total(self) -> int:
        """How many items the form asks."""
        return sum(self.asked.values())


def supply(banks: Sequence[Bank], blueprint: Blueprint) -> Supply:
    """Return what there is to ask with a blueprint's tags, and what a form of the blueprint takes of it."""
    free = msgspec.structs.replace(blueprint, items=None, topics=(), counts={})
    available: dict[str, int] = {}
    by_bank: dict[str, int] = {}
    for share in shares(banks, free):
        available[share.topic] = available.get(share.topic, 0) + share.available
        by_bank[share.bank] = by_bank.get(share.bank, 0) + share.available
    asked = dict.fromkeys(available, 0)
    for share in shares(banks, blueprint):
        asked[share.topic] += share.asked
    chosen = blueprint.topics or tuple(available)
    most = sum(number for topic, number in available.items() if topic in chosen)
    return Supply(available, by_bank, asked, most)


def drawn(banks: Sequence[Bank], blueprint: Blueprint, seed: int) -> tuple[ItemRef, ...]:
    """Return the items of a form in the order in which they are asked.

    Items about the same stimulus stay together, in their bank's order. Seeds that are `SEEDS` apart give the
    same items in other orders.
    """
    draw = seed % SEEDS
    pools = _pools(banks, blueprint)
    taken: set[ItemRef] = set()
    for share in shares(banks, blueprint):
        pool = [ItemRef(share.bank, item.id) for item in pools[share.bank, share.topic]]
        rng = Random(f"{draw}/{share.bank}/{share.topic}")
        taken.update(rng.sample(pool, share.asked))
    blocks: dict[tuple[str, str], list[ItemRef]] = {}
    for bank in _sorted(banks):
        for item in bank.items:
            ref = ItemRef(bank.bank, item.id)
            if ref in taken:
                shared = f"stimulus {item.stimulus}" if item.stimulus else f"item {item.id}"
                blocks.setdefault((bank.bank, shared), []).append(ref)
    order = list(blocks.values())
    if blueprint.shuffle:
        Random(f"{seed}/order").shuffle(order)
    return tuple(ref for block in order for ref in block)


def is_testable(item: Item) -> bool:
    """Return whether an exam can ask an item: any item except those that learners rate themselves."""
    return not item.is_self_graded


def apportioned(sizes: Mapping[K, int], total: int) -> dict[K, int]:
    """Divide `total` among groups in proportion to their sizes, giving none more than its size.

    By largest remainders; ties go to the larger group, then to the earlier one.
    """
    whole = sum(sizes.values())
    total = max(0, min(total, whole))
    if not whole:
        return dict.fromkeys(sizes, 0)
    given = {key: total * size // whole for key, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda key: (-(total * sizes[key] % whole), -sizes[key]))
    for key in by_remainder[: total - sum(given.values())]:
        given[key] += 1
    return given


def _pools(banks: Sequence[Bank], blueprint: Blueprint) -> dict[tuple[str, str], list[Item]]:
    """Return the items that a form may take, by bank and topic; banks sorted by id, topics in order."""
    topics, tags = set(blueprint.topics), set(blueprint.tags)
    pools: dict[tuple[str, str], list[Item]] = {}
    for bank in _sorted(banks):
        found: dict[str, list[Item]] = {topic: [] for topic in bank.topics}
        for item in bank.items:
            is_wanted = (not topics or item.topic in topics) and (not tags or tags & set(item.tags))
            if is_wanted and is_testable(item):
                found.setdefault(item.topic, []).append(item)
        pools |= {(bank.bank, topic): items for topic, items in found.items() if items}
    return pools


def _sorted(banks: Sequence[Bank]) -> list[Bank]:
    """Return banks sorted by id, so that the order in which they were named does not matter."""
    return sorted({bank.bank: bank for bank in banks}.values(), key=lambda bank: bank.bank)
