"""What a teacher decides about an item after an exam: each decision is a session of its own on record."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from quiz.core.content.item import ItemRef

SETTING = "class_decision"
"""Under what the settings of a session tell of a decision."""


class ItemVersion(NamedTuple):
    """An item as it stood when it was answered."""

    ref: ItemRef
    fingerprint: str


class DecisionKind(StrEnum):
    """What can be decided about an item."""

    LEAVE_OUT = "leave-out"
    """It brings nobody anything, and nobody lacks it."""
    FULL_POINTS = "full-points"
    """Everybody who was asked it gets all of its points."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A decision about an item, for one class."""

    class_list: str
    """The id of the class list."""
    kind: DecisionKind
    bank: str
    item: str
    fingerprint: str
    at: int
    """When it was decided, in milliseconds since 1970 UTC."""

    @property
    def version(self) -> ItemVersion:
        """The item that it is about."""
        return ItemVersion(ItemRef(self.bank, self.item), self.fingerprint)


def decision_in(settings: Mapping[str, Any]) -> Decision | None:
    """Return what a session's settings tell of a decision; None where they tell of none.

    Raises msgspec.ValidationError for what is none.
    """
    return None if SETTING not in settings else msgspec.convert(settings[SETTING], Decision)
