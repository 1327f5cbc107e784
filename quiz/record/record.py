"""The record: learners, sessions, what happened in them, and what follows from it. DESIGN §5."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from random import Random, SystemRandom
from types import TracebackType
from typing import TYPE_CHECKING, Self

from quiz.core.content.item import ItemRef
from quiz.core.events.effective import effective_events
from quiz.core.events.ids import id_key, id_text, new_learner_id
from quiz.core.events.model import Event, Mode, SessionHeader
from quiz.core.scheduling.fsrs_schedule import Memory, SessionEvent
from quiz.core.scheduling.own_parameters import Trainings
from quiz.core.scheduling.recall_model import History
from quiz.record import append as recording
from quiz.record import queries as listings
from quiz.record import trainings
from quiz.record.name_rows import learners_in, put_row
from quiz.record.projections import memory as memory_rows
from quiz.record.projections.memory import SessionHeaders
from quiz.record.read_models import (
    BankProgress,
    ConfidenceTotal,
    DayTotal,
    ItemTotal,
    Learner,
    Merged,
    SessionSummary,
    Unfinished,
)
from quiz.record.row_codec import SESSION, header_of
from quiz.record.sqlite.connection import RecordFile
from quiz.record.sqlite.create import open_record

if TYPE_CHECKING:
    from quiz.record.class_lists import ClassLists


class Record:
    """One record, open. Every method raises RecordError's children where the file refuses.

    What `append` was given is on the disk when it returns, or nothing of it is. A Record belongs to the
    thread that opened it. Times are milliseconds since 1970 UTC.
    """

    def __init__(self, file: RecordFile, rng: Random) -> None:
        self._file = file
        self._rng = rng
        self._headers = SessionHeaders(file.db)
        self.path = file.path
        self.is_read_only = file.is_read_only

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, rng: Random | None = None) -> Record:
        """Open the record at a path, made there if there is none, its schema brought up to date.

        `rng` makes the ids of learners. Raises RecordDamaged, RecordForeign, RecordNewer, RecordLocked,
        RecordReadOnly, DiskFull; a read-only one that does not exist is a RecordError.
        """
        return cls(open_record(path, read_only=read_only), rng or SystemRandom())

    def close(self) -> None:
        """Close the file. May be called again."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Learners

    def learner(self, name: str) -> Learner:
        """Return the learner of a name, made if there is none. Spacing does not count.

        Where several have the name, one who is on no class list comes first. Raises ValueError for a name of
        nothing but spaces.
        """
        name = _tidy(name)
        if not name:
            raise ValueError("A learner needs a name.")
        found = self._learner_named(name)
        if found is not None:
            return found
        with self._writing() as db:
            found = self._learner_named(name)
            if found is None:
                learners_in(db)  # where a name is damaged, this one may be theirs
                found = Learner(new_learner_id(self._rng), name)
                put_row(db, "learner", found.id, found.name)
        return found

    def _learner_named(self, name: str) -> Learner | None:
        with self._file.reading() as db:
            order = "ORDER BY id IN (SELECT learner FROM roster_learner), id LIMIT 1"
            return next(iter(learners_in(db, f"WHERE name=? {order}", name)), None)

    @property
    def class_lists(self) -> ClassLists:
        """The class lists, whose pupils are learners."""
        from quiz.record.class_lists import ClassLists

        return ClassLists(self._file, self._rng)

    def learners(self) -> list[Learner]:
        """Return all learners by name, those whose name was forgotten last."""
        with self._file.reading() as db:
            return learners_in(db, "ORDER BY name='', name, id")

    def forget(self, learners: Sequence[str]) -> list[Path]:
        """Forget learners' names for good, here and in every copy; what they did stays, nobody's.

        Return the files that still hold names, because they could not be changed or are the person's own.
        """
        from quiz.record.upkeep.anonymise import forget

        return forget(self._file, learners)

    # Writing

    def start(self, header: SessionHeader) -> None:
        """Put a session's start on record. Raises RecordConflict where another one has its id."""
        self.start_with(header, ())

    def start_with(self, header: SessionHeader, events: Sequence[Event]) -> None:
        """Put a session's start and its first events on record, both or neither."""
        with self._writing() as db:
            recording.put_session(db, header)
            recording.append_events(db, self._headers, header.id, events)

    def append(self, session_id: str, events: Sequence[Event]) -> None:
        """Put a session's next events on record, durably, with the memories and totals that follow.

        The same event again is nothing. Raises RecordConflict where another event has the number of one
        of them, ValueError where numbers are left out, KeyError for a session that was never started.
        """
        with self._writing() as db:
            recording.append_events(db, self._headers, session_id, events)

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
        from quiz.record.union import merge

        with self._writing() as db:
            return merge(db, self._headers, learners, sessions, with_gaps=with_gaps)

    # Sessions

    def everything(self) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
        """Yield every session with all its events, void ones too, oldest first."""
        with self._file.reading() as db:
            keys = db.execute("SELECT id FROM session ORDER BY id").fetchall()
        for (key,) in keys:
            session_id = id_text(key)
            yield self.header(session_id), self.events(session_id)

    def header(self, session_id: str) -> SessionHeader:
        """Return what a session was started with. Raises KeyError for an unknown id."""
        key = id_key(session_id)
        with self._file.reading() as db:
            columns = ", ".join(SESSION)
            row = db.execute(f"SELECT {columns} FROM session WHERE id=?", (key,)).fetchone()  # noqa: S608
            if row is None:
                raise KeyError(session_id)
            return header_of(row)

    def events(self, session_id: str) -> tuple[Event, ...]:
        """Return all events of a session in their order. Raises KeyError for an unknown id."""
        key = id_key(session_id)
        with self._file.reading() as db:
            return tuple(recording.events_of(db, self._headers[key], key))

    def live_events(self, session_id: str) -> tuple[Event, ...]:
        """Return the events of a session that count: undone and void ones are left out, and undos."""
        return effective_events(self.events(session_id))

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

    def session_events(self, learner: str, ref: ItemRef) -> list[SessionEvent]:
        """Return all that counts of what happened to a learner's item; the openings carry no items."""
        with self._file.reading() as db:
            return memory_rows.session_events(db, self._headers, learner, ref)

    def standing(self, learner: str, end_of_day: int) -> dict[str, BankProgress]:
        """Return how a learner stands with each bank; `end_of_day` is when today's study day ends."""
        with self._file.reading() as db:
            return memory_rows.standing_of(db, learner, end_of_day)

    def attempted_since(self, learner: str, since_ms: int, not_session: str | None = None) -> set[ItemRef]:
        """Return a learner's items that were attempted since a moment, in other sessions than one."""
        with self._file.reading() as db:
            return listings.attempted_since(db, learner, since_ms, not_session)

    def due_by_day(self, learner: str, since_ms: int) -> dict[int, int]:
        """Count what a learner has due from a moment on, by whole days after it."""
        with self._file.reading() as db:
            return memory_rows.due_by_day(db, learner, since_ms)

    def new_since(self, learner: str, since_ms: int) -> int:
        """Count a learner's items that were answered for the first time since a moment."""
        with self._file.reading() as db:
            return memory_rows.new_since(db, learner, since_ms)

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

    # Care

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Return a block that sees the record as it stands at one moment, for whoever counts in it."""
        return self._file.reading()

    def rebuild_memory(self) -> int:
        """Work out all memories and totals anew from the events; return how many rows were wrong."""
        from quiz.record.projections.rebuild import rebuild, rebuild_beside_others
        from quiz.record.upkeep.snapshot import is_large

        if is_large(self._file):
            return rebuild_beside_others(self._file, self._headers)
        with self._writing() as db:
            return rebuild(db, self._headers)

    def integrity(self) -> list[str]:
        """Return a sentence for everything that is not as it was written; none where all is well."""
        from quiz.record.upkeep.integrity import complaints

        return complaints(self._file)

    def gaps(self) -> list[str]:
        """Return a sentence for every session of which events were lost; the record is sound all the same."""
        from quiz.record.upkeep.integrity import gaps

        return gaps(self._file)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._file.writing() as db:
                yield db
        except BaseException:
            self._headers.forget()  # one of them may have been taken back
            raise


def _tidy(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))
