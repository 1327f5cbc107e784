"""Descriptors of records' files beside SQLite's own.

A process that closes any descriptor of a file gives up all its locks on it, SQLite's included. So a
descriptor is kept until nothing in this process has the file open any more.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from threading import Lock
from typing import TypeAlias

FileId: TypeAlias = tuple[int, int]
"""The numbers of a file's device and of the file on it."""

_turn = Lock()
_uses: Counter[FileId] = Counter()
_descriptors: dict[FileId, int] = {}


def file_id(path: Path) -> FileId:
    """Return which file is at a path. Raises OSError."""
    status = path.stat()
    return status.st_dev, status.st_ino


def use(which: FileId) -> None:
    """Count one more use of a file by SQLite."""
    with _turn:
        _uses[which] += 1


def let_go(which: FileId) -> None:
    """Count one use less; after the last one the file's descriptor is closed."""
    with _turn:
        _uses[which] -= 1
        if _uses[which] <= 0:
            del _uses[which]
            descriptor = _descriptors.pop(which, None)
            if descriptor is not None:
                os.close(descriptor)


def descriptor_of(path: Path, which: FileId) -> int:
    """Return a descriptor for reading a file in use; it must not be closed.

    Raises OSError, and FileNotFoundError where another file is at the path now.
    """
    with _turn:
        found = _descriptors.get(which)
        if found is None:
            found = os.open(path, os.O_RDONLY)
            status = os.fstat(found)
            if (status.st_dev, status.st_ino) != which:
                os.close(found)
                raise FileNotFoundError(path)
            _descriptors[which] = found
        return found
