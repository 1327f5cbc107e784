"""Building a sound record from a damaged one: what can be salvaged of it, and what its backups hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from random import SystemRandom
from typing import Any, NamedTuple

from quiz.core.events.ids import id_key, id_text
from quiz.core.events.model import Event, SessionHeader
from quiz.core.text.phrases import count
from quiz.errors import RecordError
from quiz.private_files import draft_of
from quiz.record.interface import Record
from quiz.record.name_rows import COLUMNS, SINCE, checked, put_row
from quiz.record.row_codec import DamagedRow
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.sqlite.create import fill
from quiz.record.sqlite.errors import translated
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import backups_of
from quiz.record.upkeep.integrity import lacking
from quiz.record.upkeep.replacement import swap
from quiz.record.upkeep.salvage import Salvaged, salvage


class RepairedRecord(NamedTuple):
    """The result of a repair."""

    aside: Path | None
    """Where the damaged file was moved."""
    sessions: int
    events: int
    """The number of events in the repaired record."""
    from_backups: int
    """The number of events that came from backups alone."""
    losses: tuple[str, ...]
    """A sentence for everything that is known to be lost."""


def mend(path: Path) -> RepairedRecord:
    """Replace a damaged record by a sound one with every row that it or a backup still has.

    The damaged file is put aside unchanged. It must not be open in this program. Raises RecordLocked where
    another program is writing, RecordError where the file cannot be read or a new one cannot be written.
    """
    path = path.resolve()
    with translated(path), draft_of(path) as draft:
        fill(draft)
        said = salvage(path)
        backups = [backup.path for backup in backups_of(path)]
        file = connect(draft)
        with SqliteRecord(file, SystemRandom()) as record:
            _take_names(file, [path, *backups], said)
            for backup in backups:
                _take_backup(record, backup)
            record.merge(said.learners, _with_known_headers(said.sessions, record), with_gaps=True)
            told = {header.id: [event.n for event in events] for header, events in record.everything()}
            losses = tuple(_losses(record, told, said))
        events = sum(map(len, told.values()))
        salvaged = sum(len(found) for _, found in said.sessions)
        return RepairedRecord(swap(draft, path), len(told), events, events - salvaged, losses)


def _take_backup(record: Record, backup: Path) -> None:
    """Merge a backup; of a damaged one, what can be salvaged."""
    try:
        with SqliteRecord.open(backup, read_only=True) as old:
            record.merge(old.learners(), old.everything(), with_gaps=True)
    except RecordError:
        with suppress(RecordError):
            said = salvage(backup)
            record.merge(said.learners, _with_known_headers(said.sessions, record), with_gaps=True)


def _take_names(file: RecordFile, sources: Sequence[Path], said: Salvaged) -> None:
    """Copy learners from every file, and class lists from the first file in which they are complete."""
    with file.writing() as db:
        for source in sources:
            for row in _sound_rows(source, "learner"):
                put_row(db, "learner", *row, or_ignore=True)
        for learner in said.learners:
            put_row(db, "learner", learner.id, learner.name, or_ignore=True)
        for source in sources:
            lists, places = _sound_rows(source, "roster"), _sound_rows(source, "roster_learner")
            if lists.is_whole and places.is_whole:
                _put_class_lists(db, lists, places)
                return
        salvaged = {table: [row for name, row in said.class_lists if name == table] for table in COLUMNS}
        _put_class_lists(db, salvaged["roster"], salvaged["roster_learner"])


def _put_class_lists(
    db: sqlite3.Connection, lists: Iterable[tuple[Any, ...]], places: Iterable[tuple[Any, ...]]
) -> None:
    for row in lists:
        put_row(db, "roster", *row, or_ignore=True)
    known = {row[0] for row in db.execute("SELECT id FROM roster")}
    for row in places:
        put_row(db, "learner", row[2], "", or_ignore=True)
        if row[0] in known:
            put_row(db, "roster_learner", *row, or_ignore=True)


class _Rows(list[tuple[Any, ...]]):
    """The undamaged rows of a table."""

    is_whole = True
    """Whether no row was damaged."""


def _sound_rows(source: Path, table: str) -> _Rows:
    found = _Rows()
    found.is_whole = False
    with suppress(RecordError), closing(connect(source, read_only=True)) as old, old.reading() as db:
        has_checksums = old.version() >= SINCE
        columns = (*COLUMNS[table], *(("crc",) if has_checksums else ()))
        damaged = 0
        for row in db.execute(f"SELECT {', '.join(columns)} FROM {table}"):  # noqa: S608
            try:
                found.append(checked(table, row) if has_checksums else row)
            except DamagedRow:
                damaged += 1
        found.is_whole = not damaged
    return found


def _with_known_headers(
    sessions: Iterable[tuple[SessionHeader, list[Event]]], record: Record
) -> Iterator[tuple[SessionHeader, list[Event]]]:
    """Give sessions whose opening is lost the opening that a backup has."""
    for header, events in sessions:
        if header.settings.get("salvaged"):
            with suppress(KeyError):
                header = record.header(header.id)
        yield header, events


def _losses(record: Record, told: dict[str, list[int]], said: Salvaged) -> Iterator[str]:
    """Yield a sentence for everything that used to be there and is missing from the repaired record."""
    last = {id_text(key): number for key, number in said.last_events}
    for session in sorted(last.keys() - told.keys()):
        yield f"Session {session} is lost, with {count(last[session], 'event')}."
    for session, numbers in told.items():
        most = max([last.get(session, 0), *numbers])
        if most > len(numbers):
            yield lacking(id_key(session), most, numbers)
        if record.header(session).settings.get("salvaged"):
            yield f"The opening of session {session} is lost: its settings and the order of its items."
    named = {learner.id for learner in said.learners}
    for learner in record.learners():
        if not learner.name and learner.id not in named:
            yield f"The name of learner {learner.id} is lost, or was forgotten."
    if said.damaged:
        yield (
            f"{count(said.damaged, 'row')} of the file {'is' if said.damaged == 1 else 'are'} damaged."
            " What no backup holds of them is lost."
        )
    if said.unread:
        yield (
            f"{said.unread:,} of the file's {said.pages:,} pages could not be read."
            " What was only there is lost, and there is no telling what it was."
        )
