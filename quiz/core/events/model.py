"""The events of a session, as they are recorded."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from quiz.core.content.grading import Confidence, Response, Verdict
from quiz.core.content.item_ref import ItemRef


class Mode(StrEnum):
    """The purpose of a session. The values are stored on record; `word` is what people read."""

    STUDY = "study"
    EXAM = "test"
    DRILL = "drill"

    @property
    def word(self) -> str:
        """The name of the mode on screens, in commands and in JSON."""
        return self.name.lower()


class EventKind(StrEnum):
    """What happened."""

    ATTEMPT = "attempt"
    """A response was graded."""
    SKIP = "skip"
    FLAG = "flag"
    """An item was flagged to look at again, or its flag removed, as `flagged` in `body` says.

    Without that, a second flag removes the first.
    """
    UNDO = "undo"
    """The event `target` and those in `body["also"]` no longer count."""
    OVERRIDE = "override"
    """The learner says that the attempt `target` was correct."""
    RATE = "rate"
    """The learner chose the rating in `body` for the attempt `target`."""
    SUSPEND = "suspend"
    """The item is not asked again until it is resumed."""
    RESUME = "resume"
    """A suspended or buried item may be asked again."""
    BURY = "bury"
    """The item is not asked again before the next study day."""
    FORGET = "forget"
    """The item is as new again."""
    RESCHEDULE = "reschedule"
    """The item comes back at the time `due` in `body`, in milliseconds since 1970 UTC."""
    TAG = "tag"
    """The learner's own tags of the item: those in `body` under `added` and `removed`."""
    DRAFT = "draft"
    """A response that may still change: in an exam, or where study asks for a more exact one."""
    NOTE = "note"
    """Something about the session itself, described in `body`: a pause, a vote, a turn, an extension."""
    END = "end"
    """The session is finished."""
    VOID = "void"
    """The whole session no longer counts."""


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that happened in a session. Events are numbered from 1 within their session.

    Nothing in it refers back to it, so that Python need not look for cycles among a million of them.
    """

    n: int
    kind: EventKind
    at: int
    """In milliseconds since 1970 UTC: the session's start plus a monotonic clock."""
    bank: str = ""
    item: str = ""
    fingerprint: str = ""
    learner: str = ""
    """The learner it belongs to; empty for the session's learner."""
    duration_ms: int | None = None
    """The time from showing the item to submitting the response."""
    response: Response | None = None
    score: float | None = None
    verdict: Verdict | None = None
    confidence: Confidence | None = None
    target: int | None = None
    """The number of the event of the same session that this one refers to."""
    body: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def ref(self) -> ItemRef:
        """The item it is about."""
        return ItemRef(self.bank, self.item)


class SessionHeader(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The opening of a session: enough to rebuild it.

    Beside its fields it keeps what was worked out from them, which is no part of it.
    """

    id: str
    """A UUIDv7 in its usual form."""
    learner: str
    device: str
    mode: Mode
    banks: tuple[str, ...]
    seed: int
    settings: dict[str, Any] = msgspec.field(default_factory=dict)
    items: tuple[ItemRef, ...] = ()
    """The selected items, in order."""
    started: int
    """In milliseconds since 1970 UTC."""
    zone: str = "UTC"
    """The learner's time zone: an IANA name, or an offset such as +02:00."""
