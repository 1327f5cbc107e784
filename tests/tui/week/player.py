"""Somebody who studies by what the screen shows: the keys that answer an item, right or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from quiz.core.content.bank import Bank
from quiz.core.content.interaction import Choose, Enter, Interaction, Match, Order, Reveal, Sort
from quiz.core.content.item import Item

LABELLED = re.compile(r"(?:^|(?<=\s))([0-9a-z]) {1,4}(?:\[.\] +|\W +)?(\S.*?)(?=\s{3,}|$)")
"""A label and the text beside it, as a row begins; there may be a mark between them."""


class TypedText(str):
    """Text to be typed, not a key."""

    __slots__ = ()


def item_on(shown: str, banks: Iterable[Bank]) -> tuple[Bank, Item] | None:
    """Return the item whose stem is on a screen: the one of which most can be read."""
    text = " ".join(shown.split())
    found: list[tuple[int, Bank, Item]] = []
    for bank in banks:
        for item in bank.items:
            stem = " ".join(item.stem.split())
            length = next((end for end in range(len(stem), 11, -1) if stem[:end] in text), 0)
            if length:
                found.append((length, bank, item))
    if not found:
        return None
    _, bank, item = max(found, key=lambda each: each[0])
    return bank, item


def answer_keys(shown: str, item: Item, rng: Random, *, is_right: bool) -> Iterator[str]:
    """Yield the keys that give an answer to an item and hand it in."""
    key = item.key_response()
    interaction = item.interaction()
    match interaction:
        case Choose(options=options):
            wanted = list(key.options)
            if not is_right:
                wanted[0] = next(one for one in options if one not in key.options)
            for option in wanted:
                yield label_of(option, shown) or "1"
            yield "enter"
        case Reveal():
            yield from ("space", "3" if is_right else "1")
        case Enter():
            texts = key.texts if is_right else [f"nothing{rng.randrange(9)}"] * len(key.texts)
            for text in texts:
                yield TypedText(text)
                yield "enter"
            if interaction.is_list:
                yield "enter"
        case _:
            yield from _arranged(shown, interaction, key, is_right=is_right)


def _arranged(shown: str, interaction: Interaction, key: object, *, is_right: bool) -> Iterator[str]:
    """Yield the keys for what is ordered, matched or sorted."""
    match interaction:
        case Order(entries=entries):
            now = in_order(entries, shown)
            wanted = list(key.entries) if is_right else list(reversed(key.entries))
            for place, entry in enumerate(wanted):
                at = now.index(entry)
                yield from ("home", *["down"] * at, str(place + 1))
                now.insert(place, now.pop(at))
        case Match(lefts=lefts):
            rights = [key.pairs[left] for left in lefts]
            for left, right in zip(lefts, rights if is_right else [*rights[1:], rights[0]], strict=True):
                yield label_of(left, shown) or "1"
                yield label_of(right, shown) or "a"
        case Sort(members=members, bins=bins):
            for member in in_order(members, shown):
                right = bins.index(key.bins[member])
                yield str((right if is_right else (right + 1) % len(bins)) + 1)
    yield "enter"


def label_of(text: str, shown: str) -> str | None:
    """Return the label of the row that shows a text."""
    found = [
        (len(part), label)
        for line in shown.splitlines()
        for label, part in LABELLED.findall(line)
        if len(part) > 1 and (text.startswith(part.partition(" ←")[0].rstrip()) or part.startswith(text))
    ]
    return max(found)[1] if found else None


def in_order(texts: Sequence[str], shown: str) -> list[str]:
    """Return texts in the order in which they stand on a screen."""
    lines = [" ".join(line.split()) for line in shown.splitlines()]

    def place(text: str) -> int:
        for length in range(len(text), 3, -1):
            at = next((at for at, line in enumerate(lines) if at > 1 and text[:length] in line), None)
            if at is not None:
                return at
        return len(lines)

    return sorted(texts, key=place)
