"""What a learner's choice of items comes to now, and how many items there are to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.scheduling.card import A_DAY
from quiz.core.scheduling.study_selection import Candidate, interleaved
from quiz.core.study.choosing import Standing, chosen_items, in_order
from quiz.core.study_filter import ItemState, Purpose, StudyFilter, StudyOrder
from quiz.services.study.daily_limits import DailyLimits, daily_limits
from quiz.services.study.new_items import as_banks_say

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

LATELY_MS = 7 * A_DAY
"""How far back an item was missed that was missed lately."""


def standing_now(
    workspace: Workspace, states: Iterable[ItemState] = tuple(ItemState), bank: str | None = None
) -> Standing:
    """Read what the record holds of the learner's items, as far as it takes to tell some states.

    It is of one bank, or of all.
    """
    record, learner, wanted = workspace.record, workspace.learner.id, set(states)
    now = workspace.clock.now()
    return Standing(
        memories=record.held_items(learner, bank),
        asked=record.asked(learner, bank) if ItemState.NEVER_ASKED in wanted else {},
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
    topic_titles: dict[str, str]
    """The titles of topics by their ids; that of the first bank where two banks have the same id."""


class _OfBanks(NamedTuple):
    """The items of some banks, and how many of them each topic, tag and kind holds."""

    candidates: list[Candidate]
    topics: dict[str, int]
    tags: dict[str, int]
    kinds: dict[str, int]


class Shelf:
    """All items of some banks with what is on record of them, read once and chosen from many times."""

    def __init__(self, workspace: Workspace) -> None:
        """Read them. It may be done off the loop. Raises RecordError."""
        contents = {card.id: workspace.library.contents(card.id) for card in workspace.library.usable()}
        self._candidates = {bank: content.items for bank, content in contents.items()}
        self._titles = {
            topic: title for content in reversed(contents.values()) for topic, title in content.topics.items()
        }
        self._standing = standing_now(workspace)
        self._limits = daily_limits(workspace)
        self._workspace = workspace
        self._counted: dict[tuple[str, ...], _OfBanks] = {}

    def choices(self, chosen: StudyFilter) -> Choices:
        """Count what a choice comes to, and what each topic, tag, kind and state of its banks holds."""
        candidates, topics, tags, kinds = self._of_banks(chosen.banks)
        everything = msgspec.structs.replace(chosen, states=())
        narrowed = chosen_items(candidates, everything, self._standing)
        fitting = chosen_items(narrowed, StudyFilter(states=chosen.states), self._standing)
        asked = len(_askable(self._workspace, fitting, chosen, self._standing, self._limits))
        return Choices(
            items=asked if chosen.limit is None else min(asked, chosen.limit),
            chosen=len(fitting),
            topics=topics,
            tags=tags,
            kinds=kinds,
            states=self._standing.count(narrowed),
            topic_titles=self._titles,
        )

    def _of_banks(self, banks: tuple[str, ...]) -> _OfBanks:
        """Return the items of some banks, with how many each topic, tag and kind holds."""
        if banks not in self._counted:
            wanted = [bank for bank in banks if bank in self._candidates] or self._candidates
            candidates = [each for bank in wanted for each in self._candidates[bank]]
            own = self._own_tags(candidates)
            self._counted[banks] = _OfBanks(
                candidates,
                Counter(each.topic for each in candidates if each.topic),
                Counter(chain.from_iterable(chain((each.tags for each in candidates), own))),
                Counter(each.kind for each in candidates),
            )
        return self._counted[banks]

    def _own_tags(self, candidates: Iterable[Candidate]) -> Iterator[set[str]]:
        """Yield the learner's own tags of each of some items, without those that are the bank's as well."""
        memories = self._standing.memories.values()
        tagged = {ItemRef(of.bank, of.item): of.tags for held in memories for of in held.values() if of.tags}
        for each in candidates if tagged else ():
            yield {*tagged.get(each.ref, ())}.difference(each.tags)


def items_chosen(workspace: Workspace, chosen: StudyFilter, rng: Random) -> list[ItemRef]:
    """Return the items that a choice asks now, in their order.

    Raises BankError for a bank that cannot be read.
    """
    standing = standing_now(workspace, chosen.states)
    fitting = chosen_items(workspace.candidates(chosen.banks), chosen, standing)
    limits = daily_limits(workspace, chosen.more_new)
    return [each.ref for each in items_to_ask(workspace, fitting, chosen, standing, limits, rng)]


def items_to_ask(
    workspace: Workspace,
    fitting: list[Candidate],
    chosen: StudyFilter,
    standing: Standing,
    limits: DailyLimits,
    rng: Random,
) -> list[Candidate]:
    """Return those of the items that fit a choice which it asks now, in their order.

    For today these are due and new ones within the limits of the day, otherwise all that may be asked.
    """
    items = in_order(_askable(workspace, fitting, chosen, standing, limits), chosen.order, standing, rng)
    items = items[: chosen.limit]
    return interleaved(items) if chosen.order is StudyOrder.USUAL else items


def _askable(
    workspace: Workspace,
    fitting: Sequence[Candidate],
    chosen: StudyFilter,
    standing: Standing,
    limits: DailyLimits,
) -> list[Candidate]:
    if chosen.purpose is not Purpose.TODAY:
        return standing.that_may_be_asked(fitting)
    due = standing.those_in(fitting, ItemState.DUE)
    if limits.due is not None and limits.due < len(due):
        due = in_order(due, StudyOrder.USUAL, standing, Random(0))[: limits.due]
    new = as_banks_say(workspace, standing.those_in(fitting, ItemState.NEW), limits.by_bank, chosen.more_new)
    return [*due, *new[: limits.new]]
