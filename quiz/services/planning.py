"""Planning: a year of study at other retentions, and the days until an exam."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.scheduling.by_a_date import MemoryState, plan
from quiz.core.scheduling.card import A_DAY
from quiz.core.scheduling.fsrs_review import USUAL_PARAMETERS
from quiz.core.scheduling.what_if import RETENTIONS, Habits, HeldItem, Outcome, outcome, suggested
from quiz.core.statistics.activity import total_of
from quiz.errors import UsageError

if TYPE_CHECKING:
    from quiz.core.scheduling.fsrs_schedule import Memory
    from quiz.services.workspace import Workspace

MOST_SIMULATED = 1_000
"""Of more items than this, a sample is simulated."""
DAYS_LOOKED_AT = 60
"""From how many of the last days the time for an answer is taken."""
AHEAD = 366
"""How many days ahead an exam may be."""


class WhatIf(msgspec.Struct, frozen=True):
    """The result of simulating a year of study."""

    items: int
    new_per_day: int
    present: Outcome
    """At the present retention."""
    outcomes: tuple[Outcome, ...]
    """By rising retention."""
    suggested: Outcome
    """The one with the least time for each known item."""


class ExamDay(msgspec.Struct, frozen=True):
    """What to answer on a day."""

    day: date
    items: tuple[ItemRef, ...]


class ExamPlan(msgspec.Struct, frozen=True):
    """What to answer until the day of an exam, and what is left out."""

    day: date
    items: int
    per_day: int
    days: tuple[ExamDay, ...]
    """From today to the day before the exam."""
    known: float
    """How many items are expected to be recalled on the day if the plan is kept."""
    known_without: float
    """How many would be recalled without another answer."""
    not_reached: tuple[ItemRef, ...]
    """New items for which there is no time."""
    aim: float
    """The probability of recall that is considered safe: the present retention."""
    unsafe: tuple[ItemRef, ...]
    """Items whose probability of recall on the day is below the aim nevertheless."""


def what_if(workspace: Workspace, bank_ids: Sequence[str] = (), new_per_day: int | None = None) -> WhatIf:
    """Simulate a year of study of some banks, or of all, at retentions from 80 to 97 %.

    Raises UsageError where the banks hold no items, BankError for an unreadable bank.
    """
    return year_to_simulate(workspace, bank_ids, new_per_day)()


def year_to_simulate(
    workspace: Workspace, bank_ids: Sequence[str] = (), new_per_day: int | None = None
) -> Callable[[], WhatIf]:
    """Read the data for a simulation, and return the simulation, which may run in its own thread.

    Raises as `what_if` does.
    """
    refs = _items(workspace, bank_ids)
    now, config = workspace.clock.now(), workspace.config
    if len(refs) <= MOST_SIMULATED:
        sample, memories = refs, _memories(workspace, bank_ids)
    else:
        sample = Random(0).sample(refs, MOST_SIMULATED)
        with workspace.record.at_one_moment():
            memories = {ref: workspace.record.memory(workspace.learner.id, ref) for ref in sample}
    held = [
        HeldItem(
            memory.card.stability,
            memory.card.difficulty,
            (now - memory.card.last_review) // A_DAY,
            (memory.due - now) // A_DAY,
        )
        for ref in sample
        if (memory := memories.get(ref)) is not None and memory.card is not None
    ]
    year = _Year(
        items=len(refs),
        held=held,
        unseen=len(sample) - len(held),
        new_per_day=config.new_per_day if new_per_day is None else new_per_day,
        parameters=_parameters(workspace),
        habits=_habits(workspace),
    )
    return lambda: year.simulated(config.retention)


class _Year(msgspec.Struct, frozen=True):
    """The data for simulating a year."""

    items: int
    held: list[HeldItem]
    unseen: int
    """How many of the simulated items were never answered."""
    new_per_day: int
    parameters: tuple[float, ...]
    habits: Habits

    def simulated(self, present: float) -> WhatIf:
        """Return the result of the year, with the present retention among the others."""
        outcomes = tuple(self._at(retention) for retention in RETENTIONS)
        return WhatIf(self.items, self.new_per_day, self._at(present), outcomes, suggested(outcomes))

    def _at(self, retention: float) -> Outcome:
        share = (len(self.held) + self.unseen) / self.items
        new = self.new_per_day * share
        found = outcome(self.held, self.unseen, retention, new, self.parameters, self.habits, Random(0))
        return msgspec.structs.replace(
            found,
            new_per_day=self.new_per_day,
            minutes_per_day=found.minutes_per_day / share,
            known=found.known / share,
            reviews=round(found.reviews / share),
        )


def exam_plan(workspace: Workspace, bank_ids: Sequence[str], day: date, per_day: int) -> ExamPlan:
    """Plan what to answer until a day so that recall on that day is highest.

    Raises UsageError where the day is not among the next 366 or the banks hold no items, BankError for an
    unreadable bank.
    """
    today = workspace.today
    days_left = (day - today).days
    if not 0 < days_left <= AHEAD:
        raise UsageError(
            f"{day} is not among the next {AHEAD} days.",
            f"Name a day within a year from {today} on.",
        )
    refs, memories = _items(workspace, bank_ids), _memories(workspace, bank_ids)
    now, aim = workspace.clock.now(), workspace.config.retention
    standings = [_standing(memories.get(ref), now) for ref in refs]
    told = plan(standings, days_left, per_day, _parameters(workspace), aim=aim)
    return ExamPlan(
        day=day,
        items=len(refs),
        per_day=per_day,
        days=tuple(
            ExamDay(today + timedelta(days=passed), tuple(refs[place] for place in places))
            for passed, places in enumerate(told.days)
        ),
        known=told.known,
        known_without=told.known_without,
        not_reached=tuple(refs[place] for place in told.not_reached),
        aim=aim,
        unsafe=tuple(refs[place] for place in told.unsafe),
    )


def _standing(memory: Memory | None, now: int) -> MemoryState:
    if memory is None or memory.card is None:
        return MemoryState()
    card = memory.card
    return MemoryState(card.stability, card.difficulty, max(0, (now - card.last_review) // A_DAY))


def _items(workspace: Workspace, bank_ids: Sequence[str]) -> list[ItemRef]:
    """Return the items that are not suspended."""
    held, library = workspace.record.held_items(workspace.learner.id), workspace.library
    refs = []
    for bank in bank_ids or [summary.id for summary in library.usable()]:
        suspended = {name for name, memory in held.get(bank, {}).items() if memory.is_suspended}
        refs += [ItemRef(bank, name) for name in library.names(bank) if name not in suspended]
    if not refs:
        raise UsageError("There are no items to plan for.", "Name a bank that holds some.")
    return refs


def _memories(workspace: Workspace, bank_ids: Sequence[str]) -> Mapping[ItemRef, Memory | None]:
    return workspace.record.memories(workspace.learner.id, bank_ids or None)


def _parameters(workspace: Workspace) -> tuple[float, ...]:
    return workspace.record.trainings(workspace.learner.id).current.values or USUAL_PARAMETERS


def _habits(workspace: Workspace) -> Habits:
    """Return how long this learner's answers take. A wrong answer counts twice, since it is asked again."""
    total = total_of(workspace.record.days(workspace.learner.id)[-DAYS_LOOKED_AT:], workspace.today)
    if not total.attempts or not total.duration_ms:
        return Habits()
    seconds = total.duration_ms / 1000 / total.attempts
    return Habits(new_seconds=2 * seconds, recalled_seconds=seconds, forgotten_seconds=2 * seconds)
