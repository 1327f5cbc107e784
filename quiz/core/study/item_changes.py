"""What a learner does to items outside of any session, as events."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind


class Deed(StrEnum):
    """What can be done to items."""

    SUSPEND = "suspend"
    RESUME = "resume"
    FLAG = "flag"
    UNFLAG = "unflag"
    FORGET = "forget"
    RESCHEDULE = "reschedule"
    TAG = "tag"
    UNTAG = "untag"


_KINDS = {
    Deed.SUSPEND: EventKind.SUSPEND,
    Deed.RESUME: EventKind.RESUME,
    Deed.FLAG: EventKind.FLAG,
    Deed.UNFLAG: EventKind.FLAG,
    Deed.FORGET: EventKind.FORGET,
    Deed.RESCHEDULE: EventKind.RESCHEDULE,
    Deed.TAG: EventKind.TAG,
    Deed.UNTAG: EventKind.TAG,
}
PAST = {
    Deed.SUSPEND: "Suspended",
    Deed.RESUME: "Resumed",
    Deed.FLAG: "Flagged",
    Deed.UNFLAG: "Took the flag from",
    Deed.FORGET: "Made new again:",
    Deed.RESCHEDULE: "Set the day of",
    Deed.TAG: "Tagged",
    Deed.UNTAG: "Took the tag from",
}
"""What is said of each once it is done, before the number of items."""


class ItemChange(msgspec.Struct, frozen=True):
    """Something to be done to items."""

    deed: Deed
    due: int = 0
    """When items come back that are rescheduled, in milliseconds since 1970 UTC."""
    tag: str = ""
    """The tag that is given or taken."""

    def event(self, n: int, ref: ItemRef, at: int) -> Event:
        """Return the event that does it to one item."""
        body: dict[str, Any] = {}
        match self.deed:
            case Deed.FLAG | Deed.UNFLAG:
                body = {"flagged": self.deed is Deed.FLAG}
            case Deed.RESCHEDULE:
                body = {"due": self.due}
            case Deed.TAG:
                body = {"added": [self.tag]}
            case Deed.UNTAG:
                body = {"removed": [self.tag]}
        return Event(n=n, kind=_KINDS[self.deed], at=at, bank=ref.bank, item=ref.item, body=body)
