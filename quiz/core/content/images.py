"""The pictures of a bank, wherever they are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

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
    if b'"image":{' in msgspec.json.encode(item):  # most items have none, which is seen at once
        yield from _within(item, ())


def option_images(item: Item) -> dict[str, Image]:
    """Return the pictures of the options that an item shows, by the options' texts and sorted by them.

    What must be typed is not shown, nor are its pictures. The order does not give the key away.
    """
    shown = texts_shown(item.interaction())
    return {text: image for text, image in sorted(_held_images(item).items()) if text in shown}


def texts_shown(interaction: Interaction) -> frozenset[str]:
    """Return the texts that an interaction shows to choose from, to order, to match or to sort."""
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


NO_WORDS: Final = "not described yet"
"""What stands for the words of a picture that came without any; `check` asks for them."""


def with_files(bank: Bank, renamed: Callable[[str], str]) -> Bank:
    """Return a bank whose pictures have other files."""
    changed: Bank = _with_files(bank, renamed)
    return changed


def _with_files(value: Any, renamed: Callable[[str], str]) -> Any:
    if isinstance(value, Image):
        file = renamed(value.file)
        return value if file == value.file else msgspec.structs.replace(value, file=file)
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = {name: _with_files(inner, renamed) for name, inner in fields.items()}
        differ = {name: inner for name, inner in changed.items() if inner is not fields[name]}
        return msgspec.structs.replace(value, **differ) if differ else value
    if isinstance(value, dict):
        made = {name: _with_files(inner, renamed) for name, inner in value.items()}
        return made if any(made[name] is not inner for name, inner in value.items()) else value
    if isinstance(value, tuple):
        entries = tuple(_with_files(inner, renamed) for inner in value)
        return entries if any(a is not b for a, b in zip(entries, value, strict=True)) else value
    return value


def in_words(image: Image) -> str:
    """Return the text that stands for a picture where it cannot be shown."""
    credit = f" ({image.credit})" if image.credit else ""
    return f"Picture: {image.alt}{credit}"
