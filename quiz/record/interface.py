"""What holds the record, as the rest of quiz sees it: a store of events, and the questions that screens ask.

SQLite is behind both (`event_store.py`, `record.py`). Whatever else comes behind one of them is held to it by
the same tests (`tests/record/contracts/`). Every method raises RecordError's children where the store
refuses; times are milliseconds since 1970 UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from quiz.core.events.model import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from quiz.core.content.grading import Confidence
    from quiz.core.content.item import ItemRef
    from quiz.core.events.model import Event, SessionHeader
    from quiz.core.scheduling.fsrs_schedule import Memory, SessionEvent
    from quiz.core.scheduling.own_parameters import Trainings
    from quiz.core.scheduling.recall_model import History
    from quiz.core.statistics.activity import Day
    from quiz.core.statistics.calibration import IntervalBin, Reviews
    from quiz.core.statistics.item_counts import ItemMemory, Tally
    from quiz.record.class_lists import ClassLists
    from quiz.record.read_models import (
        Attempted,
        BankProgress,
        ConfidenceTotal,
        DayTotal,
        ItemTotal,
        Learner,
        Merged,
        SessionSummary,
        Unfinished,
    )


class EventStore(Protocol):
    """Sessions and what happened in them: only ever added to, except that names are forgotten.

    Sessions are known by their ids, events by their session and number, on every machine. What `start_with`
    and `append` were given is durable when they return, or nothing of it is there.
    """

    def start_with(self, header: SessionHeader, events: Sequence[Event]) -> None:
        """Put a session's start and its first events on record, both or neither."""
        ...

    def append(self, session_id: str, events: Sequence[Event]) -> None:
        """Put a session's next events on record, durably, with the memories and totals that follow.

        The same event again is nothing. Raises RecordConflict where another event has the number of one
        of them, ValueError where numbers are left out, KeyError for a session that was never started.
        """
        ...

    def heads(self) -> dict[str, int]:
        """Return the number of the last event of each session, 0 for one without events."""
        ...

    def since(self, heads: Mapping[str, int]) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
        """Yield what is here beyond the heads of another store: sessions with their later events."""
        ...

    def header(self, session_id: str) -> SessionHeader:
        """Return what a session was started with. Raises KeyError for an unknown id."""
        ...

    def events(self, session_id: str) -> tuple[Event, ...]:
        """Return all events of a session in their order. Raises KeyError for an unknown id."""
        ...

    def forget(self, learners: Sequence[str]) -> list[Path]:
        """Forget learners' names for good, here and in every copy; what they did stays, nobody's.

        Return the files that still hold names, because they could not be changed or are the person's own.
        """
        ...


class Record(EventStore, Protocol):
    """A store of events together with what follows from them."""

    path: Path
    is_read_only: bool

    def close(self) -> None:
        """Close the file. May be called again."""
        ...

    def patience(self, seconds: float) -> AbstractContextManager[None]:
        """Return a block that waits only so long for other programs; RecordLocked is raised after that."""
        ...

    def learner(self, name: str) -> Learner:
        """Return the learner of a name, made if there is none. Spacing does not count.

        Where several have the name, one who is on no class list comes first. Raises ValueError for a name of
        nothing but spaces.
        """
        ...

    @property
    def class_lists(self) -> ClassLists:
        """The class lists, whose pupils are learners."""
        ...

    def learners(self) -> list[Learner]:
        """Return all learners by name, those whose name was forgotten last."""
        ...

    def start(self, header: SessionHeader) -> None:
        """Put a session's start on record. Raises RecordConflict where another one has its id."""
        ...

    def merge(
        self,
        learners: Iterable[Learner],
        sessions: Iterable[tuple[SessionHeader, Sequence[Event]]],
        *,
        with_gaps: bool = False,
    ) -> Merged:
        """Take in what is not on record yet, from another machine's record or a backup, all or nothing.

        The same twice is the same as once, and the order does not matter. What is there already under the
        same id or number but says something else stays as it is and is told. A session that would lack
        events is left out and told, unless it may come in `with_gaps`.
        """
        ...

    def everything(self) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
        """Yield every session with all its events, void ones too, oldest first."""
        ...

    def effective_events(self, session_id: str) -> tuple[Event, ...]:
        """Return the events of a session that count: undone and void ones are left out, and undos."""
        ...

    def rebuild_memory(self) -> int:
        """Work out all memories and totals anew from the events; return how many rows were wrong."""
        ...

    def integrity(self) -> list[str]:
        """Return a sentence for everything that is not as it was written; none where all is well."""
        ...

    def gaps(self) -> list[str]:
        """Return a sentence for every session of which events were lost; the record is sound all the same."""
        ...

    def at_one_moment(self) -> AbstractContextManager[None]:
        """Let everything that is asked within the block be of one moment, whoever writes meanwhile."""
        ...

    def unfinished(self, learner: str, mode: Mode | None = None, limit: int = 50) -> list[Unfinished]:
        """Return a learner's sessions that can be gone on with, newest first."""
        ...

    def sessions(
        self,
        learner: str | None = None,
        bank: str | None = None,
        mode: Mode | None = None,
        limit: int = 50,
        before: str | None = None,
    ) -> list[SessionSummary]:
        """Return sessions that are not void, newest first; `before` is the id of the last one seen.

        With a learner: those they opened or took part in, with their own sums. With a bank: those in which
        something of it was attempted or skipped, with its sums.
        """
        ...

    def last_scores(self, learner: str, bank: str, mode: Mode = Mode.EXAM, limit: int = 20) -> list[float]:
        """Return the scores, 0 to 1, of a learner's last finished sessions on a bank, oldest first."""
        ...

    def memory(self, learner: str, ref: ItemRef) -> Memory | None:
        """Return what is remembered of a learner's item; None where nothing ever happened to it."""
        ...

    def memories(self, learner: str, banks: Iterable[str] | None = None) -> dict[ItemRef, Memory]:
        """Return what is remembered of a learner's items, of some banks or of all."""
        ...

    def flagged(self, learner: str) -> frozenset[ItemRef]:
        """Return the items that a learner marked to look at again."""
        ...

    def missed_since(self, learner: str, since_ms: int) -> set[ItemRef]:
        """Return a learner's items of which an answer since a moment was more wrong than right."""
        ...

    def asked(self, learner: str, bank: str | None = None) -> dict[ItemRef, Tally]:
        """Return what a learner's attempts at each item come to, all its versions together."""
        ...

    def session_events(self, learner: str, ref: ItemRef) -> list[SessionEvent]:
        """Return all that counts of what happened to a learner's item; the openings carry no items."""
        ...

    def standing(self, learner: str, end_of_day: int) -> dict[str, BankProgress]:
        """Return how a learner stands with each bank; `end_of_day` is when today's study day ends."""
        ...

    def attempted_since(self, learner: str, since_ms: int, not_session: str | None = None) -> set[ItemRef]:
        """Return a learner's items that were attempted since a moment, in other sessions than one.

        What was only practised, without counting for the schedule, is left out.
        """
        ...

    def due_by_day(self, learner: str, since_ms: int) -> dict[int, int]:
        """Count what a learner has due from a moment on, by whole days after it."""
        ...

    def new_since(self, learner: str, since_ms: int) -> int:
        """Count a learner's items that were answered for the first time since a moment."""
        ...

    def new_by_bank(self, learner: str, since_ms: int) -> dict[str, int]:
        """Count a learner's items of each bank that were answered for the first time since a moment."""
        ...

    def reviewed_since(self, learner: str, since_ms: int) -> int:
        """Count a learner's items that were answered since a moment that were known before it."""
        ...

    def trainings(self, learner: str) -> Trainings:
        """Return what the trainings of a learner's own parameters came to."""
        ...

    def review_count(self, learner: str) -> int:
        """Count a learner's reviews: the first response to each item on each study day."""
        ...

    def histories(self, learner: str) -> list[History]:
        """Return the reviews of each of a learner's items."""
        ...

    def days_active(self, learner: str) -> list[date]:
        """Return the study days on which a learner attempted anything, oldest first."""
        ...

    def day_totals(self, learner: str, bank: str | None = None, since: date | None = None) -> list[DayTotal]:
        """Return what a learner did per study day, bank and mode, oldest first."""
        ...

    def item_totals(self, learner: str, bank: str | None = None) -> list[ItemTotal]:
        """Return what a learner did per item and version of it."""
        ...

    def confidence_totals(self, learner: str, bank: str | None = None) -> list[ConfidenceTotal]:
        """Return how a learner did per bank and confidence."""
        ...

    def days(self, learner: str) -> list[Day]:
        """Return what a learner did on each study day, oldest first."""
        ...

    def totals_by_bank(self, learner: str, today: date) -> dict[str, Day]:
        """Return what a learner did at each bank on all days together."""
        ...

    def held_items(self, learner: str, bank: str | None = None) -> list[ItemMemory]:
        """Return what is remembered of a learner's items, in short."""
        ...

    def tallies(self, learner: str, bank: str, item: str | None = None) -> list[Tally]:
        """Return what a learner's attempts at the items of a bank come to, versions apart."""
        ...

    def attempts_at(
        self, learner: str, ref: ItemRef, limit: int, before: tuple[str, int] | None = None
    ) -> list[Attempted]:
        """Return a learner's attempts at an item that count, those of the newest sessions first.

        At most `limit` are looked at; `before` is the session and the number that the last look ended with.
        """
        ...

    def scores_by_confidence(
        self, learner: str, bank: str | None = None
    ) -> dict[Confidence, tuple[int, float]]:
        """Return how many attempts were given with each confidence, and the sum of their scores."""
        ...

    def predicted_reviews(self, learner: str, bank: str | None = None) -> dict[IntervalBin, Reviews]:
        """Return the sums per bin of a learner's reviews, of one bank or of all."""
        ...
