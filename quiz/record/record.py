"""The record in SQLite: its events, and what screens and reports ask of what follows from them."""

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
from quiz.core.scheduling.recall_model import History
from quiz.core.statistics.activity import Day
from quiz.core.statistics.item_counts import ItemMemory, Tally
from quiz.record import queries as listings
from quiz.record import statistics_queries as statistics
from quiz.record import trainings
from quiz.record.event_store import SqliteEventStore
from quiz.record.projections import memory as memory_rows
from quiz.record.read_models import (
    Attempted,
    BankProgress,
    ConfidenceTotal,
    DayTotal,
    ItemTotal,
    SessionSummary,
    Unfinished,
)

if TYPE_CHECKING:
    from quiz.core.statistics.calibration import IntervalBin, Reviews


class SqliteRecord(SqliteEventStore):
    """One record, open. Every method raises RecordError's children where the file refuses."""

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Let everything that is asked within the block be of one moment, whoever writes meanwhile."""
        with self._file.reading():
            yield

    # Sessions

    def unfinished(self, learner: str, mode: Mode | None = None, limit: int = 50) -> list[Unfinished]:
        """Return a learner's sessions that can be gone on with, newest first."""
        with self._file.reading() as db:
            return listings.unfinished(db, learner, mode, limit)

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
            return listings.sessions(db, learner=learner, bank=bank, mode=mode, limit=limit, before=before)

    def last_scores(self, learner: str, bank: str, mode: Mode = Mode.EXAM, limit: int = 20) -> list[float]:
        """Return the scores, 0 to 1, of a learner's last finished sessions on a bank, oldest first."""
        with self._file.reading() as db:
            found = listings.sessions(
                db, learner=learner, bank=bank, mode=mode, limit=limit, before=None, only_ended=True
            )
        asked = [(told.score, told.attempts + told.skipped) for told in reversed(found)]
        return [score / count for score, count in asked if count]

    # Memories

    def memory(self, learner: str, ref: ItemRef) -> Memory | None:
        """Return what is remembered of a learner's item; None where nothing ever happened to it."""
        with self._file.reading() as db:
            return memory_rows.memory_of(db, learner, ref)

    def memories(self, learner: str, banks: Iterable[str] | None = None) -> dict[ItemRef, Memory]:
        """Return what is remembered of a learner's items, of some banks or of all."""
        with self._file.reading() as db:
            return memory_rows.memories_of(db, learner, banks)

    def flagged(self, learner: str) -> frozenset[ItemRef]:
        """Return the items that a learner marked to look at again."""
        with self._file.reading() as db:
            return memory_rows.flagged(db, learner)

    def session_events(self, learner: str, ref: ItemRef) -> list[SessionEvent]:
        """Return all that counts of what happened to a learner's item; the openings carry no items."""
        with self._file.reading() as db:
            return memory_rows.session_events(db, self._headers, learner, ref)

    def standing(self, learner: str, end_of_day: int) -> dict[str, BankProgress]:
        """Return how a learner stands with each bank; `end_of_day` is when today's study day ends."""
        with self._file.reading() as db:
            return memory_rows.standing_of(db, learner, end_of_day)

    def attempted_since(self, learner: str, since_ms: int, not_session: str | None = None) -> set[ItemRef]:
        """Return a learner's items that were attempted since a moment, in other sessions than one.

        What was only practised, without counting for the schedule, is left out.
        """
        with self._file.reading() as db:
            return listings.attempted_since(db, learner, since_ms, not_session)

    def missed_since(self, learner: str, since_ms: int) -> set[ItemRef]:
        """Return a learner's items of which an answer since a moment was more wrong than right."""
        with self._file.reading() as db:
            return listings.missed_since(db, learner, since_ms)

    def due_by_day(self, learner: str, since_ms: int) -> dict[int, int]:
        """Count what a learner has due from a moment on, by whole days after it."""
        with self._file.reading() as db:
            return memory_rows.due_by_day(db, learner, since_ms)

    def new_since(self, learner: str, since_ms: int) -> int:
        """Count a learner's items that were answered for the first time since a moment."""
        with self._file.reading() as db:
            return memory_rows.new_since(db, learner, since_ms)

    def new_by_bank(self, learner: str, since_ms: int) -> dict[str, int]:
        """Count a learner's items of each bank that were answered for the first time since a moment."""
        with self._file.reading() as db:
            return memory_rows.new_by_bank(db, learner, since_ms)

    def reviewed_since(self, learner: str, since_ms: int) -> int:
        """Count a learner's items that were answered since a moment that were known before it."""
        with self._file.reading() as db:
            return memory_rows.reviewed_since(db, learner, since_ms)

    # Own parameters

    def trainings(self, learner: str) -> Trainings:
        """Return what the trainings of a learner's own parameters came to."""
        with self._file.reading() as db:
            return trainings.trainings_of(db, learner)

    def review_count(self, learner: str) -> int:
        """Count a learner's reviews: the first response to each item on each study day."""
        with self._file.reading() as db:
            return trainings.review_count(db, learner)

    def histories(self, learner: str) -> list[History]:
        """Return the reviews of each of a learner's items."""
        with self._file.reading() as db:
            return list(trainings.histories_of(db, self._headers, learner))

    # Totals

    def days_active(self, learner: str) -> list[date]:
        """Return the study days on which a learner attempted anything, oldest first."""
        with self._file.reading() as db:
            return listings.days_active(db, learner)

    def day_totals(self, learner: str, bank: str | None = None, since: date | None = None) -> list[DayTotal]:
        """Return what a learner did per study day, bank and mode, oldest first."""
        with self._file.reading() as db:
            return listings.day_totals(db, learner, bank, since)

    def item_totals(self, learner: str, bank: str | None = None) -> list[ItemTotal]:
        """Return what a learner did per item and version of it."""
        with self._file.reading() as db:
            return listings.item_totals(db, learner, bank)

    def confidence_totals(self, learner: str, bank: str | None = None) -> list[ConfidenceTotal]:
        """Return how a learner did per bank and confidence."""
        with self._file.reading() as db:
            return listings.confidence_totals(db, learner, bank)

    # Statistics

    def days(self, learner: str) -> list[Day]:
        """Return what a learner did on each study day, oldest first."""
        with self._file.reading() as db:
            return statistics.days_of(db, learner)

    def totals_by_bank(self, learner: str, today: date) -> dict[str, Day]:
        """Return what a learner did at each bank on all days together."""
        with self._file.reading() as db:
            return statistics.totals_by_bank(db, learner, today)

    def held_items(self, learner: str, bank: str | None = None) -> list[ItemMemory]:
        """Return what is remembered of a learner's items, in short."""
        with self._file.reading() as db:
            return statistics.held_items(db, learner, bank)

    def tallies(self, learner: str, bank: str, item: str | None = None) -> list[Tally]:
        """Return what a learner's attempts at the items of a bank come to, versions apart."""
        with self._file.reading() as db:
            return statistics.tallies(db, learner, bank, item)

    def asked(self, learner: str, bank: str | None = None) -> dict[ItemRef, Tally]:
        """Return what a learner's attempts at each item come to, all its versions together."""
        with self._file.reading() as db:
            return statistics.asked(db, learner, bank)

    def attempts_at(
        self, learner: str, ref: ItemRef, limit: int, before: tuple[str, int] | None = None
    ) -> list[Attempted]:
        """Return a learner's attempts at an item that count, those of the newest sessions first.

        At most `limit` are looked at; `before` is the session and the number that the last look ended with.
        """
        place = None if before is None else (id_key(before[0]), before[1])
        with self._file.reading() as db:
            return statistics.attempts_at(db, learner, ref, limit, place)

    def scores_by_confidence(
        self, learner: str, bank: str | None = None
    ) -> dict[Confidence, tuple[int, float]]:
        """Return how many attempts were given with each confidence, and the sum of their scores."""
        with self._file.reading() as db:
            return statistics.confidence_rows(db, learner, bank)

    def predicted_reviews(self, learner: str, bank: str | None = None) -> dict[IntervalBin, Reviews]:
        """Return the sums per bin of a learner's reviews, of one bank or of all."""
        from quiz.record.projections.predictions import predicted_reviews

        with self._file.reading() as db:
            return predicted_reviews(db, learner, bank)
