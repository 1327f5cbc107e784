"""A teacher's decisions about items after an exam, each recorded as a session of its own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from quiz.core.content.item_ref import ItemRef

SETTING = "class_decision"
"""The name under which a session's settings hold a decision."""


class ItemVersion(NamedTuple):
    """An item as it was when it was answered."""

    ref: ItemRef
    fingerprint: str


class DecisionKind(StrEnum):
    """What can be decided about an item."""

    LEAVE_OUT = "leave-out"
    """It counts for nobody."""
    FULL_POINTS = "full-points"
    """Everybody who was asked it gets full points."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A decision about an item, for one class."""

    class_list: str
    """The id of the class list."""
    kind: DecisionKind
    bank: str
    item: str
    fingerprint: str
    at: int
    """In milliseconds since 1970 UTC."""

    @property
    def version(self) -> ItemVersion:
        """The item that it is about."""
        return ItemVersion(ItemRef(self.bank, self.item), self.fingerprint)


def decision_in(settings: Mapping[str, Any]) -> Decision | None:
    """Return the decision recorded in a session's settings, or None.

    Raises msgspec.ValidationError for an invalid one.
    """
    return None if SETTING not in settings else msgspec.convert(settings[SETTING], Decision)
