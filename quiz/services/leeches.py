"""Leeches: items not known so often that something should be done about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.core.content.item_ref import ItemRef
from quiz.core.statistics.leech import Leech, advice

if TYPE_CHECKING:
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace


def leeches(workspace: Workspace, learner: Learner) -> tuple[Leech, ...]:
    """Return a learner's leeches among the items that the banks hold now, the least known first."""
    held, found = workspace.held(learner.id), []
    for summary in workspace.library.summaries():
        missed = {
            name: memory for name, memory in held.by_bank.get(summary.id, {}).items() if memory.is_leech
        }
        if not summary.is_usable or not missed:
            continue
        bank = workspace.library.bank(summary.id)
        found += [
            Leech(
                ref=ItemRef(summary.id, item.id),
                stem=item.headline,
                bank=bank.title,
                misses=missed[item.id].misses,
                notes=tuple(note for note in item.cites if note in bank.notes),
                advice=advice(has_note=any(note in bank.notes for note in item.cites)),
            )
            for item in bank.items
            if item.id in missed
        ]
    return tuple(sorted(found, key=lambda leech: (-leech.misses, leech.ref)))
