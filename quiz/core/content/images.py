"""The pictures of a bank, wherever they belong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Where
from quiz.core.content.interaction import Choose, Interaction, Match, Order, Sort
from quiz.core.content.item import Image, Item


def images_of(bank: Bank) -> Iterator[tuple[Where, Image]]:
    """Yield every picture of a bank with its place."""
    for field in ("notes", "stimuli"):
        for name, holder in getattr(bank, field).items():
            if holder.image is not None:
                yield (field, name, "image"), holder.image
    for place, item in enumerate(bank.items):
        for where, image in images_in(item):
            yield ("items", place, *where), image


def images_in(item: Item) -> Iterator[tuple[Where, Image]]:
    """Yield every picture of an item with its place."""
    yield from _within(item, ())


def option_images(item: Item) -> dict[str, Image]:
    """Return the pictures of the options that an item shows by their texts, in the order of these.

    What has to be typed is not shown, and neither are its pictures; the order does not tell which is right.
    """
    shown = texts_shown(item.interaction())
    return {text: image for text, image in sorted(_held_images(item).items()) if text in shown}


def texts_shown(interaction: Interaction) -> frozenset[str]:
    """Return what an interaction shows to choose from, to order, to pair or to sort."""
    match interaction:
        case Choose(options):
            return frozenset(options)
        case Order(entries):
            return frozenset(entries)
        case Match(lefts, rights):
            return frozenset((*lefts, *rights))
        case Sort(members, bins):
            return frozenset((*members, *bins))
    return frozenset()


def _held_images(item: Item) -> dict[str, Image]:
    found: dict[str, Image] = {}
    for value in msgspec.structs.asdict(item).values():
        held = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for option in held:
            for one in option if isinstance(option, tuple) else (option,):
                image = getattr(one, "image", None)
                if image is not None:
                    found[one.text] = image
    return found


def _within(value: Any, where: Where) -> Iterator[tuple[Where, Image]]:
    if isinstance(value, Image):
        yield where, value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _within(getattr(value, name), (*where, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _within(inner, (*where, name))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _within(inner, (*where, place))


def in_words(image: Image) -> str:
    """Return what stands for a picture where none can be shown."""
    credit = f" ({image.credit})" if image.credit else ""
    return f"Picture: {image.alt}{credit}"
