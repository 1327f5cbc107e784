"""The record in SQLite: the event store, which writes, and what screens and reports ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from quiz.core.content.grading import Confidence
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.effective import ABOUT_ANOTHER
from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, Mode, SessionHeader
from quiz.core.statistics.activity import Day
from quiz.core.statistics.item_counts import AskedItems, HeldItems, Tally
from quiz.record import queries, statistics_queries
from quiz.record.event_store import SqliteEventStore
from quiz.record.held_items import HeldBanks
from quiz.record.projections import memory
from quiz.record.read_models import (
    Attempted,
    Extent,
    SessionSummary,
    Unfinished,
)
from quiz.record.sqlite.connection import RecordFile

if TYPE_CHECKING:
    from quiz.core.scheduling.fsrs_schedule import Memory, SessionEvent
    from quiz.core.scheduling.own_parameters import Trainings
    from quiz.core.scheduling.recall_model import ReviewSequence
    from quiz.core.statistics.calibration import IntervalBin, Reviews
    from quiz.core.statistics.class_decisions import Decision


class SqliteRecord(SqliteEventStore):
    """An open record. `Record` in `interface.py` documents its methods."""

    def __init__(self, file: RecordFile, rng: Random) -> None:
        super().__init__(file, rng)
        self._held = HeldBanks()

    def start_with(self, header: SessionHeader, events: Sequence[Event]) -> None:
        with self._noting(header.id, events):
            super().start_with(header, events)

    def append(self, session_id: str, events: Sequence[Event]) -> None:
        with self._noting(session_id, events):
            super().append(session_id, events)

    @contextmanager
    def _noting(self, session_id: str, events: Sequence[Event]) -> Iterator[None]:
        """Write a session's events in a block, and note which banks' memories they can have changed."""
        with self._writing() as db:
            before = db.total_changes
            yield
            banks = {event.bank for event in events}
            if not ABOUT_ANOTHER.isdisjoint([event.kind for event in events]):
                found = db.execute("SELECT DISTINCT bank FROM event WHERE session=?", (id_key(session_id),))
                banks |= {bank for (bank,) in found}
            self._held.follow(before, db.total_changes, banks)

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        with self._file.reading():
            yield

    # Sessions

    def unfinished(self, learner: str, mode: Mode | None = None, limit: int = 50) -> list[Unfinished]:
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
        with self._file.reading() as db:
            return queries.sessions(db, learner=learner, bank=bank, mode=mode, limit=limit, before=before)

    def last_scores(self, learner: str, bank: str, mode: Mode = Mode.EXAM, limit: int = 20) -> list[float]:
        with self._file.reading() as db:
            found = queries.sessions(
                db, learner=learner, bank=bank, mode=mode, limit=limit, before=None, only_ended=True
            )
        return [told.share for told in reversed(found) if told.answers]

    # Memories

    def memory(self, learner: str, ref: ItemRef) -> Memory | None:
        with self._file.reading() as db:
            return memory.memory_of(db, learner, ref)

    def memories(self, learner: str, banks: Iterable[str] | None = None) -> dict[ItemRef, Memory]:
        with self._file.reading() as db:
            rows = memory.memory_rows(db, learner, banks)
        with self._file.decoding():  # others may write meanwhile
            return memory.memories_in(rows)

    def flagged(self, learner: str) -> frozenset[ItemRef]:
        with self._file.reading() as db:
            return memory.flagged(db, learner)

    def session_events(self, learner: str, ref: ItemRef) -> list[SessionEvent]:
        with self._file.reading() as db:
            return memory.session_events(db, self._headers, learner, ref)

    def attempted_since(self, learner: str, since_ms: int, not_session: str | None = None) -> set[ItemRef]:
        with self._file.reading() as db:
            return queries.attempted_since(db, learner, since_ms, not_session)

    def suspended_among(self, learner: str, refs: Iterable[ItemRef]) -> set[ItemRef]:
        with self._file.reading() as db:
            return memory.suspended_among(db, learner, refs)

    def missed_since(self, learner: str, since_ms: int) -> set[ItemRef]:
        with self._file.reading() as db:
            return queries.missed_since(db, learner, since_ms)

    def due_by_day(self, learner: str, since_ms: int) -> dict[int, int]:
        with self._file.reading() as db:
            return memory.due_by_day(db, learner, since_ms)

    def new_since(self, learner: str, since_ms: int) -> int:
        with self._file.reading() as db:
            return memory.new_since(db, learner, since_ms)

    def new_by_bank(self, learner: str, since_ms: int) -> dict[str, int]:
        with self._file.reading() as db:
            return memory.new_by_bank(db, learner, since_ms)

    def reviewed_since(self, learner: str, since_ms: int) -> int:
        with self._file.reading() as db:
            return memory.reviewed_since(db, learner, since_ms)

    # Own parameters

    def trainings(self, learner: str) -> Trainings:
        from quiz.record.trainings import trainings_of

        with self._file.reading() as db:
            return trainings_of(db, learner)

    def class_decisions(self, class_list: str) -> list[tuple[str, Decision]]:
        from quiz.record.class_decisions import decisions_for

        with self._file.reading() as db:
            return decisions_for(db, class_list)

    def review_count(self, learner: str) -> int:
        from quiz.record.trainings import review_count

        with self._file.reading() as db:
            return review_count(db, learner)

    def review_sequences(self, learner: str) -> list[ReviewSequence]:
        from quiz.record.trainings import review_sequences_of

        with self._file.reading() as db:
            return list(review_sequences_of(db, self._headers, learner))

    # Totals

    def extent(self, learner: str) -> Extent:
        with self._file.reading() as db:
            return queries.extent(db, learner)

    def days_active(self, learner: str) -> list[date]:
        with self._file.reading() as db:
            return queries.days_active(db, learner)

    # Statistics

    def days(self, learner: str) -> list[Day]:
        with self._file.reading() as db:
            return statistics_queries.days_of(db, learner)

    def totals_by_bank(self, learner: str, today: date) -> dict[str, Day]:
        with self._file.reading() as db:
            return statistics_queries.totals_by_bank(db, learner, today)

    def held_items(self, learner: str, bank: str | None = None) -> HeldItems:
        with self._file.reading() as db:
            return self._held.read(db, learner, bank, self._file.state)

    def tallies(self, learner: str, bank: str, item: str | None = None) -> list[Tally]:
        with self._file.reading() as db:
            return statistics_queries.tallies(db, learner, bank, item)

    def asked(self, learner: str, bank: str | None = None) -> AskedItems:
        with self._file.reading() as db:
            return statistics_queries.asked(db, learner, bank)

    def attempts_at(
        self, learner: str, ref: ItemRef, limit: int, before: tuple[str, int] | None = None
    ) -> list[Attempted]:
        place = None if before is None else (id_key(before[0]), before[1])
        with self._file.reading() as db:
            return statistics_queries.attempts_at(db, learner, ref, limit, place)

    def scores_by_confidence(
        self, learner: str, bank: str | None = None
    ) -> dict[Confidence, tuple[int, float]]:
        with self._file.reading() as db:
            return statistics_queries.confidence_rows(db, learner, bank)

    def predicted_reviews(self, learner: str, bank: str | None = None) -> dict[IntervalBin, Reviews]:
        from quiz.record.projections.predictions import predicted_reviews

        with self._file.reading() as db:
            return predicted_reviews(db, learner, bank)
