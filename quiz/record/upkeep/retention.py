"""Which backups are kept: daily, weekly and monthly ones, and none gives way to one that holds less."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

DAILY = 7
"""Of how many days the last backup is kept."""
WEEKLY = 5
"""Of how many weeks, which begin on Mondays, the last backup is kept."""
MONTHLY = 12
"""Of how many months the last backup is kept."""

_PERIODS: tuple[tuple[int, Callable[[date], object]], ...] = (
    (DAILY, lambda day: day),
    (WEEKLY, lambda day: day.isocalendar()[:2]),
    (MONTHLY, lambda day: (day.year, day.month)),
)


class DatedBackup(NamedTuple):
    """A backup by what retention goes by. The order of several is their age."""

    day: date
    nth: int
    """1 for the first backup of its day."""
    events: Mapping[str, int]
    """How many events it holds of each learner's sessions."""


def holds_no_less(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Say whether there are at least as many events of each learner in `one` as in `other`."""
    return all(one.get(learner, 0) >= count for learner, count in other.items())


def superseded(backups: Sequence[DatedBackup]) -> list[int]:
    """Return the places of the backups that may go, in the order given.

    A backup gives way only to later ones that hold at least as many events of each of its learners; what was
    made of a record that had been lost and begun anew pushes nothing out.
    """
    gone = []
    for place, backup in enumerate(backups):
        later = [
            other
            for other in backups
            if other[:2] > backup[:2] and holds_no_less(other.events, backup.events)
        ]
        if not any(_is_kept(backup.day, [other.day for other in later], *period) for period in _PERIODS):
            gone.append(place)
    return gone


def _is_kept(day: date, later: Sequence[date], most: int, period: Callable[[date], object]) -> bool:
    """Say whether a backup is the last of its period, and its period one of the last `most`."""
    periods = {period(other) for other in later}
    return period(day) not in periods and len(periods) < most
