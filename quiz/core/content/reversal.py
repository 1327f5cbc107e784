"""Items that are asked both ways; the reverse is an item with a record of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank

REVERSED: Final = "--reverse"
"""The ending of a reverse item's id, which no id in a file can have."""


def with_reverses(bank: Bank) -> Bank:
    """Return a bank with the reverses of its items added at the end."""
    made = [item.reversed(f"{item.id}{REVERSED}") for item in bank.items if item.has_reverse]
    return msgspec.structs.replace(bank, items=(*bank.items, *made)) if made else bank


def as_written(bank: Bank) -> Bank:
    """Return a bank with only the items in its file."""
    items = tuple(item for item in bank.items if not item.id.endswith(REVERSED))
    return bank if len(items) == len(bank.items) else msgspec.structs.replace(bank, items=items)


def written_id(item: str) -> str:
    """Return the id of an item in its file."""
    return item.removesuffix(REVERSED)
