"""A learner's statistics on a bank."""

from __future__ import annotations

from datetime import date

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.statistics.item_counts import ItemCounts
from quiz.core.statistics.item_difficulty import ItemDifficulty, TopicLine


class ExamPoint(msgspec.Struct, frozen=True):
    """A finished exam, as a point of a plot."""

    session: str
    started: int
    """In milliseconds since 1970 UTC."""
    day: date
    items: int
    share: float
    """The mean score, 0 to 1, with empty items as 0."""


class ItemName(msgspec.Struct, frozen=True):
    """An item and its stem."""

    ref: ItemRef
    stem: str


class BankFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A learner's statistics on a bank, as plain values."""

    bank: str
    title: str
    learner: str
    """The learner's name."""
    attempts: int
    accuracy: float | None
    """The mean score of all attempts, 0 to 1; None without attempts."""
    knowledge: ItemCounts
    due: int
    """How many items are due today."""
    topics: tuple[TopicLine, ...]
    exams: tuple[ExamPoint, ...]
    """The last finished exams, oldest first."""
    items: tuple[ItemDifficulty, ...]
    """Every version of an item that was attempted, the hardest first, earlier versions last."""
    suspended: tuple[ItemName, ...]
    """Items that are suspended, in the bank's order."""
    never_asked: tuple[ItemName, ...]
    """Items that were never attempted, in the bank's order."""

    @property
    def earlier(self) -> tuple[ItemDifficulty, ...]:
        """Earlier versions of items that were edited since."""
        return tuple(line for line in self.items if not line.is_current)
