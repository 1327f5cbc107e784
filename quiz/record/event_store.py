"""The event store in SQLite: learners, sessions and their events, written so that nothing is lost."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random, SystemRandom
from types import TracebackType
from typing import TYPE_CHECKING, Self

from quiz.core.collector import paused_collector
from quiz.core.events.effective import effective_events
from quiz.core.events.ids import id_key, id_text, new_learner_id
from quiz.core.events.model import Event, SessionHeader
from quiz.record.name_rows import learners_in, put_name, put_row
from quiz.record.projections.memory import SessionHeaders
from quiz.record.read_models import Learner, Merged
from quiz.record.row_codec import SESSION, header_of
from quiz.record.sqlite.connection import RecordFile
from quiz.record.sqlite.create import open_record

if TYPE_CHECKING:
    from quiz.record.class_lists import ClassLists


class SqliteEventStore:
    """An open record, whose methods are documented in `interface.py`.

    What `append` was given is on the disk when it returns, or none of it is. Times are milliseconds since
    1970 UTC.
    """

    def __init__(self, file: RecordFile, rng: Random) -> None:
        self._file = file
        self._rng = rng
        self._headers = SessionHeaders(file.db)
        self.path = file.path
        self.is_read_only = file.is_read_only

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, rng: Random | None = None, learner: str = ""
    ) -> Self:
        """Open the record at a path, creating it if there is none and migrating its schema.

        `rng` makes the ids of learners. A record that is created holds the learner of that name, if there is
        one. Raises RecordDamaged, RecordForeign, RecordNewer, RecordLocked, RecordReadOnly, DiskFull, and
        RecordError for a read-only record that does not exist.
        """
        rng = rng or SystemRandom()
        name = _tidy(learner)
        first = Learner(new_learner_id(rng), name) if name else None
        return cls(open_record(path, read_only=read_only, first=first), rng)

    def close(self) -> None:
        self._file.close()

    def wait_at_most(self, seconds: float) -> None:
        self._file.wait_at_most(seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Learners

    def learner(self, name: str) -> Learner:
        name = _tidy(name)
        if not name:
            raise ValueError("A learner needs a name.")
        found = self._learner_named(name)
        if found is not None:
            return found
        with self._writing() as db:
            found = self._learner_named(name)
            if found is None:
                learners_in(db)  # a learner whose name is damaged may have this one
                found = Learner(new_learner_id(self._rng), name)
                put_row(db, "learner", found.id, found.name)
        return found

    def _learner_named(self, name: str) -> Learner | None:
        with self._file.reading() as db:
            order = "ORDER BY id IN (SELECT learner FROM roster_learner), id LIMIT 1"
            return next(iter(learners_in(db, f"WHERE name=? {order}", name)), None)

    @property
    def class_lists(self) -> ClassLists:
        from quiz.record.class_lists import ClassLists

        return ClassLists(self._file, self._rng)

    def learners(self) -> list[Learner]:
        with self._file.reading() as db:
            return learners_in(db, "ORDER BY name='', name, id")

    def rename(self, learner: str, name: str) -> Learner:
        name = _tidy(name)
        if not name:
            raise ValueError("A learner needs a name.")
        with self._writing() as db:
            if not learners_in(db, "WHERE id=?", learner):
                raise KeyError(learner)
            put_name(db, learner, name)
        return Learner(learner, name)

    def forget(self, learners: Sequence[str]) -> list[Path]:
        from quiz.record.upkeep.anonymise import forget

        return forget(self._file, learners)

    # Writing

    def start(self, header: SessionHeader) -> None:
        self.start_with(header, ())

    def start_with(self, header: SessionHeader, events: Sequence[Event]) -> None:
        from quiz.record.append import append_events, put_session

        with self._writing() as db:
            put_session(db, header)
            append_events(db, self._headers, header.id, events)

    def append(self, session_id: str, events: Sequence[Event]) -> None:
        from quiz.record.append import append_events

        with self._writing() as db:
            append_events(db, self._headers, session_id, events)

    def merge(
        self,
        learners: Iterable[Learner],
        sessions: Iterable[tuple[SessionHeader, Sequence[Event]]],
        *,
        with_gaps: bool = False,
    ) -> Merged:
        from quiz.record.union import merge

        with paused_collector(), self._writing() as db, self._file.largely_cached():
            return merge(db, self._headers, learners, sessions, with_gaps=with_gaps)

    # Sessions

    def everything(self) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
        with self._file.reading() as db:
            keys = db.execute("SELECT id FROM session ORDER BY id").fetchall()
        for (key,) in keys:
            session_id = id_text(key)
            yield self.header(session_id), self.events(session_id)

    def header(self, session_id: str) -> SessionHeader:
        key = id_key(session_id)
        with self._file.reading() as db:
            columns = ", ".join(SESSION)
            row = db.execute(f"SELECT {columns} FROM session WHERE id=?", (key,)).fetchone()  # noqa: S608
            if row is None:
                raise KeyError(session_id)
            return header_of(row)

    def events(self, session_id: str) -> tuple[Event, ...]:
        from quiz.record.append import events_of

        key = id_key(session_id)
        with self._file.reading() as db:
            return tuple(events_of(db, self._headers[key], key))

    def effective_events(self, session_id: str) -> tuple[Event, ...]:
        return effective_events(self.events(session_id))

    def heads(self) -> dict[str, int]:
        with self._file.reading() as db:
            rows = db.execute("SELECT session, last_n FROM progress ORDER BY session")
            return {id_text(key): last for key, last in rows}

    def since(self, heads: Mapping[str, int]) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
        from quiz.record.interface import later_events

        return later_events(self, heads)

    def rebuild_memory(self) -> int:
        from quiz.record.projections.rebuild import rebuild, rebuild_beside_others
        from quiz.record.upkeep.snapshot import is_large

        if is_large(self._file):
            return rebuild_beside_others(self._file, self._headers)
        with self._writing() as db:
            return rebuild(db, self._headers)

    def integrity(self) -> list[str]:
        from quiz.record.upkeep.integrity import complaints

        return complaints(self._file)

    def gaps(self) -> list[str]:
        from quiz.record.upkeep.integrity import gaps

        return gaps(self._file)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._file.writing() as db:
                yield db
        except BaseException:
            self._headers.forget()  # one of them may have been rolled back
            raise


def _tidy(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))
