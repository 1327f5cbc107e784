"""Putting another file in the record's place, with what was there kept beside it.

At no moment is there no record: the old file gets a second name, then the new one takes its place in one
step. Killed anywhere between, either the old record or the new one is there, whole.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO

from quiz.errors import RecordError, RecordLocked
from quiz.private_files import A_DAY, keep_as, put_in_place, sync_file, sync_folder
from quiz.record.sqlite.connection import connect
from quiz.record.sqlite.errors import translated

IS_WINDOWS = os.name == "nt"
MOST_REPLACED = 2
"""How many replaced records are kept."""
REPLACED_DAYS = 30
"""For how many days a replaced record is kept."""


def swap(draft: Path, path: Path) -> Path | None:
    """Put a new file in a record's place, the old one beside it; return where that is, None without one.

    Raises RecordLocked where a program is writing to the record, OSError where that cannot be done: the
    old record is in its place then.
    """
    sync_file(draft)
    with ExitStack() as held:
        content = None
        if path.exists() and not IS_WINDOWS:  # no open file can be replaced there
            content = held.enter_context(path.open("rb"))
        _hold_alone(path, held)
        aside = _kept_beside(path, content)
        put_in_place(draft, path)
    tidy_replaced(path)
    return aside


def replaced_records(path: Path) -> list[Path]:
    """Return the records that were replaced by others, the last one first."""
    found = []
    with suppress(OSError):
        for entry in path.parent.iterdir():
            number = re.fullmatch(r"\.replaced-(\d{1,9})", entry.name.removeprefix(path.name))
            if number and entry.name.startswith(path.name):
                found.append((int(number[1]), entry))
    return [entry for _, entry in sorted(found, reverse=True)]


def tidy_replaced(path: Path) -> None:
    """Remove replaced records beyond the last two, those that are a month old, and what names the record.

    The last sort is left where a program was killed between giving the record its second name and putting
    another one in its place.
    """
    kept = 0
    for replaced in replaced_records(path):
        with suppress(OSError):
            is_the_record = path.exists() and replaced.samefile(path)
            is_old = time.time() - replaced.stat().st_mtime > REPLACED_DAYS * A_DAY
            if is_the_record or is_old or kept >= MOST_REPLACED:
                _journal_of(replaced).unlink(missing_ok=True)
                replaced.unlink()
            else:
                kept += 1


def _hold_alone(path: Path, held: ExitStack) -> None:
    """Keep everybody from writing to a record while it is replaced, where it is sound enough for that."""
    try:
        file = connect(path)
    except RecordError:
        return
    held.callback(file.close)
    try:
        with translated(path):
            file.db.execute("BEGIN EXCLUSIVE")
    except RecordLocked:
        raise
    except RecordError:
        return
    if IS_WINDOWS:
        file.close()


def _kept_beside(path: Path, content: BinaryIO | None) -> Path | None:
    """Keep a record under a second name, with the journal that a killed program left beside it, if any."""
    if not path.exists():
        _journal_of(path).unlink(missing_ok=True)
        return None
    taken = [int(kept.name.rpartition("-")[2]) for kept in replaced_records(path)]
    aside = path.with_name(f"{path.name}.replaced-{max(taken, default=0) + 1}")
    journal = _journal_of(path)
    if journal.exists():
        keep_as(journal, _journal_of(aside))
    keep_as(path, aside, content)
    with suppress(OSError):
        aside.chmod(0o600)
        os.utime(aside)  # its age counts from now
    journal.unlink(missing_ok=True)  # it would be played back into the new file
    sync_folder(path.parent)
    return aside


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")
