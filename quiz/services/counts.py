"""A learner's progress with each bank, counted over the items that the bank holds now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from quiz.core.statistics.item_counts import HeldItems, ItemCounts, count_items
from quiz.errors import BankError

if TYPE_CHECKING:
    from quiz.banks.library import Library
    from quiz.banks.summary import BankSummary


class Held:
    """What the record holds of a learner's items at one moment, by bank."""

    def __init__(self, memories: HeldItems, *, now: int, day_end: int) -> None:
        """Take what the record returned; `day_end` is the end of today's study day in milliseconds."""
        self._now, self._day_end = now, day_end
        self.by_bank = memories

    def of(self, bank: str, names: Collection[str]) -> ItemCounts:
        """Count some of a bank's items, named by their ids."""
        return count_items(names, self.by_bank.get(bank, {}), at_ms=self._now, day_end=self._day_end)

    def of_bank(self, library: Library, summary: BankSummary) -> ItemCounts:
        """Count the items of a bank. One to which nothing happened need not be looked into."""
        if summary.id not in self.by_bank:
            return ItemCounts.untouched(library.item_count(summary))
        try:
            return self.of(summary.id, library.names(summary.id))
        except BankError:  # its file changed this moment
            return ItemCounts.untouched(library.item_count(summary))

    def done_since(self, since: int) -> int:
        """Count the items that were answered since a time in ms and are not to be asked again today."""
        memories = (memory for held in self.by_bank.values() for memory in held.values())
        return sum(
            memory.reviewed_at is not None
            and memory.reviewed_at >= since
            and (memory.due is None or memory.due >= self._day_end)
            for memory in memories
        )

    def dues(self, library: Library, summaries: Iterable[BankSummary]) -> list[int]:
        """Return the due time of each item of some banks, in milliseconds since 1970 UTC."""
        found = []
        for summary in summaries:
            held = self.by_bank.get(summary.id)
            if not held:
                continue
            with suppress(BankError):  # its file changed this moment
                there = library.names(summary.id)
                found += [m.due for name, m in held.items() if m.due is not None and name in there]
        return found
