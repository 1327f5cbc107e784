"""Short memories of all items of a learner: a hundred thousand rows, which are read as seldom as can be."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from quiz.core.scheduling.card import DECAY
from quiz.core.statistics.item_counts import HeldItems, ItemMemory
from quiz.record.projections.memory import memory_in

_BANKS = "SELECT DISTINCT bank FROM memory WHERE learner=? ORDER BY bank"
_OF_BANK = (
    "SELECT item, due, attempts, misses, stability, reviewed_at, nullif(decay, ?),"
    " CASE WHEN attempts=0 OR is_suspended OR is_flagged OR tags<>''"
    " OR CAST(substr(card, 8, 14) AS INTEGER)<>due THEN card END"
    " FROM memory WHERE learner=? AND bank=?"
)
"""What most items have in common is not read: each column of so many rows takes as long as its value.

A card begins with when the schedule has its item come back, which is when it is due unless it was buried.
"""


class HeldBanks:
    """The short memories of the learner who was asked for last, kept while the record stays as it is.

    After what this program appended only the banks of those events are read anew, after anything else all.
    """

    def __init__(self) -> None:
        self._state: tuple[str, int, int] | None = None
        """The learner, the record's state as others change it, and how many rows this program had changed."""
        self._held: dict[str, dict[str, ItemMemory]] = {}
        self._outdated: set[str] = set()
        """The banks to be read anew."""

    def read(
        self, db: sqlite3.Connection, learner: str, bank: str | None, state: tuple[int, int] | None
    ) -> HeldItems:
        """Return what is held of a learner's items, of one bank or of all; `state` is that of the record."""
        is_known = state is not None and self._state == (learner, *state)
        if bank is not None and is_known and bank not in self._outdated:
            return {bank: self._held[bank]} if bank in self._held else {}
        if bank is not None or state is None:
            return _held(db, learner, bank)
        if not is_known:
            self._held = _held(db, learner)
        elif self._outdated:
            held = {of_bank: there for of_bank, there in self._held.items() if of_bank not in self._outdated}
            for of_bank in self._outdated:
                held |= _held(db, learner, of_bank)
            self._held = dict(sorted(held.items()))
        self._state, self._outdated = (learner, *state), set()
        return self._held

    def follow(self, before: int, after: int, banks: Collection[str]) -> None:
        """Take note that this program changed rows of some banks: their numbers were `before` and `after`."""
        if self._state is not None and self._state[-1] == before:
            self._state = (*self._state[:-1], after)
            self._outdated |= {*banks}


def _held(db: sqlite3.Connection, learner: str, bank: str | None = None) -> dict[str, dict[str, ItemMemory]]:
    banks = [of_bank for (of_bank,) in db.execute(_BANKS, (learner,))] if bank is None else [bank]
    return {of_bank: held for of_bank in banks if (held := _held_of(db, learner, of_bank))}


def _held_of(db: sqlite3.Connection, learner: str, bank: str) -> dict[str, ItemMemory]:
    held: dict[str, ItemMemory] = {}
    rows = db.execute(_OF_BANK, (DECAY, learner, bank))
    for item, due, attempts, misses, stability, reviewed_at, own_decay, card in rows:
        decay = DECAY if own_decay is None else own_decay
        if card is None:
            held[item] = ItemMemory(
                bank, item, due, attempts, misses, False, stability, reviewed_at, 0, False, (), decay
            )  # fmt: skip
        else:
            told = memory_in(card)
            held[item] = ItemMemory(
                bank, item, due, attempts, misses, told.is_suspended, stability, reviewed_at,
                0 if attempts else told.buried_until, told.is_flagged, told.tags, decay,
                told.due if due is not None and told.due != due else None,
            )  # fmt: skip
    return held
