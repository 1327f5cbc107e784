"""Files that only their owner may read, written atomically."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO

A_DAY = 86_400
"""In seconds."""
_DRAFT = re.compile(r"\..+\.\d+-[0-9a-f]{8}\.new(-journal)?")


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """Create an empty private file beside a path, to be filled and moved there. It is removed if it was not
    moved."""
    draft = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.new")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    _sweep(draft)
    try:
        yield draft
    finally:
        for left in (draft, draft.with_name(f"{draft.name}-journal")):
            left.unlink(missing_ok=True)


def _sweep(draft: Path) -> None:
    """Remove drafts that a killed program left behind more than a day ago."""
    with suppress(OSError):
        now = draft.stat().st_mtime  # the clock of the disk, which may belong to another computer
        for old in drafts_in(draft.parent):
            if now - old.stat().st_mtime > A_DAY:
                old.unlink()


def drafts_in(folder: Path) -> list[Path]:
    """Return the drafts in a folder, both those in use and those left behind."""
    try:
        return [entry for entry in folder.iterdir() if _DRAFT.fullmatch(entry.name)]
    except OSError:
        return []


def put_in_place(draft: Path, path: Path) -> None:
    """Move a finished draft to its path, in the place of what was there, durably. Raises OSError."""
    sync_file(draft)
    draft.replace(path)
    sync_folder(path.parent)


def write_over(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file in the place of what was there, whole or not at all, durably. Raises OSError."""
    with draft_of(path) as draft:
        draft.write_bytes(content)
        draft.chmod(mode)
        put_in_place(draft, path)


def write_new(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file that is not there yet, whole or not at all, durably.

    Raises OSError, and FileExistsError where there is one.
    """
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with draft_of(path) as draft:
        draft.write_bytes(content)
        draft.chmod(mode)
        sync_file(draft)
        keep_as(draft, path)


def keep_as(path: Path, kept: Path, content: BinaryIO | None = None) -> None:
    """Give a file a second name that keeps its present content, durably.

    Where the file system has no links, the content is copied, from the open file if there is one: opening and
    closing a database once more would release its locks. Raises OSError, and FileExistsError where the second
    name is taken.
    """
    try:
        os.link(path, kept)
    except FileExistsError:
        raise
    except OSError:  # exFAT and some network drives
        import shutil

        with draft_of(kept) as draft:
            with draft.open("wb") as copy, nullcontext(content) if content else path.open("rb") as original:
                original.seek(0)
                shutil.copyfileobj(original, copy, 1 << 20)
            put_in_place(draft, kept)
    else:
        sync_folder(kept.parent)


def opened_file(path: Path) -> BinaryIO:
    """Open a regular file for reading. Raises OSError, also for a pipe, for which one could wait forever."""
    _require_regular(path.stat())
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    )
    file = os.fdopen(os.open(path, flags), "rb")
    try:
        _require_regular(os.fstat(file.fileno()))
    except OSError:
        file.close()
        raise
    return file


def content_of(path: Path) -> bytes:
    """Return the content of a regular file. Raises OSError as `opened_file` does."""
    with opened_file(path) as file:
        return file.read()


def _require_regular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise IsADirectoryError if stat.S_ISDIR(status.st_mode) else OSError(errno.ENXIO, "not a file")


def sync_file(path: Path) -> None:
    """Flush a file's content to the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
