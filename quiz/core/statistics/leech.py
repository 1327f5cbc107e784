"""Items not known so often that something should be done about them."""

from __future__ import annotations

import msgspec

from quiz.core.content.item_ref import ItemRef


class Leech(msgspec.Struct, frozen=True, kw_only=True):
    """An item that will not stick, and advice."""

    ref: ItemRef
    stem: str
    bank: str
    """The bank's title."""
    misses: int
    """On how many days its first response was less than half right."""
    notes: tuple[str, ...]
    """The ids of the notes that it cites, to read again."""
    advice: str
    """What to do about it, in a sentence."""


def advice(*, has_note: bool) -> str:
    """Return advice on a leech, with or without a note to read."""
    if has_note:
        return "Read its note again, reword it, or suspend it."
    return "Reword it or split it into two, or suspend it."
