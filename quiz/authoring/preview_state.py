"""A bank file as its author looks at it while writing: the items, and what is said against each."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Finding
from quiz.core.session import BankItem


class PreviewState(NamedTuple):
    """What a bank file holds at a moment."""

    name: str
    """What to call the file."""
    bank: Bank | None
    """The bank, None where it cannot be used."""
    findings: tuple[Finding, ...] = ()
    """All that is said against it, as it stands in the file."""
    lines: tuple[int, ...] = ()
    """The line where each item begins, from 1, in the file's order."""

    @property
    def items(self) -> int:
        """How many items there are to look at."""
        return len(self.bank.items) if self.bank else 0

    def bank_item(self, place: int) -> BankItem | None:
        """Return an item in its bank, None where there is none at that place."""
        if self.bank is None or not 0 <= place < self.items:
            return None
        return BankItem(self.bank, self.bank.items[place])

    def place_of(self, item: str) -> int | None:
        """Return the place of an item by its id, None where there is none."""
        ids = [one.id for one in self.bank.items] if self.bank else []
        return ids.index(item) if item in ids else None

    def about(self, place: int) -> tuple[Finding, ...]:
        """Return what is said against an item: what stands between its line and the next item's."""
        return tuple(finding for finding in self.findings if self._item_at(finding) == place)

    def elsewhere(self, place: int) -> tuple[Finding, ...]:
        """Return what is said against anything else."""
        return tuple(finding for finding in self.findings if self._item_at(finding) != place)

    def next_with_findings(self, place: int) -> int | None:
        """Return the place of the next item that something is said against, round again after the last."""
        places = sorted({self._item_at(finding) for finding in self.findings} - {-1})
        later = [one for one in places if one > place]
        return next(iter([*later, *places]), None)

    def _item_at(self, finding: Finding) -> int:
        """Return the place of the item that a finding stands in, -1 for none."""
        return bisect_right(self.lines, finding.line) - 1

    def after(self, before: PreviewState, place: int) -> int:
        """Return where an item of an earlier look is now, or the nearest place if it is gone."""
        old = before.bank_item(place)
        now = self.place_of(old.item.id) if old is not None else None
        if now is not None or not self.items:
            return place if now is None else now
        return min(place, self.items - 1)
