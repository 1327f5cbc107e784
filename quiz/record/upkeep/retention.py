"""Which backups are kept: daily, weekly and monthly ones. None gives way to one that holds less."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

DAILY = 7
"""For how many days the last backup is kept."""
WEEKLY = 5
"""For how many weeks, from Monday, the last backup is kept."""
MONTHLY = 12
"""For how many months the last backup is kept."""

_PERIODS: tuple[tuple[int, Callable[[date], object]], ...] = (
    (DAILY, lambda day: day),
    (WEEKLY, lambda day: day.isocalendar()[:2]),
    (MONTHLY, lambda day: (day.year, day.month)),
)


class DatedBackup(NamedTuple):
    """The properties of a backup that retention depends on. Sorting gives their age."""

    day: date
    nth: int
    """1 for the first backup of its day."""
    events: Mapping[str, int]
    """How many events of each learner's sessions it holds."""


def holds_no_less(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Return whether `one` holds at least as many events of each learner as `other`."""
    return all(one.get(learner, 0) >= count for learner, count in other.items())


def superseded(backups: Sequence[DatedBackup]) -> list[int]:
    """Return the places, in the given order, of the backups that may be deleted.

    A backup gives way only to later ones that hold at least as many events of each of its learners, so that
    backups of a record that was lost and begun anew displace nothing.
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
    """Return whether a backup is the last of its period, and its period one of the last `most`."""
    periods = {period(other) for other in later}
    return period(day) not in periods and len(periods) < most
