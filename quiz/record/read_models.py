"""What the record tells besides events and memories, as small values."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from quiz.core.events.model import Event, Mode, SessionHeader

READ_ONLY = "The record may not be written here: everything can be looked at, but no answer can be kept."
"""What the person is told where the record was opened for reading."""


class Learner(msgspec.Struct, frozen=True):
    """Somebody with a record."""

    id: str
    """Never changes and is the same on every machine the record is merged with."""
    name: str
    """Empty where it was forgotten."""


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """What some attempts come to, undone ones left out and overridden ones counted as right."""

    attempts: int = 0
    correct: int = 0
    partial: int = 0
    skipped: int = 0
    """How often an item was skipped; skips are no attempts."""
    score: float = 0.0
    """The sum of the scores, each from 0 to 1."""
    duration_ms: int = 0
    """The sum of how long the timed attempts took."""
    timed: int = 0
    """How many attempts say how long they took."""

    @property
    def accuracy(self) -> float | None:
        """The mean score, 0 to 1; None without attempts."""
        return self.score / self.attempts if self.attempts else None


class SessionSummary(Sums, frozen=True, kw_only=True):
    """A session in short."""

    id: str
    learner: str
    mode: Mode
    banks: tuple[str, ...]
    started: int
    """When, in milliseconds since 1970 UTC."""
    zone: str
    last_at: int
    """When its last event was, in milliseconds since 1970 UTC; its start where there is none."""
    is_ended: bool

    @property
    def unanswered(self) -> str:
        """What is said in place of a share where no answer is anybody's own."""
        return "by the class" if self.mode is Mode.DRILL else "nothing answered"


class Unfinished(msgspec.Struct, frozen=True, kw_only=True):
    """A session that can be gone on with."""

    header: SessionHeader
    attempts: int
    last_at: int
    """When its last event was, in milliseconds since 1970 UTC."""


class Merged(msgspec.Struct, frozen=True):
    """What a merge brought."""

    sessions: int
    """How many were new."""
    events: int
    """How many were new."""
    conflicts: tuple[str, ...] = ()
    """A sentence for everything that is on record already, but says something else there."""
    left_out: tuple[str, ...] = ()
    """A sentence for every session that did not come whole."""


class Attempted(NamedTuple):
    """An attempt that counts, with the opening of its session, which carries no items."""

    header: SessionHeader
    event: Event
    is_overridden: bool

    @property
    def score(self) -> float:
        """The score that counts, 0 to 1."""
        return 1.0 if self.is_overridden else self.event.score or 0.0
