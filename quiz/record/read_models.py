"""What the record answers besides events and memories, as small values."""

from __future__ import annotations

import msgspec

from quiz.core.events.model import Event, Mode, SessionHeader

READ_ONLY = "The record may not be written here: you can look at everything, but no answer will be saved."
"""Shown where the record was opened for reading only."""


class Learner(msgspec.Struct, frozen=True):
    """A person on record."""

    id: str
    """Never changes, and is the same on every machine the record is merged with."""
    name: str
    """Empty if it was forgotten."""


class Extent(msgspec.Struct, frozen=True, array_like=True):
    """How much is on record about a learner. It differs after anything is added."""

    learner: str
    sessions: int
    events: int
    newest: str
    """The id of the session that was started last; empty without any."""


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """The sums of some attempts, without undone ones, with overridden ones counted as right."""

    attempts: int = 0
    correct: int = 0
    partial: int = 0
    skipped: int = 0
    """The number of skips, which are not attempts."""
    score: float = 0.0
    """The sum of the scores, each from 0 to 1."""
    duration_ms: int = 0
    """The total duration of the timed attempts."""
    timed: int = 0
    """The number of attempts whose duration is known."""

    @property
    def accuracy(self) -> float | None:
        """The mean score, 0 to 1; None without attempts."""
        return self.score / self.attempts if self.attempts else None


class SessionSummary(Sums, frozen=True, kw_only=True):
    """A session in brief."""

    id: str
    learner: str
    mode: Mode
    banks: tuple[str, ...]
    started: int
    """In milliseconds since 1970 UTC."""
    zone: str
    last_at: int
    """The time of its last event, else of its start, in milliseconds since 1970 UTC."""
    is_ended: bool
    share_of_points: float | None = None
    """The share of an exam's points, 0 to 1, where its questions weigh differently."""

    @property
    def share(self) -> float:
        """The share that was right, 0 to 1, in an exam that of its points; 0 without answers."""
        if self.share_of_points is not None:
            return self.share_of_points
        return self.score / self.answers if self.answers else 0.0

    @property
    def answers(self) -> int:
        """How many answers its score is out of.

        Skipped questions count, except in study, where they are only put off.
        """
        return self.attempts + (0 if self.mode is Mode.STUDY else self.skipped)

    @property
    def took_ms(self) -> int:
        """How long it took, in milliseconds.

        Of a drill it is the time it was on, since its pupils answer at once; else the time of the answers.
        """
        return max(0, self.last_at - self.started) if self.mode is Mode.DRILL else self.duration_ms

    @property
    def unanswered(self) -> str:
        """Shown instead of a share where no answer belongs to a learner."""
        return "by the class" if self.mode is Mode.DRILL else "nothing answered"


class Unfinished(msgspec.Struct, frozen=True, kw_only=True):
    """A session that can be continued."""

    header: SessionHeader
    attempts: int
    last_at: int
    """The time of its last event, in milliseconds since 1970 UTC."""


class Merged(msgspec.Struct, frozen=True):
    """The result of a merge."""

    sessions: int
    """The number of new sessions."""
    events: int
    """The number of new events."""
    conflicts: tuple[str, ...] = ()
    """A sentence for each event or session that is already on record with another content."""
    left_out: tuple[str, ...] = ()
    """A sentence for each session that is incomplete."""
    differing: dict[str, list[int]] = {}
    """The numbers of the events that are on record with another content, by sessions."""


class Attempted(msgspec.Struct, frozen=True):
    """An effective attempt, with the opening of its session, which carries no items."""

    header: SessionHeader
    event: Event
    is_overridden: bool

    @property
    def score(self) -> float:
        """The score that counts, 0 to 1."""
        return 1.0 if self.is_overridden else self.event.score or 0.0
