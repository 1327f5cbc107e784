"""A bank file as its author sees it while writing: its items, and the findings on each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Finding
from quiz.core.session import BankItem


class PreviewState(NamedTuple):
    """The content of a bank file at one moment."""

    name: str
    """The name of the file, for display."""
    bank: Bank | None
    """The bank; None if it cannot be used."""
    findings: tuple[Finding, ...] = ()
    """All its findings, in the order of the file."""
    lines: tuple[int, ...] = ()
    """The line, from 1, where each item begins, in the order of the file."""

    @property
    def items(self) -> int:
        """The number of items."""
        return len(self.bank.items) if self.bank else 0

    def bank_item(self, place: int) -> BankItem | None:
        """Return the item at a place with its bank, or None if there is none."""
        if self.bank is None or not 0 <= place < self.items:
            return None
        return BankItem(self.bank, self.bank.items[place])

    def place_of(self, item: str) -> int | None:
        """Return the place of an item by its id, or None if there is none."""
        ids = [one.id for one in self.bank.items] if self.bank else []
        return ids.index(item) if item in ids else None

    def about(self, place: int) -> tuple[Finding, ...]:
        """Return the findings on an item: those between its line and the next item's."""
        return tuple(finding for at, finding in self._places() if at == place)

    def elsewhere(self, place: int) -> tuple[Finding, ...]:
        """Return the findings that are not on an item."""
        return tuple(finding for at, finding in self._places() if at != place)

    def next_with_findings(self, place: int) -> int | None:
        """Return the place of the next item with a finding, starting again after the last."""
        places = sorted({at for at, _ in self._places()} - {-1})
        later = [one for one in places if one > place]
        return next(iter([*later, *places]), None)

    def _places(self) -> Iterator[tuple[int, Finding]]:
        """Yield each finding after the place of the item that it is on, -1 for none."""
        at = {item.id: place for place, item in enumerate(self.bank.items)} if self.bank else {}
        for finding in self.findings:
            on_line = bisect_right(self.lines, finding.line) - 1
            yield at.get(finding.item, -1) if finding.item else on_line, finding

    @property
    def drafts(self) -> PreviewState:
        """The same with nothing but the bank's drafts."""
        if self.bank is None:
            return self
        chosen = [place for place, item in enumerate(self.bank.items) if item.status == "draft"]
        bank = msgspec.structs.replace(self.bank, items=tuple(self.bank.items[place] for place in chosen))
        lines = tuple(self.lines[place] for place in chosen if place < len(self.lines))
        return self._replace(bank=bank, lines=lines)

    def after(self, before: PreviewState, place: int) -> int:
        """Return the place where an item of an earlier state is now, or the nearest one if it is gone."""
        old = before.bank_item(place)
        now = self.place_of(old.item.id) if old is not None else None
        if now is not None or not self.items:
            return place if now is None else now
        return min(place, self.items - 1)
