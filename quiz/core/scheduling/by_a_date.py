"""Planning reviews so that as much as possible is known on a given day, such as that of an exam.

Each day has room for a number of answers. Answers are planned one by one: always the one that raises the
probability of recall on the day the most, on the day with room where it is worth most. Each item is answered
at most twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

import msgspec

from quiz.core.scheduling.recall_model import Formulas, Parameters

_MOST_ANSWERS = 2
_WORTH_ASKING = 0.005
"""How much an answer must raise the probability of recall on the day to be planned."""
_AGAIN, _GOOD = 1, 3

Days: TypeAlias = tuple[int, ...]


class MemoryState(NamedTuple):
    """The memory of an item today."""

    stability: float = 0.0
    """In days; 0 if it was never answered."""
    difficulty: float = 0.0
    days: int = 0
    """How many whole days ago it was reviewed."""


class Plan(msgspec.Struct, frozen=True):
    """What to answer until the day, and what is known then."""

    days: tuple[tuple[int, ...], ...]
    """For each day from today to the day before, the places of the items to answer."""
    known: float
    """How many items are expected to be recalled on the day if the plan is kept."""
    known_without: float
    """How many would be recalled without another answer."""
    not_reached: tuple[int, ...]
    """The places of new items for which there was no room."""
    unsafe: tuple[int, ...]
    """The places of other items whose probability of recall on the day is below the aim."""

    @property
    def answers(self) -> int:
        """How many answers are planned."""
        return sum(map(len, self.days))


def plan(
    items: Sequence[MemoryState],
    days_left: int,
    per_day: int,
    parameters: Parameters,
    *,
    aim: float = 0.9,
    first_right: float = 0.5,
) -> Plan:
    """Plan the answers for the remaining days, at most `per_day` on each.

    `aim` is the probability of recall, 0 to 1, that is considered safe; `first_right` is the share of new
    items answered correctly at once.
    """
    outlook = _Outlook(Formulas(parameters), days_left, first_right)
    without = [outlook.recall(item, ()) for item in items]
    chosen = _chosen(items, without, outlook, [per_day] * days_left)
    recalls = [outlook.recall(item, days) for item, days in zip(items, chosen, strict=True)]
    return Plan(
        days=tuple(
            tuple(place for place, days in enumerate(chosen) if day in days) for day in range(days_left)
        ),
        known=sum(recalls),
        known_without=sum(without),
        not_reached=tuple(
            place for place, item in enumerate(items) if not item.stability and not chosen[place]
        ),
        unsafe=tuple(
            place
            for place, (item, days) in enumerate(zip(items, chosen, strict=True))
            if recalls[place] < aim and (item.stability or days)
        ),
    )


def _chosen(
    items: Sequence[MemoryState], without: Sequence[float], outlook: _Outlook, room: list[int]
) -> list[Days]:
    """Return the days on which each item is answered, and take up their room."""
    chosen: list[Days] = [()] * len(items)
    recalls = list(without)
    offers: list[tuple[float, int, Days]] = []

    def offer(place: int) -> None:
        if len(chosen[place]) == _MOST_ANSWERS:
            return
        open_days = [day for day, left in enumerate(room) if left and day not in chosen[place]]
        best, days = outlook.best(items[place], chosen[place], open_days)
        if best - recalls[place] > _WORTH_ASKING:
            heappush(offers, (recalls[place] - best, place, days))

    for place in range(len(items)):
        offer(place)
    while offers:
        gain, place, days = heappop(offers)
        (day,) = set(days) - set(chosen[place])
        if room[day]:
            room[day] -= 1
            chosen[place] = days
            recalls[place] -= gain
        offer(place)
    return chosen


class _Outlook:
    """The probability of recall on the day after answers on earlier days."""

    def __init__(self, formulas: Formulas, days_left: int, first_right: float) -> None:
        self._formulas = formulas
        self._days_left = days_left
        self._first_right = first_right

    def best(self, item: MemoryState, days: Days, open_days: Iterable[int]) -> tuple[float, Days]:
        """Return the highest recall that one more answer leads to, and the days of all answers then."""
        found = [
            (self.recall(item, more), more) for more in (tuple(sorted((*days, day))) for day in open_days)
        ]
        return max(found, default=(0.0, days))

    def recall(self, item: MemoryState, days: Days) -> float:
        """Return the probability of recall on the day after answers on these days, in order."""
        if item.stability:
            return self._later(item.stability, item.difficulty, -item.days, days)
        if not days:
            return 0.0
        formulas, (first, *rest) = self._formulas, days
        return sum(
            share
            * self._later(
                formulas.first_stability[rating], formulas.first_difficulty[rating], first, tuple(rest)
            )
            for share, rating in ((self._first_right, _GOOD), (1 - self._first_right, _AGAIN))
        )

    def _later(self, stability: float, difficulty: float, last: int, days: Days) -> float:
        formulas = self._formulas
        if not days:
            return formulas.recall(stability, self._days_left - last)
        first, rest = days[0], days[1:]
        passed = first - last
        recall = formulas.recall(stability, passed)
        total = 0.0
        for chance, rating in ((recall, _GOOD), (1 - recall, _AGAIN)):
            if chance:
                after = formulas.stability_after(stability, difficulty, passed, rating)
                total += chance * self._later(
                    after, formulas.difficulty_after(difficulty, rating), first, rest
                )
        return total
