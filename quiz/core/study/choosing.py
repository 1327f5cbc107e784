"""Which items a learner's choice comes to, and in which order they are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random

from quiz.core.content.item_ref import ItemRef
from quiz.core.scheduling.study_selection import Candidate
from quiz.core.statistics.item_counts import AskedItems, HeldItems, ItemMemory, Tally
from quiz.core.study_filter import ItemState, StudyFilter, StudyOrder

_BITS = {state: 1 << place for place, state in enumerate(ItemState)}
_UNTOUCHED = _BITS[ItemState.NEW] | _BITS[ItemState.NEVER_ASKED]
_ASKABLE = _BITS[ItemState.NEW] | 1 << len(_BITS)
"""What an item is that may be asked: new, or answered and not suspended."""
_NONE: dict[str, ItemMemory] = {}
_NOT_ASKED: dict[str, Tally] = {}
_NO_STATES: dict[str, int] = {}


class Standing:
    """How a learner stands with items at a moment: which of them are in which states."""

    def __init__(
        self,
        memories: HeldItems,
        asked: AskedItems,
        missed: Iterable[ItemRef],
        *,
        at: int,
        day_end: int,
        retention: float,
    ) -> None:
        """Work out all states once.

        `asked` are all items that were ever asked, `missed` those missed lately. `at` is the moment and
        `day_end` when its study day ends, in milliseconds since 1970 UTC; from a chance of recall of
        `retention` on, 0 to 1, an item is known.
        """
        self.memories, self.at = memories, at
        self._asked = asked
        states = {
            bank: {item: _states_of(memory, at, day_end, retention) for item, memory in held.items()}
            for bank, held in memories.items()
        }
        never, missed_bit = _BITS[ItemState.NEVER_ASKED], _BITS[ItemState.MISSED]
        for bank, tallies in asked.items():
            of_bank = states.setdefault(bank, {})
            for item, tally in tallies.items():
                if (before := of_bank.get(item, _UNTOUCHED)) & never and (tally.attempts or tally.skipped):
                    of_bank[item] = before & ~never
        for ref in missed:
            of_bank = states.setdefault(ref.bank, {})
            of_bank[ref.item] = of_bank.get(ref.item, _UNTOUCHED) | missed_bit
        self._states = states

    def memory(self, ref: ItemRef) -> ItemMemory | None:
        """Return the memory of an item, None where nothing ever happened to it."""
        return self.memories.get(ref.bank, _NONE).get(ref.item)

    def right(self, ref: ItemRef) -> float | None:
        """Return the mean score of the attempts at an item, 0 to 1; None without any."""
        tally = self._asked.get(ref.bank, _NOT_ASKED).get(ref.item)
        return tally.score / tally.attempts if tally is not None and tally.attempts else None

    def those_in(self, candidates: Iterable[Candidate], *states: ItemState) -> list[Candidate]:
        """Return the candidates that are in any of some states."""
        return self._with_any(candidates, _bits(states))

    def that_may_be_asked(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Return the candidates that are neither suspended nor put off to another day."""
        return self._with_any(candidates, _ASKABLE)

    def _with_any(self, candidates: Iterable[Candidate], bits: int) -> list[Candidate]:
        known = self._states
        return [
            each
            for each in candidates
            if known.get(each.ref.bank, _NO_STATES).get(each.ref.item, _UNTOUCHED) & bits
        ]

    def count(self, candidates: Iterable[Candidate]) -> dict[ItemState, int]:
        """Count the candidates in each state."""
        known = self._states
        found = Counter(
            known.get(each.ref.bank, _NO_STATES).get(each.ref.item, _UNTOUCHED) for each in candidates
        )
        return {
            state: sum(number for states, number in found.items() if states & bit)
            for state, bit in _BITS.items()
        }


def _bits(states: Iterable[ItemState]) -> int:
    return sum(_BITS[state] for state in set(states))


def _states_of(memory: ItemMemory, at: int, day_end: int, retention: float) -> int:
    """Return the states that follow from a memory, and whether the item may be asked, as bits."""
    found = _BITS[ItemState.NEVER_ASKED] if not memory.attempts else 0
    if memory.is_suspended:
        found |= _BITS[ItemState.SUSPENDED]
    elif memory.attempts:
        found |= 1 << len(_BITS)
    elif memory.is_askable_as_new(day_end):
        found |= _BITS[ItemState.NEW]
    if memory.is_due(day_end):
        found |= _BITS[ItemState.DUE]
    if memory.is_flagged:
        found |= _BITS[ItemState.FLAGGED]
    if memory.is_leech:
        found |= _BITS[ItemState.LEECH]
    if memory.attempts and memory.known(at) >= retention:
        found |= _BITS[ItemState.KNOWN]
    return found


def chosen_items(candidates: Iterable[Candidate], chosen: StudyFilter, standing: Standing) -> list[Candidate]:
    """Return the candidates of the topics, tags, kinds and states that are chosen, whatever may be asked now.

    A tag may be the bank's or the learner's own.
    """
    topics, tags, kinds = set(chosen.topics), set(chosen.tags), set(chosen.kinds)
    if chosen.states:
        candidates = standing.those_in(candidates, *chosen.states)
    if not (topics or tags or kinds):
        return list(candidates)
    return [
        each
        for each in candidates
        if (not topics or each.topic in topics)
        and (not kinds or each.kind in kinds)
        and (
            not tags
            or not tags.isdisjoint(each.tags)
            or ((memory := standing.memory(each.ref)) is not None and not tags.isdisjoint(memory.tags))
        )
    ]


def in_order(
    candidates: Iterable[Candidate], order: StudyOrder, standing: Standing, rng: Random
) -> list[Candidate]:
    """Return candidates in an order; what is the same in it stays in the order given.

    In the usual one, those come first that are due for longest, and new ones last.
    """
    items, memory_of = list(candidates), standing.memory
    match order:
        case StudyOrder.FILE:
            return items
        case StudyOrder.RANDOM:
            rng.shuffle(items)
            return items
        case StudyOrder.WEAKEST:
            return sorted(
                items,
                key=lambda each: memory.recall(standing.at) if (memory := memory_of(each.ref)) else 0.0,
            )
        case StudyOrder.OLDEST:
            return sorted(
                items,
                key=lambda each: (memory.reviewed_at or 0) if (memory := memory_of(each.ref)) else 0,
            )
    never = 2**62
    return sorted(
        items,
        key=lambda each: (
            never if (memory := memory_of(each.ref)) is None or memory.due is None else memory.due
        ),
    )
