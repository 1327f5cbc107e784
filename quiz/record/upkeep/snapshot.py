"""Copying a record that is in use, page by page, and examining the copy while others go on writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from quiz.private_files import draft_of
from quiz.record.sqlite.connection import RecordFile, connect, make_durable
from quiz.record.sqlite.errors import translated

LARGE = 16_000_000
"""From this size, in bytes, a record is examined in a copy, since others would wait too long otherwise."""
MOST_RESTARTS = 3
"""How often a copy may restart because somebody wrote, before it is made in one go."""

_PAGES_AT_A_TIME = 2048
_PAUSE = 0.005
"""Seconds between two batches of pages, in which others may write."""


class _Restarted(Exception):
    """A copy restarted too often."""


def copy_pages(source: RecordFile, target: Path, *, is_kept: bool = True) -> None:
    """Copy a record, open or in use, to an empty file. A copy that is not kept need not be forced to disk.

    Raises a RecordError where the record cannot be read or the copy cannot be written.
    """
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        if is_kept:
            make_durable(copy)
        else:
            copy.execute("PRAGMA synchronous=OFF")
        with translated(source.path):
            try:
                source.db.backup(copy, pages=_PAGES_AT_A_TIME, sleep=_PAUSE, progress=_Progress())
            except _Restarted:
                source.db.backup(copy)


class _Progress:
    """Gives up a copy that would never finish beside several writers."""

    def __init__(self) -> None:
        self._left: int | None = None
        self._restarts = 0

    def __call__(self, _status: int, left: int, _total: int) -> None:
        if self._left is not None and left >= self._left:
            self._restarts += 1
            if self._restarts > MOST_RESTARTS:
                raise _Restarted
        self._left = left


@contextmanager
def snapshot_of(file: RecordFile) -> Iterator[RecordFile]:
    """Open a copy of a record as it is now; it is deleted afterwards.

    Raises a RecordError, such as DiskFull where there is no room for it beside the record.
    """
    with translated(file.path), draft_of(file.path) as draft:
        copy_pages(file, draft, is_kept=False)
        with closing(connect(draft)) as copy:
            copy.db.execute("PRAGMA synchronous=OFF")
            yield copy


def is_large(file: RecordFile) -> bool:
    """Return whether a record is too large to be examined in place while others wait."""
    with translated(file.path):
        return file.path.stat().st_size >= LARGE
