"""Which items a learner's choice comes to, and in which order they are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random
from typing import NamedTuple

from quiz.core.content.item import ItemRef
from quiz.core.scheduling.study_selection import Candidate
from quiz.core.statistics.item_counts import ItemMemory, Tally
from quiz.core.study.study_filter import ItemState, StudyFilter, StudyOrder

NOTHING_ASKED = Tally("", "", 0, 0.0)


class Standing(NamedTuple):
    """What the record holds of a learner's items at a moment."""

    memories: Mapping[ItemRef, ItemMemory]
    asked: Mapping[ItemRef, Tally]
    missed: frozenset[ItemRef]
    """Those missed within the last week."""
    at: int
    """The moment, in milliseconds since 1970 UTC."""
    day_end: int
    """When its study day ends, in milliseconds since 1970 UTC."""
    retention: float
    """From which chance of recall on an item is known, 0 to 1."""

    def is_in(self, ref: ItemRef, state: ItemState) -> bool:
        """Say whether an item is in a state."""
        memory = self.memories.get(ref)
        match state:
            case ItemState.NEW:
                return memory is None or memory.is_askable_as_new(self.day_end)
            case ItemState.NEVER_ASKED:
                asked = self.asked.get(ref, NOTHING_ASKED)
                return not asked.attempts and not asked.skipped
            case ItemState.MISSED:
                return ref in self.missed
        if memory is None:
            return False
        match state:
            case ItemState.DUE:
                return memory.is_due(self.day_end)
            case ItemState.KNOWN:
                return memory.recall(self.at) >= self.retention
            case ItemState.FLAGGED:
                return memory.is_flagged
            case ItemState.LEECH:
                return memory.is_leech
        return memory.is_suspended

    def may_be_asked(self, ref: ItemRef) -> bool:
        """Say whether an item is neither suspended nor put off to another day."""
        memory = self.memories.get(ref)
        if memory is None or memory.is_suspended:
            return memory is None
        return bool(memory.attempts) or memory.is_askable_as_new(self.day_end)


def chosen_items(candidates: Iterable[Candidate], chosen: StudyFilter, standing: Standing) -> list[Candidate]:
    """Return the candidates of the topics, tags, kinds and states that are chosen, whatever may be asked now.

    A tag may be the bank's or the learner's own.
    """
    topics, tags, kinds = set(chosen.topics), set(chosen.tags), set(chosen.kinds)
    own, states = standing.memories, chosen.states
    return [
        each
        for each in candidates
        if (not topics or each.topic in topics)
        and (not kinds or each.kind in kinds)
        and (
            not tags
            or not tags.isdisjoint(each.tags)
            or ((memory := own.get(each.ref)) is not None and not tags.isdisjoint(memory.tags))
        )
        and (not states or any(standing.is_in(each.ref, state) for state in states))
    ]


def count_states(candidates: Iterable[Candidate], standing: Standing) -> dict[ItemState, int]:
    """Count the candidates in each state."""
    found: Counter[ItemState] = Counter()
    for each in candidates:
        found.update(state for state in ItemState if standing.is_in(each.ref, state))
    return {state: found[state] for state in ItemState}


def in_order(
    candidates: Iterable[Candidate], order: StudyOrder, standing: Standing, rng: Random
) -> list[Candidate]:
    """Return candidates in an order; what is the same in it stays in the order given.

    In the usual one, those come first that are due for longest, and new ones last.
    """
    items, held = list(candidates), standing.memories
    match order:
        case StudyOrder.FILE:
            return items
        case StudyOrder.RANDOM:
            rng.shuffle(items)
            return items
        case StudyOrder.WEAKEST:
            return sorted(
                items, key=lambda each: held[each.ref].recall(standing.at) if each.ref in held else 0.0
            )
        case StudyOrder.OLDEST:
            return sorted(
                items, key=lambda each: (held[each.ref].reviewed_at or 0) if each.ref in held else 0
            )
    never = 2**62
    return sorted(
        items,
        key=lambda each: never if each.ref not in held or (due := held[each.ref].due) is None else due,
    )
