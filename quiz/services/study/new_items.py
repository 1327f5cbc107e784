"""Which new items are begun today, as the settings of their banks say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quiz.core.scheduling.study_selection import Candidate
    from quiz.services.workspace import Workspace


def new_left_by_bank(workspace: Workspace) -> dict[str, int]:
    """Return how many new items may still be begun today in the banks that have a number of their own."""
    own = {
        bank: settings.new_per_day
        for bank, settings in workspace.config.bank.items()
        if settings.new_per_day is not None
    }
    if not own:
        return {}
    begun = workspace.record.new_by_bank(workspace.learner.id, workspace.day_start)
    return {bank: max(0, number - begun.get(bank, 0)) for bank, number in own.items()}


def strict_banks(workspace: Workspace) -> frozenset[str]:
    """Return the banks whose topics are begun one after the other."""
    own = workspace.config.bank.items()
    return frozenset(bank for bank, settings in own if settings.order == "prerequisites")


def as_banks_say(
    workspace: Workspace, new: Iterable[Candidate], left: Mapping[str, int], more_new: int = 0
) -> list[Candidate]:
    """Return the new items that may be begun, bank by bank, each in the order that is set for it.

    `left` is from `new_left_by_bank`; `more_new` are wanted beyond it. The random order is that of the day.
    """
    by_bank: dict[str, list[Candidate]] = {}
    for each in new:
        by_bank.setdefault(each.ref.bank, []).append(each)
    found: list[Candidate] = []
    for bank, items in by_bank.items():
        order = workspace.config.for_bank(bank).order or "file"
        if order != "file":
            from quiz.core.scheduling.new_order import new_in_order

            topics = list(workspace.library.contents(bank).topics)
            items = new_in_order(items, order, topics, Random(f"{workspace.today}/{bank}"))
        found += items[: left[bank] + more_new] if bank in left else items
    return found
