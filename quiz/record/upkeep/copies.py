"""All copies of a record, backups and replaced records, with what each holds."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from quiz.errors import RecordError
from quiz.record.sqlite.connection import connect
from quiz.record.upkeep.backups import backups_of
from quiz.record.upkeep.replacement import replaced_records

_MOST_MS = 253_402_214_400_000
"""The latest date that can be represented, in milliseconds since 1970 UTC."""


class RecordCopy(NamedTuple):
    """A copy of the record."""

    path: Path
    day: date | None
    """The day it was made, from its name; for a replaced record, the day of its last event; else None."""
    size: int
    """In bytes."""
    sessions: int
    events: int
    is_readable: bool
    """Whether its content could be counted."""


def copies_of(path: Path) -> list[RecordCopy]:
    """Return all copies of a record, newest first."""
    found: dict[Path, tuple[date | None, int]] = {}
    for place in (
        path,
        Path(os.path.realpath(path)),
    ):  # beside a link to the record, and beside the file it points to
        found |= {backup.path: (backup.day, backup.nth) for backup in backups_of(place)}
        found |= dict.fromkeys(replaced_records(place), (None, 0))
    copies = [(_counted(copy, day), nth) for copy, (day, nth) in found.items()]
    copies.sort(key=lambda one: (one[0].is_readable, one[0].day or date.min, one[1]), reverse=True)
    return [copy for copy, _ in copies]


def _counted(copy: Path, day: date | None) -> RecordCopy:
    sessions, events, last, size = 0, 0, 0, 0
    is_readable = False
    with suppress(OSError):
        size = copy.stat().st_size
    with suppress(RecordError), closing(connect(copy, read_only=True)) as file, file.reading() as db:
        sessions, events, last = db.execute(
            "SELECT count(*), coalesce(sum(last_n), 0), coalesce(max(last_at), 0) FROM progress"
        ).fetchone()
        is_readable = all(isinstance(number, int) for number in (sessions, events, last))
    if not is_readable:
        sessions, events, last = 0, 0, 0
    if day is None and 0 < last < _MOST_MS:
        day = datetime.fromtimestamp(last / 1000, UTC).date()
    return RecordCopy(copy, day, size, sessions, events, is_readable)
