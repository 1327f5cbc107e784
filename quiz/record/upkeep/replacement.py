"""Replacing the record by another file, and keeping the old one beside it.

There is a record at every moment: the old file gets a second name, then the new one takes its place in one
step. If the program is killed in between, either the old or the new record is in place, whole.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO

from quiz.errors import RecordError, RecordLocked
from quiz.private_files import A_DAY, keep_as, opened_file, put_in_place, sync_file, sync_folder
from quiz.record.sqlite.connection import connect
from quiz.record.sqlite.errors import translated

IS_WINDOWS = os.name == "nt"
MOST_REPLACED = 2
"""How many replaced records are kept."""
REPLACED_DAYS = 30
"""How many days a replaced record is kept."""


def swap(draft: Path, path: Path) -> Path | None:
    """Replace a record by a new file. Returns the new path of the old one, or None if there was none.

    Raises RecordLocked where a program is writing to the record, OSError where the replacement is not
    possible; the old record is in place then.
    """
    sync_file(draft)
    with ExitStack() as held:
        content = None
        if path.exists() and not IS_WINDOWS:  # an open file cannot be replaced there
            content = held.enter_context(opened_file(path))
        _hold_alone(path, held)
        aside = _kept_beside(path, content)
        put_in_place(draft, path)
    tidy_replaced(path)
    return aside


def replaced_records(path: Path) -> list[Path]:
    """Return the replaced records, the latest first."""
    found = []
    with suppress(OSError):
        for entry in path.parent.iterdir():
            number = re.fullmatch(r"\.replaced-(\d{1,9})", entry.name.removeprefix(path.name))
            if number and entry.name.startswith(path.name):
                found.append((int(number[1]), entry))
    return [entry for _, entry in sorted(found, reverse=True)]


def tidy_replaced(path: Path) -> None:
    """Remove replaced records beyond the last two, those older than a month, and second names of the record.

    A second name is left over where a program was killed between giving it and putting the new record in
    place.
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
    """Keep everybody from writing to a record while it is replaced, if it is sound enough for locks."""
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
    """Give a record a second name, together with a journal that a killed program left beside it."""
    if not path.exists():
        _journal_of(path).unlink(missing_ok=True)
        return None
    taken = [int(kept.name.rpartition("-")[2]) for kept in replaced_records(path)]
    aside = path.with_name(f"{path.name}.replaced-{max(taken, default=0) + 1}")
    journal = _journal_of(path)
    if journal.exists():
        keep_as(journal, _journal_of(aside))
    keep_as(path, aside, content)
    now = time.time()
    with suppress(OSError):
        aside.chmod(0o600)
        os.utime(aside, (now, now))  # its age counts from now, by the clock that tells it
    journal.unlink(missing_ok=True)  # it would be applied to the new file
    sync_folder(path.parent)
    return aside


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")
