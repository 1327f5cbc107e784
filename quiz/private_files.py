"""Files that only their owner may read, put in place whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

A_DAY = 86_400
"""Seconds."""
_DRAFT = re.compile(r"\..+\.\d+-[0-9a-f]{8}\.new(-journal)?")


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """Make an empty private file beside a path, to be filled and moved there; what is left of it goes."""
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
    """Remove drafts that a program left behind when it was killed more than a day ago."""
    with suppress(OSError):
        now = draft.stat().st_mtime  # by the clock of the disk, which may be another computer's
        for old in draft.parent.iterdir():
            if _DRAFT.fullmatch(old.name) and now - old.stat().st_mtime > A_DAY:
                old.unlink()


def put_in_place(draft: Path, path: Path) -> None:
    """Move a finished draft to its path, in the place of what was there, durably."""
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have a folder's entries on the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
