"""A sound record out of a damaged one: what can be salvaged of it, and what its backups say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from random import SystemRandom
from typing import NamedTuple

from quiz.core.events.model import Event, SessionHeader
from quiz.errors import RecordError
from quiz.private_files import draft_of
from quiz.record.record import Record
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.sqlite.create import fill
from quiz.record.sqlite.errors import translated
from quiz.record.upkeep.backups import backups_of, swap
from quiz.record.upkeep.salvage import salvage


class RepairedRecord(NamedTuple):
    """What came of mending a record."""

    aside: Path | None
    """Where the damaged file is now."""
    sessions: int
    events: int
    """How many there are in the mended record."""
    from_backups: int
    """How many of the events were only in backups."""
    lacking: tuple[str, ...]
    """A sentence for every gap that is left."""


def mend(path: Path) -> RepairedRecord:
    """Put a sound record in the place of a damaged one, with every row that it or a backup still has.

    The damaged file is put aside, never changed. It must not be open in this program. Raises RecordLocked
    where another one is writing, RecordError where the file cannot be read or a new one not be written.
    """
    path = path.resolve()
    with translated(path), draft_of(path) as draft:
        fill(draft)
        said = salvage(path)
        sources = [path, *(backup.path for backup in backups_of(path))]
        file = connect(draft)
        with Record(file, SystemRandom()) as record:
            _take_names(file, sources)
            for source in sources[1:]:
                with suppress(RecordError), Record.open(source, read_only=True) as old:
                    record.merge(old.learners(), old.everything())
            record.merge(said.learners, _with_known_openings(said.sessions, record))
            told = [len(events) for _, events in record.everything()]
            lacking = tuple(record.integrity())
        salvaged = sum(len(events) for _, events in said.sessions)
        return RepairedRecord(swap(draft, path), len(told), sum(told), sum(told) - salvaged, lacking)


def _take_names(file: RecordFile, sources: Sequence[Path]) -> None:
    """Copy learners and class lists, which are no events, from the first file that still has them whole."""
    for tables in (("learner",), ("roster", "roster_learner")):
        for source in sources:
            with suppress(RecordError):
                _copy_rows(file, source, tables)
                break


def _copy_rows(file: RecordFile, source: Path, tables: Sequence[str]) -> None:
    old = connect(source, read_only=True)
    try:
        with old.reading() as there:
            found = {table: there.execute(f"SELECT * FROM {table}").fetchall() for table in tables}  # noqa: S608
    finally:
        old.close()
    with file.writing() as db:
        for table, rows in found.items():
            for row in rows:
                db.execute(f"INSERT INTO {table} VALUES({', '.join('?' * len(row))})", row)


def _with_known_openings(
    sessions: Iterable[tuple[SessionHeader, list[Event]]], record: Record
) -> Iterator[tuple[SessionHeader, list[Event]]]:
    """Give sessions whose opening is lost the one that a backup has."""
    for header, events in sessions:
        if header.settings.get("salvaged"):
            with suppress(KeyError):
                header = record.header(header.id)
        yield header, events
