"""Leeches: items that were missed so often that something should be done about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.item import ItemRef

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class Leech(msgspec.Struct, frozen=True):
    """An item that keeps being missed, and what can be done."""

    ref: ItemRef
    stem: str
    bank: str
    """The bank's title."""
    misses: int
    """On how many days its first response was wrong."""
    notes: tuple[str, ...]
    """The ids of the notes that it cites, to read again."""

    @property
    def advice(self) -> str:
        """What to do about it, as a sentence."""
        if self.notes:
            return "Read its note again, reword it, or suspend it."
        return "Reword it or split it into two, or suspend it."


def leeches(workspace: Workspace) -> tuple[Leech, ...]:
    """Return the leeches among the items that the banks hold now, the most missed first."""
    held, found = workspace.held(), []
    for card in workspace.library.shelf():
        missed = {name: memory for name, memory in held.by_bank.get(card.id, {}).items() if memory.is_leech}
        if not card.is_usable or not missed:
            continue
        bank = workspace.library.bank(card.id)
        found += [
            Leech(
                ref=ItemRef(card.id, item.id),
                stem=item.stem,
                bank=bank.title,
                misses=missed[item.id].misses,
                notes=tuple(note for note in item.cites if note in bank.notes),
            )
            for item in bank.items
            if item.id in missed
        ]
    return tuple(sorted(found, key=lambda leech: (-leech.misses, leech.ref)))
