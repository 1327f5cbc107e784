"""How an item is referred to."""

from __future__ import annotations

from typing import NamedTuple


class ItemRef(NamedTuple):
    """An item's id in its bank's id: how the record refers to it."""

    bank: str
    item: str

    def __str__(self) -> str:
        return f"{self.bank}/{self.item}"
