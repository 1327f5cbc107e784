"""The record as the rest of quiz sees it: a store of events, and the questions that screens ask of it.

SQLite implements both (`event_store.py`, `sqlite_record.py`). Any other implementation must pass the same
tests (`tests/record/contracts/`). Every method raises a RecordError where the store refuses; times are
milliseconds since 1970 UTC.
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
    from quiz.core.content.item_ref import ItemRef
    from quiz.core.events.model import Event, SessionHeader
    from quiz.core.scheduling.fsrs_schedule import Memory, SessionEvent
    from quiz.core.scheduling.own_parameters import Trainings
    from quiz.core.scheduling.recall_model import ReviewSequence
    from quiz.core.statistics.activity import Day
    from quiz.core.statistics.calibration import IntervalBin, Reviews
    from quiz.core.statistics.class_decisions import Decision
    from quiz.core.statistics.item_counts import AskedItems, HeldItems, Tally
    from quiz.record.class_lists import ClassLists
    from quiz.record.read_models import (
        Attempted,
        Extent,
        Learner,
        Merged,
        SessionSummary,
        Unfinished,
    )


class EventStore(Protocol):
    """Sessions and their events. They are only ever added to, except that names can be forgotten.

    Sessions are known by their ids and events by session and number, on every machine. What `start_with` and
    `append` were given is durable when they return, or none of it is there.
    """

    def start_with(self, header: SessionHeader, events: Sequence[Event]) -> None:
        """Record a session's start and its first events, all or nothing."""
        ...

    def append(self, session_id: str, events: Sequence[Event]) -> None:
        """Record a session's next events durably, and update memories and totals.

        Recording the same event again has no effect. Raises RecordConflict where another event has the number
        of one of them, ValueError where numbers are left out, KeyError for a session that was never started.
        """
        ...

    def heads(self) -> dict[str, int]:
        """Return the number of the last event of each session, 0 for one without events."""
        ...

    def since(self, heads: Mapping[str, int]) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
        """Yield what is new since another store's heads: sessions with their later events."""
        ...

    def header(self, session_id: str) -> SessionHeader:
        """Return the opening of a session. Raises KeyError for an unknown id."""
        ...

    def events(self, session_id: str) -> tuple[Event, ...]:
        """Return all events of a session in order. Raises KeyError for an unknown id."""
        ...

    def forget(self, learners: Sequence[str]) -> list[Path]:
        """Forget learners' names for good, here and in every copy; their answers stay, without a name.

        Returns the files that still hold names, because they could not be changed or are the person's own.
        """
        ...


def later_events(
    store: EventStore, heads: Mapping[str, int]
) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
    """Yield what a store has that is new since another store's heads: sessions with their later events."""
    for session, last in store.heads().items():
        known = heads.get(session)
        if known is None or known < last:
            yield (
                store.header(session),
                tuple(event for event in store.events(session) if event.n > (known or 0)),
            )


class Record(EventStore, Protocol):
    """A store of events together with everything derived from them."""

    path: Path
    is_read_only: bool

    def close(self) -> None:
        """Close the file. It may be closed again."""
        ...

    def wait_at_most(self, seconds: float) -> None:
        """Limit the wait for other programs on this thread, after which RecordLocked is raised."""
        ...

    def learner(self, name: str) -> Learner:
        """Return the learner of a name, creating one if there is none. Extra spaces do not matter.

        Where several have the name, one who is on no class list comes first. Raises ValueError for an empty
        name.
        """
        ...

    @property
    def class_lists(self) -> ClassLists:
        """The class lists, whose pupils are learners."""
        ...

    def learners(self) -> list[Learner]:
        """Return all learners by name; those whose names were forgotten come last."""
        ...

    def rename(self, learner: str, name: str) -> Learner:
        """Give a learner, by id, another name and return them.

        Raises ValueError for a name of nothing but spaces, KeyError for an unknown learner.
        """
        ...

    def start(self, header: SessionHeader) -> None:
        """Record a session's start. Raises RecordConflict where another session has its id."""
        ...

    def merge(
        self,
        learners: Iterable[Learner],
        sessions: Iterable[tuple[SessionHeader, Sequence[Event]]],
        *,
        with_gaps: bool = False,
    ) -> Merged:
        """Record what is new in another machine's record or a backup, all or nothing.

        Merging twice has no further effect, and the order does not matter. Whatever is on record under the
        same id or number with another content stays as it is and is reported. A session that would lack
        events is left out and reported, unless `with_gaps` is set.
        """
        ...

    def everything(self) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
        """Yield every session with all its events, including void ones, oldest first."""
        ...

    def effective_events(self, session_id: str) -> tuple[Event, ...]:
        """Return the events of a session that count, without undone and void ones and without undos."""
        ...

    def rebuild_memory(self) -> int:
        """Rebuild all memories and totals from the events, and return how many rows were wrong."""
        ...

    def integrity(self) -> list[str]:
        """Return a sentence for everything that is not as it was written; empty if all is well."""
        ...

    def gaps(self) -> list[str]:
        """Return a sentence for each session that has lost events; the record is sound all the same."""
        ...

    def at_one_moment(self) -> AbstractContextManager[None]:
        """Let every question within the block be answered as of one moment, whoever writes meanwhile."""
        ...

    def unfinished(self, learner: str, mode: Mode | None = None, limit: int = 50) -> list[Unfinished]:
        """Return a learner's sessions that can be continued, newest first."""
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
        """Return the memory of a learner's item, or None if nothing ever happened to it."""
        ...

    def memories(self, learner: str, banks: Iterable[str] | None = None) -> dict[ItemRef, Memory]:
        """Return the memories of a learner's items, of some banks or of all."""
        ...

    def flagged(self, learner: str) -> frozenset[ItemRef]:
        """Return the items that a learner flagged."""
        ...

    def missed_since(self, learner: str, since_ms: int) -> set[ItemRef]:
        """Return a learner's items with an attempt since a moment that was not fully right."""
        ...

    def suspended_among(self, learner: str, refs: Iterable[ItemRef]) -> set[ItemRef]:
        """Return which of some items a learner has suspended."""
        ...

    def asked(self, learner: str, bank: str | None = None) -> AskedItems:
        """Return the totals of a learner's attempts at each item, over all its versions."""
        ...

    def session_events(self, learner: str, ref: ItemRef) -> list[SessionEvent]:
        """Return the effective events about a learner's item; the openings with them carry no items."""
        ...

    def attempted_since(self, learner: str, since_ms: int, not_session: str | None = None) -> set[ItemRef]:
        """Return a learner's items attempted since a moment, except in the session `not_session`.

        What was only practised, without counting for the schedule, is left out.
        """
        ...

    def due_by_day(self, learner: str, since_ms: int) -> dict[int, int]:
        """Count a learner's items that are due from a moment on, by whole days after it."""
        ...

    def new_since(self, learner: str, since_ms: int) -> int:
        """Count a learner's items that were first answered since a moment."""
        ...

    def new_by_bank(self, learner: str, since_ms: int) -> dict[str, int]:
        """Count a learner's items that were first answered since a moment, by bank."""
        ...

    def reviewed_since(self, learner: str, since_ms: int) -> int:
        """Count a learner's items that were first answered before a moment and answered again since."""
        ...

    def trainings(self, learner: str) -> Trainings:
        """Return the trainings of a learner's own parameters."""
        ...

    def class_decisions(self, class_list: str) -> list[tuple[str, Decision]]:
        """Return the effective decisions for a class, oldest first, each with the id of its session."""
        ...

    def review_count(self, learner: str) -> int:
        """Count a learner's reviews: the first response to each item on each study day."""
        ...

    def review_sequences(self, learner: str) -> list[ReviewSequence]:
        """Return the reviews of each of a learner's items."""
        ...

    def extent(self, learner: str) -> Extent:
        """Return how much is on record about a learner, which changes with everything that is added."""
        ...

    def days_active(self, learner: str) -> list[date]:
        """Return the study days on which a learner attempted anything, oldest first."""
        ...

    def days(self, learner: str) -> list[Day]:
        """Return what a learner did on each study day, oldest first."""
        ...

    def totals_by_bank(self, learner: str, today: date) -> dict[str, Day]:
        """Return a learner's totals of all days for each bank; `today` is the day in each of them."""
        ...

    def held_items(self, learner: str, bank: str | None = None) -> HeldItems:
        """Return short memories of a learner's items, of one bank or of all. They may be shared."""
        ...

    def tallies(self, learner: str, bank: str, item: str | None = None) -> list[Tally]:
        """Return the totals of a learner's attempts at the items of a bank, by version of the item."""
        ...

    def attempts_at(
        self, learner: str, ref: ItemRef, limit: int, before: tuple[str, int] | None = None
    ) -> list[Attempted]:
        """Return a learner's effective attempts at an item, those of the newest sessions first.

        At most `limit` are read; `before` is the session and number of the last attempt read before.
        """
        ...

    def scores_by_confidence(
        self, learner: str, bank: str | None = None
    ) -> dict[Confidence, tuple[int, float]]:
        """Return the number of attempts given with each confidence, and the sum of their scores."""
        ...

    def predicted_reviews(self, learner: str, bank: str | None = None) -> dict[IntervalBin, Reviews]:
        """Return the sums per bin of a learner's reviews, of one bank or of all."""
        ...
