"""The feedback of an item's options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from quiz.core.content.item import Item


def option_feedback(item: Item) -> tuple[tuple[str, str], ...]:
    """Return the options that have feedback, each with it, in the item's order."""
    return tuple(_walked(msgspec.to_builtins(item)))


def _walked(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str) and value.get("feedback") and "stem" not in value:
            yield value["text"], value["feedback"]
            return
        for inner in value.values():
            yield from _walked(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _walked(inner)
