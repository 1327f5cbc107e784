"""A learner's progress with some items: the only place where due, known, learning and new are counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from quiz.core.scheduling.card import A_DAY, recall_after
from quiz.core.scheduling.fsrs_schedule import LEECH_AT


class ItemMemory(msgspec.Struct, frozen=True):
    """A short memory of an item. Times are milliseconds since 1970 UTC."""

    bank: str
    item: str
    due: int | None
    attempts: int
    misses: int
    is_suspended: bool
    stability: float | None
    """Days after which the probability of recall has fallen to 90 %."""
    reviewed_at: int | None
    buried_until: int = 0
    """Until when a new item is not asked."""

    @property
    def is_leech(self) -> bool:
        """Whether it was missed so often that something should be done about it, and is still asked."""
        return self.misses >= LEECH_AT and not self.is_suspended

    @property
    def recall_at(self) -> tuple[float, int] | None:
        """Its stability and the time of its last review; None if it was never reviewed."""
        if self.stability is None or self.reviewed_at is None:
            return None
        return self.stability, self.reviewed_at


class Tally(msgspec.Struct, frozen=True):
    """The totals of the attempts at one version of an item."""

    item: str
    fingerprint: str
    attempts: int
    score: float
    """The sum of the scores, each from 0 to 1."""
    skipped: int = 0


class ItemCounts(msgspec.Struct, frozen=True, kw_only=True):
    """A learner's progress with some items. Known, learning and new add up to all of them."""

    items: int
    known: float = 0.0
    """How many are expected to be recalled now."""
    learning: float = 0.0
    """How many were answered, but are not expected to be recalled now."""
    new: int = 0
    """How many were never answered."""
    new_askable: int = 0
    """How many of the new ones are neither suspended nor buried."""
    due: int = 0
    """How many are due before the study day ends."""
    suspended: int = 0
    leeches: int = 0

    @property
    def share(self) -> float:
        """The expected share that would be recalled now, 0 to 1."""
        return self.known / self.items if self.items else 0.0

    @property
    def whole(self) -> tuple[int, int, int]:
        """Known, learning and new as whole numbers that add up to all items."""
        known = round(self.known)
        return known, self.items - self.new - known, self.new

    @property
    def answered(self) -> int:
        """How many were ever answered."""
        return self.items - self.new

    @classmethod
    def untouched(cls, items: int) -> ItemCounts:
        """Return the counts of items that were never touched."""
        return cls(items=items, new=items, new_askable=items)


def count_items(
    names: Collection[str], held: Mapping[str, ItemMemory], *, at_ms: int, day_end: int
) -> ItemCounts:
    """Count a bank's items, given by their ids; memories of other items are ignored.

    `at_ms` is now and `day_end` is when the study day ends, in milliseconds since 1970 UTC. FSRS counts whole
    days.
    """
    memories = [held[name] for name in names if name in held]
    answered = [memory for memory in memories if memory.attempts]
    states = [memory.recall_at for memory in answered]
    known = sum(recall_after(state[0], (at_ms - state[1]) // A_DAY) for state in states if state)
    new = len(names) - len(answered)
    kept_back = sum(
        not memory.attempts and (memory.is_suspended or memory.buried_until >= day_end) for memory in memories
    )
    return ItemCounts(
        items=len(names),
        known=known,
        learning=len(answered) - known,
        new=new,
        new_askable=new - kept_back,
        due=sum(memory.due is not None and memory.due < day_end for memory in memories),
        suspended=sum(memory.is_suspended for memory in memories),
        leeches=sum(memory.is_leech for memory in memories),
    )
