"""The record in SQLite: the event store, which writes, and what screens and reports ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from quiz.core.content.grading import Confidence
from quiz.core.content.item import ItemRef
from quiz.core.events.ids import id_key
from quiz.core.events.model import Mode
from quiz.core.scheduling.fsrs_schedule import Memory, SessionEvent
from quiz.core.scheduling.own_parameters import Trainings
from quiz.core.scheduling.recall_model import ReviewSequence
from quiz.core.statistics.activity import Day
from quiz.core.statistics.item_counts import ItemMemory, Tally
from quiz.record import class_decisions, queries, statistics_queries, trainings
from quiz.record.event_store import SqliteEventStore
from quiz.record.projections import memory
from quiz.record.read_models import (
    Attempted,
    SessionSummary,
    Unfinished,
)

if TYPE_CHECKING:
    from quiz.core.statistics.calibration import IntervalBin, Reviews
    from quiz.core.statistics.class_decisions import Decision


class SqliteRecord(SqliteEventStore):
    """An open record. Every method raises a RecordError where the file refuses."""

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Let every question within the block be answered as of one moment, whoever writes meanwhile."""
        with self._file.reading():
            yield

    # Sessions

    def unfinished(self, learner: str, mode: Mode | None = None, limit: int = 50) -> list[Unfinished]:
        """Return a learner's sessions that can be continued, newest first."""
        with self._file.reading() as db:
            return queries.unfinished(db, learner, mode, limit)

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
        with self._file.reading() as db:
            return queries.sessions(db, learner=learner, bank=bank, mode=mode, limit=limit, before=before)

    def last_scores(self, learner: str, bank: str, mode: Mode = Mode.EXAM, limit: int = 20) -> list[float]:
        """Return the scores, 0 to 1, of a learner's last finished sessions on a bank, oldest first."""
        with self._file.reading() as db:
            found = queries.sessions(
                db, learner=learner, bank=bank, mode=mode, limit=limit, before=None, only_ended=True
            )
        asked = [(told.score, told.attempts + told.skipped) for told in reversed(found)]
        return [score / count for score, count in asked if count]

    # Memories

    def memory(self, learner: str, ref: ItemRef) -> Memory | None:
        """Return the memory of a learner's item, or None if nothing ever happened to it."""
        with self._file.reading() as db:
            return memory.memory_of(db, learner, ref)

    def memories(self, learner: str, banks: Iterable[str] | None = None) -> dict[ItemRef, Memory]:
        """Return the memories of a learner's items, of some banks or of all."""
        with self._file.reading() as db:
            return memory.memories_of(db, learner, banks)

    def flagged(self, learner: str) -> frozenset[ItemRef]:
        """Return the items that a learner marked to look at again."""
        with self._file.reading() as db:
            return memory.flagged(db, learner)

    def session_events(self, learner: str, ref: ItemRef) -> list[SessionEvent]:
        """Return the effective events about a learner's item; the openings with them carry no items."""
        with self._file.reading() as db:
            return memory.session_events(db, self._headers, learner, ref)

    def attempted_since(self, learner: str, since_ms: int, not_session: str | None = None) -> set[ItemRef]:
        """Return a learner's items attempted since a moment, except in the session `not_session`.

        What was only practised, without counting for the schedule, is left out.
        """
        with self._file.reading() as db:
            return queries.attempted_since(db, learner, since_ms, not_session)

    def missed_since(self, learner: str, since_ms: int) -> set[ItemRef]:
        """Return a learner's items of which an answer since a moment was more wrong than right."""
        with self._file.reading() as db:
            return queries.missed_since(db, learner, since_ms)

    def due_by_day(self, learner: str, since_ms: int) -> dict[int, int]:
        """Count a learner's items that are due from a moment on, by whole days after it."""
        with self._file.reading() as db:
            return memory.due_by_day(db, learner, since_ms)

    def new_since(self, learner: str, since_ms: int) -> int:
        """Count a learner's items that were first answered since a moment."""
        with self._file.reading() as db:
            return memory.new_since(db, learner, since_ms)

    def new_by_bank(self, learner: str, since_ms: int) -> dict[str, int]:
        """Count a learner's items of each bank that were answered for the first time since a moment."""
        with self._file.reading() as db:
            return memory.new_by_bank(db, learner, since_ms)

    def reviewed_since(self, learner: str, since_ms: int) -> int:
        """Count a learner's items that were first answered before a moment and answered again since."""
        with self._file.reading() as db:
            return memory.reviewed_since(db, learner, since_ms)

    # Own parameters

    def trainings(self, learner: str) -> Trainings:
        """Return the trainings of a learner's own parameters."""
        with self._file.reading() as db:
            return trainings.trainings_of(db, learner)

    def class_decisions(self, class_list: str) -> list[tuple[str, Decision]]:
        """Return what was decided about items for a class and counts, oldest first, by session."""
        with self._file.reading() as db:
            return class_decisions.decisions_for(db, class_list)

    def review_count(self, learner: str) -> int:
        """Count a learner's reviews: the first response to each item on each study day."""
        with self._file.reading() as db:
            return trainings.review_count(db, learner)

    def review_sequences(self, learner: str) -> list[ReviewSequence]:
        """Return the reviews of each of a learner's items."""
        with self._file.reading() as db:
            return list(trainings.review_sequences_of(db, self._headers, learner))

    # Totals

    def days_active(self, learner: str) -> list[date]:
        """Return the study days on which a learner attempted anything, oldest first."""
        with self._file.reading() as db:
            return queries.days_active(db, learner)

    # Statistics

    def days(self, learner: str) -> list[Day]:
        """Return what a learner did on each study day, oldest first."""
        with self._file.reading() as db:
            return statistics_queries.days_of(db, learner)

    def totals_by_bank(self, learner: str, today: date) -> dict[str, Day]:
        """Return a learner's totals of all days for each bank; `today` is the day in each of them."""
        with self._file.reading() as db:
            return statistics_queries.totals_by_bank(db, learner, today)

    def held_items(self, learner: str, bank: str | None = None) -> list[ItemMemory]:
        """Return short memories of a learner's items, of one bank or of all."""
        with self._file.reading() as db:
            return statistics_queries.held_items(db, learner, bank)

    def tallies(self, learner: str, bank: str, item: str | None = None) -> list[Tally]:
        """Return the totals of a learner's attempts at the items of a bank, by version of the item."""
        with self._file.reading() as db:
            return statistics_queries.tallies(db, learner, bank, item)

    def asked(self, learner: str, bank: str | None = None) -> dict[ItemRef, Tally]:
        """Return what a learner's attempts at each item come to, all its versions together."""
        with self._file.reading() as db:
            return statistics_queries.asked(db, learner, bank)

    def attempts_at(
        self, learner: str, ref: ItemRef, limit: int, before: tuple[str, int] | None = None
    ) -> list[Attempted]:
        """Return a learner's effective attempts at an item, those of the newest sessions first.

        At most `limit` are read; `before` is the session and number of the last attempt read before.
        """
        place = None if before is None else (id_key(before[0]), before[1])
        with self._file.reading() as db:
            return statistics_queries.attempts_at(db, learner, ref, limit, place)

    def scores_by_confidence(
        self, learner: str, bank: str | None = None
    ) -> dict[Confidence, tuple[int, float]]:
        """Return the number of attempts given with each confidence, and the sum of their scores."""
        with self._file.reading() as db:
            return statistics_queries.confidence_rows(db, learner, bank)

    def predicted_reviews(self, learner: str, bank: str | None = None) -> dict[IntervalBin, Reviews]:
        """Return the sums per bin of a learner's reviews, of one bank or of all."""
        from quiz.record.projections.predictions import predicted_reviews

        with self._file.reading() as db:
            return predicted_reviews(db, learner, bank)
