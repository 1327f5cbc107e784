"""Copying a record that is in use, and examining the copy while others go on writing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from quiz.private_files import draft_of
from quiz.record.sqlite.connection import RecordFile, connect
from quiz.record.sqlite.errors import translated

LARGE = 16_000_000
"""From this size, in bytes, a record is examined in a copy, since others would wait too long otherwise."""

_AT_ONCE = 1 << 16
"""How many bytes are read and compared at a time."""
_UNSYNCED = 1 << 23
"""How many bytes may wait for the disk. Whoever forces an answer to the disk waits for them, too."""


def copy_pages(source: RecordFile, target: Path) -> None:
    """Copy a record, open or in use, to an empty file.

    Others may write while it is copied. Then they wait while the bytes that they changed meanwhile are looked
    for, which takes about 0.1 s for 350 MB. Raises a RecordError where the record cannot be read or the copy
    cannot be written.
    """
    with translated(source.path), target.open("r+b", buffering=0) as copy:
        if source.has_all_in_one_file():
            original = source.descriptor()
            _bring_up_to_date(copy.fileno(), original, os.fstat(original).st_size)
            with source.reading():
                size = source.size()
                _bring_up_to_date(copy.fileno(), original, size)
                copy.truncate(size)
            return
    with translated(source.path), closing(sqlite3.connect(target, isolation_level=None)) as database:
        source.db.backup(database)


def _bring_up_to_date(copy: int, original: int, size: int) -> None:
    """Write the bytes of a file that are not in its copy yet."""
    unsynced = 0
    for start in range(0, size, _AT_ONCE):
        part = os.pread(original, _AT_ONCE, start)
        if os.pread(copy, _AT_ONCE, start) != part:
            unsynced += _write(copy, part, start)
        if unsynced >= _UNSYNCED:
            os.fsync(copy)
            unsynced = 0


def _write(file: int, content: bytes, start: int) -> int:
    """Write all bytes at a place in a file, and return how many there are. Raises OSError."""
    written = 0
    while written < len(content):
        written += os.pwrite(file, content[written:], start + written)
    return written


@contextmanager
def snapshot_of(file: RecordFile) -> Iterator[RecordFile]:
    """Open a copy of a record as it is now; it is deleted afterwards.

    Raises a RecordError, such as DiskFull where there is no room for it beside the record.
    """
    with translated(file.path), draft_of(file.path) as draft:
        copy_pages(file, draft)
        with closing(connect(draft)) as copy:
            copy.db.execute("PRAGMA synchronous=OFF")
            yield copy


def is_large(file: RecordFile) -> bool:
    """Return whether a record is too large to be examined in place while others wait."""
    with translated(file.path):
        return file.path.stat().st_size >= LARGE
