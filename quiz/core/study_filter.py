"""What a learner wants to study: which items, how many, in which order, and what it counts for."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

MOST_ITEMS = 9_999
MOST_MINUTES = 24 * 60


class ItemState(StrEnum):
    """How a learner stands with an item. An item may be in several of these."""

    NEW = "new"
    """Not answered yet, and not suspended or put off."""
    DUE = "due"
    """It comes back before the study day ends."""
    KNOWN = "known"
    """Expected to be recalled in a week, at least as likely as the retention that is set."""
    FLAGGED = "flagged"
    """Marked to look at again."""
    LEECH = "leech"
    """Missed so often that it should be reworded or learned in another way."""
    MISSED = "missed"
    """Missed within the last week."""
    NEVER_ASKED = "never-asked"
    """Not asked in any session yet: neither answered nor skipped."""
    SUSPENDED = "suspended"
    """Not asked until it is resumed."""


class Purpose(StrEnum):
    """What a session counts for."""

    TODAY = "today"
    """What the schedule asks for today: due items, and new ones within the day's share."""
    AHEAD = "ahead"
    """All that is chosen, before it is due as well; answers count for the schedule."""
    CRAM = "cram"
    """All that is chosen; the schedule stays as it is."""


class StudyOrder(StrEnum):
    """In which order items are asked."""

    USUAL = "usual"
    """The longest due first, topics in turn; in today's questions, new ones are spread among them."""
    FILE = "file"
    """As they stand in their banks."""
    RANDOM = "random"
    WEAKEST = "weakest"
    """The least likely to be recalled first."""
    OLDEST = "oldest"
    """The longest not answered first."""


class StudyFilter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which items a session is limited to; what is empty limits nothing."""

    banks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    states: tuple[ItemState, ...] = ()
    """Items in any of these states."""
    limit: Annotated[int, Meta(ge=1, le=MOST_ITEMS)] | None = None
    minutes: Annotated[int, Meta(ge=1, le=MOST_MINUTES)] | None = None
    order: StudyOrder = StudyOrder.USUAL
    purpose: Purpose = Purpose.TODAY
    more_new: int = 0
    """How many new items are wanted beyond the day's share."""

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for anything but what is due and new in some banks."""
        chosen = self.topics or self.tags or self.kinds or self.states
        return bool(chosen) or self.purpose is not Purpose.TODAY or self.order is not StudyOrder.USUAL


STEPS: dict[str, tuple[Any, ...]] = {
    "purpose": tuple(Purpose),
    "order": tuple(StudyOrder),
    "limit": (None, 5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200),
    "minutes": (None, 5, 10, 15, 20, 30, 45, 60, 90),
}
"""What each setting is stepped through; None is no limit."""
_LIMITS = {"limit": MOST_ITEMS, "minutes": MOST_MINUTES}


def stepped(chosen: StudyFilter, name: str, by: int) -> StudyFilter:
    """Return a choice with one of its settings a step further, or back where `by` is negative.

    Numbers stop at their ends, no limit below the least; the others go round.
    """
    steps, value = STEPS[name], getattr(chosen, name)
    if name not in _LIMITS:
        return with_value(chosen, name, steps[(steps.index(value) + by) % len(steps)])
    beyond = [step for step in steps if ((step or 0) - (value or 0)) * by > 0]
    return with_value(chosen, name, beyond[0 if by > 0 else -1]) if beyond else chosen


def typed(chosen: StudyFilter, name: str, digits: str) -> StudyFilter:
    """Return a choice with a number as it was typed, brought into its range; none at all is no limit."""
    if name not in _LIMITS:
        return chosen
    return with_value(chosen, name, max(1, min(_LIMITS[name], int(digits))) if digits else None)


def turned(chosen: StudyFilter, name: str, value: str) -> StudyFilter:
    """Return a choice with a bank, topic, tag, kind or state taken in, or left out where it was in."""
    before: tuple[str, ...] = getattr(chosen, name)
    kept = tuple(each for each in before if each != value)
    after = kept if value in before else (*before, ItemState(value) if name == "states" else value)
    return with_value(chosen, name, after)


def with_value(chosen: StudyFilter, name: str, value: Any) -> StudyFilter:
    """Return a choice with another value of one of its fields."""
    changes: dict[str, Any] = {name: value}
    return msgspec.structs.replace(chosen, **changes)
