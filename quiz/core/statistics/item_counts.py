"""A learner's progress with some items: the only place where due, known, learning and new are counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

import msgspec

from quiz.core.scheduling.card import A_DAY, DECAY, LEECH_AT, curve_factor, recall_after

KNOWN_FOR_DAYS = 7
"""Known is what is expected to be recalled in so many days; for the moment, everything just answered is."""


class ItemMemory(msgspec.Struct, frozen=True, gc=False):
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
    is_flagged: bool = False
    tags: tuple[str, ...] = ()
    """The learner's own."""
    decay: float = DECAY
    """How fast the chance of recall falls by the parameters it was last reviewed with."""
    scheduled: int | None = None
    """When the schedule has it come back, where it was buried beyond that."""

    @property
    def due_since(self) -> int | None:
        """When the schedule has it come back, whether or not it was buried; None where it never does."""
        return self.due if self.scheduled is None else self.scheduled

    @property
    def is_leech(self) -> bool:
        """Whether it was missed so often that something should be done about it, and is still asked."""
        return self.misses >= LEECH_AT and not self.is_suspended

    def recall(self, at_ms: int) -> float:
        """Return the chance of recall at a time, 0 to 1 by whole days; 0 where it was never reviewed."""
        if self.stability is None or self.reviewed_at is None:
            return 0.0
        return recall_after(self.stability, (at_ms - self.reviewed_at) // A_DAY, self.decay)

    def known(self, at_ms: int) -> float:
        """Return the chance, 0 to 1, that it will still be recalled a week after a time without a review."""
        return self.recall(at_ms + KNOWN_FOR_DAYS * A_DAY)

    def is_due(self, before: int) -> bool:
        """Say whether it comes back before a time, usually the end of the study day."""
        return self.due is not None and self.due < before

    def is_askable_as_new(self, before: int) -> bool:
        """Say whether it was never answered and neither suspended nor put off beyond a time."""
        return not self.attempts and not self.is_suspended and self.buried_until < before


HeldItems: TypeAlias = Mapping[str, Mapping[str, ItemMemory]]
"""Short memories by bank and item."""


class Tally(msgspec.Struct, frozen=True):
    """The totals of the attempts at one version of an item."""

    item: str
    fingerprint: str
    attempts: int
    score: float
    """The sum of the scores, each from 0 to 1."""
    skipped: int = 0


AskedItems: TypeAlias = Mapping[str, Mapping[str, Tally]]
"""What the attempts at each item come to, all its versions together, by bank and item."""


class ItemCounts(msgspec.Struct, frozen=True, kw_only=True):
    """A learner's progress with some items. Known, learning and new add up to all of them."""

    items: int
    known: float = 0.0
    """How many are expected to be recalled in a week without a review."""
    learning: float = 0.0
    """How many were answered, but are not expected to be recalled by then."""
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
        """The expected share that would be recalled in a week, 0 to 1."""
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

    `at_ms` is now and `day_end` is when the study day ends, in milliseconds since 1970 UTC.
    """
    later = at_ms + KNOWN_FOR_DAYS * A_DAY
    answered = kept_back = due = suspended = leeches = 0
    known, decay, factor = 0.0, DECAY, curve_factor(DECAY)
    for name in names:  # a loop without calls, since a hundred thousand are counted for a screen
        memory = held.get(name)
        if memory is None:
            continue
        if memory.attempts:
            answered += 1
            stability, reviewed_at = memory.stability, memory.reviewed_at
            if stability is not None and reviewed_at is not None:
                if memory.decay != decay:
                    decay, factor = memory.decay, curve_factor(memory.decay)
                days = (later - reviewed_at) // A_DAY
                if days > 0:
                    known += (1 + factor * days / stability) ** -decay
                else:
                    known += 1.0
        elif not memory.is_askable_as_new(day_end):
            kept_back += 1
        comes_back = memory.due
        if comes_back is not None and comes_back < day_end:
            due += 1
        if memory.is_suspended:
            suspended += 1
        elif memory.misses >= LEECH_AT:
            leeches += 1
    new = len(names) - answered
    return ItemCounts(
        items=len(names),
        known=known,
        learning=answered - known,
        new=new,
        new_askable=new - kept_back,
        due=due,
        suspended=suspended,
        leeches=leeches,
    )
