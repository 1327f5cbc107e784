"""The daily limits: how many new and due items are asked today, and how many wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from quiz.services.study.new_items import new_left_by_bank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quiz.core.statistics.item_counts import ItemCounts
    from quiz.services.workspace import Workspace

TEN_MORE = 10
"""How many new items beyond the day's share are added at once."""


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to study today, and what waits for another day."""

    due: int
    new: int
    due_waiting: int = 0
    """How many due items are beyond the daily limit."""
    new_waiting: int = 0
    """How many new items are left beyond today's share."""

    @property
    def items(self) -> int:
        """How many items there are to study today."""
        return self.due + self.new

    @property
    def waiting_in_words(self) -> str:
        """Say how many due and how many new items wait for another day; empty where none does."""
        waiting = ((self.due_waiting, "due"), (self.new_waiting, "new"))
        told = " and ".join(f"{number} {what}" for number, what in waiting if number)
        verb = "waits" if self.due_waiting + self.new_waiting == 1 else "wait"
        return f"{told} {verb} for another day" if told else ""


class DailyLimits(msgspec.Struct, frozen=True):
    """How many items may still be asked today, for all banks together."""

    new: int
    due: int | None
    """None without a limit."""
    by_bank: Mapping[str, int] = {}
    """How many new ones of the banks that have a number of their own."""

    def of_bank(self, bank: str, counts: ItemCounts) -> Today:
        """Return what there is to study today of a bank's items that were counted."""
        return self._of(counts.due, counts.new_askable, self._new_of(bank, counts))

    def of_banks(self, counts: Mapping[str, ItemCounts]) -> Today:
        """Return what there is to study today of some banks, all together."""
        return self._of(
            sum(part.due for part in counts.values()),
            sum(part.new_askable for part in counts.values()),
            sum(self._new_of(bank, part) for bank, part in counts.items()),
        )

    def _new_of(self, bank: str, counts: ItemCounts) -> int:
        return min(counts.new_askable, self.by_bank.get(bank, counts.new_askable))

    def _of(self, all_due: int, all_new: int, open_new: int) -> Today:
        due = all_due if self.due is None else min(all_due, self.due)
        new = min(open_new, self.new)
        return Today(due=due, new=new, due_waiting=all_due - due, new_waiting=all_new - new)


def daily_limits(workspace: Workspace, more_new: int = 0) -> DailyLimits:
    """Return what is left of the learner's daily limits, with `more_new` new items beyond them."""
    config, record, learner = workspace.config, workspace.record, workspace.learner.id
    new = max(0, config.new_per_day - record.new_since(learner, workspace.day_start)) + more_new
    due: int | None = None
    if config.due_per_day:
        due = max(0, config.due_per_day - record.reviewed_since(learner, workspace.day_start))
    return DailyLimits(new, due, new_left_by_bank(workspace))
