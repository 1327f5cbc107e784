"""What a learner's choice of items comes to now, and how many items there are to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.item import ItemRef
from quiz.core.scheduling.study_selection import Candidate, interleaved
from quiz.core.study.choosing import Standing, chosen_items, count_states, in_order
from quiz.core.study.study_filter import ItemState, Purpose, StudyFilter, StudyOrder
from quiz.services.study.daily_limits import DailyLimits, daily_limits

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

LATELY_MS = 7 * 86_400_000
"""How far back an item was missed that was missed lately."""


def standing_now(workspace: Workspace, states: Iterable[ItemState] = tuple(ItemState)) -> Standing:
    """Read what the record holds of the learner's items, as far as it takes to tell some states."""
    record, learner, wanted = workspace.record, workspace.learner.id, set(states)
    now = workspace.clock.now()
    return Standing(
        memories={ItemRef(each.bank, each.item): each for each in record.held_items(learner)},
        asked=record.asked(learner) if ItemState.NEVER_ASKED in wanted else {},
        missed=frozenset(record.missed_since(learner, now - LATELY_MS) if ItemState.MISSED in wanted else ()),
        at=now,
        day_end=workspace.day_end,
        retention=workspace.config.retention,
    )


class Choices(msgspec.Struct, frozen=True):
    """What there is to choose from, with how many items each comes to, and what is chosen."""

    items: int
    """How many items are asked."""
    chosen: int
    """How many items fit the choice, whatever may be asked of them now."""
    topics: dict[str, int]
    tags: dict[str, int]
    kinds: dict[str, int]
    states: dict[ItemState, int]


class Shelf:
    """All items of some banks with what is on record of them, read once and chosen from many times."""

    def __init__(self, workspace: Workspace) -> None:
        """Read them. It may be done off the loop. Raises RecordError."""
        self._candidates = {
            card.id: workspace.library.contents(card.id).items
            for card in workspace.library.shelf()
            if card.is_usable
        }
        self._standing = standing_now(workspace)
        self._limits = daily_limits(workspace)

    def choices(self, chosen: StudyFilter) -> Choices:
        """Count what a choice comes to, and what each topic, tag, kind and state of its banks holds."""
        candidates = self._of_banks(chosen)
        everything = msgspec.structs.replace(chosen, states=())
        narrowed = chosen_items(candidates, everything, self._standing)
        fitting = chosen_items(narrowed, StudyFilter(states=chosen.states), self._standing)
        return Choices(
            items=len(items_to_ask(fitting, chosen, self._standing, self._limits, Random(0))),
            chosen=len(fitting),
            topics=_counted(each.topic for each in candidates if each.topic),
            tags=_counted(tag for each in candidates for tag in self._tags(each)),
            kinds=_counted(each.kind for each in candidates),
            states=count_states(narrowed, self._standing),
        )

    def _of_banks(self, chosen: StudyFilter) -> list[Candidate]:
        wanted = [bank for bank in chosen.banks if bank in self._candidates] or self._candidates
        return [each for bank in wanted for each in self._candidates[bank]]

    def _tags(self, candidate: Candidate) -> Iterable[str]:
        memory = self._standing.memories.get(candidate.ref)
        return {*candidate.tags, *memory.tags} if memory is not None and memory.tags else candidate.tags


def _counted(names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return found


def items_chosen(workspace: Workspace, chosen: StudyFilter, rng: Random) -> list[ItemRef]:
    """Return the items that a choice asks now, in their order.

    Raises BankError for a bank that cannot be read.
    """
    standing = standing_now(workspace, chosen.states)
    fitting = chosen_items(workspace.candidates(chosen.banks), chosen, standing)
    limits = daily_limits(workspace, chosen.more_new)
    return [each.ref for each in items_to_ask(fitting, chosen, standing, limits, rng)]


def items_to_ask(
    fitting: list[Candidate], chosen: StudyFilter, standing: Standing, limits: DailyLimits, rng: Random
) -> list[Candidate]:
    """Return those of the items that fit a choice which it asks now, in their order.

    For today these are due and new ones within the limits of the day, otherwise all that may be asked.
    """
    if chosen.purpose is not Purpose.TODAY:
        items = [each for each in fitting if standing.may_be_asked(each.ref)]
    else:
        due = [each for each in fitting if standing.is_in(each.ref, ItemState.DUE)]
        new = [each for each in fitting if standing.is_in(each.ref, ItemState.NEW)]
        due = in_order(due, StudyOrder.USUAL, standing, rng)
        items = [*due[: limits.due], *new[: limits.new]]
    items = in_order(items, chosen.order, standing, rng)[: chosen.limit]
    return interleaved(items) if chosen.order is StudyOrder.USUAL else items
