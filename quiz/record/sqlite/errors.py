"""Errors of SQLite, of the file system and of damaged content, translated for people."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from quiz.errors import (
    DiskFull,
    RecordConflict,
    RecordDamaged,
    RecordError,
    RecordForeign,
    RecordLocked,
    RecordReadOnly,
)

PATIENCE = 5.0
"""How long to wait for another program that holds the record, in seconds."""
RESTORE = "`quiz doctor` says what is left and how to get it back. Nothing was changed."

_NO_ROOM = "Make room on that disk, then continue: what was recorded so far is safe."
_WRITES_FAILED = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE, sqlite3.SQLITE_IOERR_FSYNC}
_ALREADY_THERE = {sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE}
_NO_SPACE = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite, of the file system and of damaged content into RecordErrors."""
    try:
        yield
    except RecordError:
        raise
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as error:
        raise _translation(error, _meant(path)) from error
    except OSError as error:
        raise _of_the_system(error, _meant(path)) from error
    except (UnicodeDecodeError, OverflowError, msgspec.DecodeError) as error:
        raise damaged(path, error) from error


def _meant(path: Path) -> Path:
    """Return the path that a draft is written for (see `draft_of`); any other path as it is."""
    if path.name.startswith(".") and path.name.endswith(".new"):
        return path.with_name(path.name[1:].rsplit(".", 2)[0])
    return path


def _translation(error: sqlite3.Error, path: Path) -> RecordError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return RecordLocked(
                f"Another program holds the record {path}.",
                "Close it or wait until it is done, then try again. Nothing was changed.",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return may_not_be_written(path)
        case sqlite3.SQLITE_CANTOPEN:
            return _cannot_open(path)
        case sqlite3.SQLITE_FULL:
            return _no_room(path)
        case sqlite3.SQLITE_IOERR:
            return _disk_failed(path, code)
        case sqlite3.SQLITE_NOTADB:
            return RecordForeign(
                f"{path} is not a record of quiz, or its beginning is damaged.",
                f"If it is something else, move it away. {RESTORE}",
            )
        case sqlite3.SQLITE_CONSTRAINT if code in _ALREADY_THERE:
            return RecordConflict(
                f"The record {path} already holds something else in that place: {error}.",
                "Open the session again to continue from there.",
            )
        case sqlite3.SQLITE_CONSTRAINT:
            return RecordError(f"The record {path} refused what was to be written: {error}.")
        case sqlite3.SQLITE_NOMEM | sqlite3.SQLITE_INTERRUPT | sqlite3.SQLITE_TOOBIG:
            return RecordError(f"The record {path} could not be used: {error}.", "Try again.")
    return damaged(path, error)


def busy_itself(path: Path) -> RecordLocked:
    """Return the error for a record that another thread of this program holds."""
    return RecordLocked(
        f"quiz is still busy with the record {path}.",
        "Wait a moment, then try again. Nothing was changed.",
    )


def _cannot_open(path: Path) -> RecordError:
    if os.access(path, os.R_OK) and not os.access(path.parent, os.W_OK):
        return may_not_be_written(path)
    return RecordError(
        f"The record {path} cannot be opened.", "Check that you may read and write the file and its folder."
    )


def _disk_failed(path: Path, code: int) -> RecordError:
    if code not in _WRITES_FAILED:
        return RecordError(
            f"The disk failed while the record {path} was read or written.",
            "Check the disk, then try again.",
        )
    if not _has_room(path):
        return _no_room(path)
    return DiskFull(
        f"The system refused to write the record {path}: a limit was reached, or the disk is failing.",
        "What was recorded so far is safe. Check the disk, then try again.",
    )


def _no_room(path: Path) -> DiskFull:
    return DiskFull(f"There is no room left to write the record {path}.", _NO_ROOM)


def _of_the_system(error: OSError, path: Path) -> RecordError:
    match error:
        case FileNotFoundError():
            return RecordError(f"There is no record at {path}.", "The first session creates it.")
        case PermissionError():
            return may_not_be_written(path)
    if error.errno in _NO_SPACE:
        return _no_room(path)
    if error.errno == errno.EROFS:
        return may_not_be_written(path)
    return RecordError(
        f"The record {path} cannot be used: {error.strerror or error}.", "Check the folder it is in."
    )


def may_not_be_written(path: Path) -> RecordReadOnly:
    """Return the error for a record that cannot be written."""
    return RecordReadOnly(
        f"The record {path} may not be written.",
        "Make the file and its folder writable, or choose another folder with QUIZ_HOME.",
    )


def damaged(path: Path, error: Exception) -> RecordDamaged:
    """Return the error for a record with damaged content."""
    return RecordDamaged(f"The record {path} is damaged ({error}).", RESTORE)


def _has_room(path: Path) -> bool:
    try:
        import shutil

        return shutil.disk_usage(path.parent).free > 65_536
    except (ImportError, OSError):  # where no file can be opened any more, nothing can be imported
        return True
