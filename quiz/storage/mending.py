"""A sound record out of a damaged one: what can be salvaged of it, and what its backups say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from random import SystemRandom
from typing import NamedTuple

from quiz.core.events import Event, Opening
from quiz.errors import HistoryError
from quiz.storage.backups import backups_of, swap
from quiz.storage.connection import connect
from quiz.storage.creation import fill
from quiz.storage.failures import translated
from quiz.storage.history import History
from quiz.storage.private_files import draft_of
from quiz.storage.salvage import salvage


class Mended(NamedTuple):
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


def mend(path: Path) -> Mended:
    """Put a sound record in the place of a damaged one, with every row that it or a backup still has.

    The damaged file is put aside, never changed. It must not be open in this program. Raises HistoryLocked
    where another one is writing, HistoryError where the file cannot be read or a new one not be written.
    """
    path = path.resolve()
    with translated(path), draft_of(path) as draft:
        fill(draft)
        with History(connect(draft), SystemRandom()) as history:
            for backup in backups_of(path):
                with suppress(HistoryError), History.open(backup.path, read_only=True) as old:
                    history.merge(old.learners(), old.everything())
            said = salvage(path)
            history.merge(said.learners, _with_known_openings(said.sessions, history))
            told = [len(events) for _, events in history.everything()]
            lacking = tuple(history.integrity())
        salvaged = sum(len(events) for _, events in said.sessions)
        return Mended(swap(draft, path), len(told), sum(told), sum(told) - salvaged, lacking)


def _with_known_openings(
    sessions: Iterable[tuple[Opening, list[Event]]], history: History
) -> Iterator[tuple[Opening, list[Event]]]:
    """Give sessions whose opening is lost the one that a backup has."""
    for opening, events in sessions:
        if opening.settings.get("salvaged"):
            with suppress(KeyError):
                opening = history.opening(opening.id)
        yield opening, events
