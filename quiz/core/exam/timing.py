"""An exam's time limits, and how long each item was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from quiz.core.content.item_ref import ItemRef


@dataclass(frozen=True)
class Timing:
    """An exam's limits and the time spent so far, in milliseconds; times are since 1970 UTC."""

    started: int
    limit_ms: int | None = None
    """For the whole exam."""
    item_limit_ms: int | None = None
    """For each item."""
    showing: ItemRef | None = None
    """The item whose time runs; None while the exam is left or a verdict is shown."""
    since: int = 0
    """When its time began to run."""
    spent: Mapping[ItemRef, int] = field(default_factory=dict)
    """How long each item was shown, without the present time."""

    @property
    def deadline(self) -> int | None:
        """When the time for the whole exam ends; None without a limit."""
        return None if self.limit_ms is None else self.started + self.limit_ms

    @property
    def goes_on_alone(self) -> bool:
        """Whether an item's time runs on while the exam is left."""
        return self.item_limit_ms is not None

    def left_ms(self, at: int) -> int | None:
        """Return the time left for the whole exam, at least 0; None without a limit."""
        return None if self.deadline is None else max(0, self.deadline - at)

    def item_left_ms(self, ref: ItemRef, at: int) -> int | None:
        """Return the time left for an item, at least 0; None without a limit."""
        return None if self.item_limit_ms is None else self.item_limit_ms - self.spent_on(ref, at)

    def is_used_up(self, ref: ItemRef, at: int) -> bool:
        """Return whether an item's own time is over."""
        return self.item_left_ms(ref, at) == 0

    def used_up_at(self, ref: ItemRef) -> int | None:
        """Return when an item's running time ends; None if it does not run or has no limit."""
        if self.item_limit_ms is None or self.showing != ref:
            return None
        return self.since + max(0, self.item_limit_ms - self.spent.get(ref, 0))

    def spent_on(self, ref: ItemRef, at: int) -> int:
        """Return how long an item was shown by a time, at most its limit."""
        current = max(0, at - self.since) if ref == self.showing else 0
        total = self.spent.get(ref, 0) + current
        return total if self.item_limit_ms is None else min(total, self.item_limit_ms)

    def shown(self, ref: ItemRef | None, at: int) -> Timing:
        """Return the timing after another item, or none, is shown."""
        spent = self.spent
        if self.showing is not None:
            spent = {**spent, self.showing: self.spent_on(self.showing, at)}
        return replace(self, showing=ref, since=at, spent=spent)
