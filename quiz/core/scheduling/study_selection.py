"""Which items a session asks, and in which order."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from heapq import heapify, heapreplace
from itertools import chain, islice
from random import Random
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

import msgspec

from quiz.core.content.bank_settings import BankSettings
from quiz.core.content.item_ref import ItemRef

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank
    from quiz.core.content.item import Item

APART = 2
"""How many items should lie between two that cite the same note."""
LOOK_AHEAD = 10
"""In how many topics, and in how many items of each, to look for an item unlike the ones before it."""

Topic: TypeAlias = int
"""The number of a topic of a bank, in the order of their first items."""


class Candidate(msgspec.Struct, frozen=True):
    """An item that a session may ask, with what selection needs to know."""

    ref: ItemRef
    topic: str = ""
    cites: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    is_draft: bool = False
    kind: str = ""

    @classmethod
    def of(cls, bank: Bank, item: Item) -> Candidate:
        """Return the candidate that stands for an item of a bank."""
        ref = ItemRef(bank.bank, item.id)
        is_draft = item.status == "draft"
        return cls(ref, item.topic, item.cites, item.tags, item.weight, is_draft, item.kind)


class Contents(msgspec.Struct, frozen=True, dict=True):
    """The heads of a bank's items and its topics, which are enough for a menu and for selection."""

    topics: dict[str, str]
    items: tuple[Candidate, ...]
    recommends: BankSettings = BankSettings()
    """How its author would study the bank."""

    @classmethod
    def of(cls, bank: Bank) -> Contents:
        """Return the heads of a bank's items."""
        return cls(bank.topics, tuple(Candidate.of(bank, item) for item in bank.items), bank.recommends)

    @cached_property
    def names(self) -> Collection[str]:
        """The ids of the items in their order."""
        return dict.fromkeys(item.ref.item for item in self.items).keys()

    @property
    def finals(self) -> Contents:
        """The same without drafts."""
        return msgspec.structs.replace(self, items=tuple(item for item in self.items if not item.is_draft))


def candidates_of(banks: Iterable[Bank]) -> list[Candidate]:
    """Return all items of some banks as candidates, in the banks' order."""
    return [Candidate.of(bank, item) for bank in banks for item in bank.items]


def filtered(
    candidates: Iterable[Candidate], topics: Sequence[str] = (), tags: Sequence[str] = ()
) -> list[Candidate]:
    """Return the candidates with one of the topics and one of the tags; empty means any."""
    wanted_topics, wanted_tags = set(topics), set(tags)
    return [
        candidate
        for candidate in candidates
        if (not wanted_topics or candidate.topic in wanted_topics)
        and (not wanted_tags or wanted_tags & set(candidate.tags))
    ]


class Askable(Protocol):
    """What selection needs to know of a memory, whole or short."""

    @property
    def due_since(self) -> int | None:
        """When the schedule has the item come back, in milliseconds since 1970 UTC."""
        ...

    def is_due(self, before: int) -> bool:
        """Say whether it comes back before a time."""
        ...

    def is_askable_as_new(self, before: int) -> bool:
        """Say whether it was never answered and may be asked before a time."""
        ...


class StudyQueue(msgspec.Struct, frozen=True):
    """What there is to study, each part in its order."""

    due: tuple[ItemRef, ...]
    new: tuple[ItemRef, ...]

    @property
    def items(self) -> tuple[ItemRef, ...]:
        """All items: new ones spread evenly among those that are due, one of which comes first."""
        items = list(self.due)
        for place in range(len(self.new) - 1, -1, -1):
            items.insert(-(-(place + 1) * len(self.due) // (len(self.new) + 1)), self.new[place])
        return tuple(items)


class WorthAsking(NamedTuple):
    """Items that may be asked, in their banks' order."""

    due: list[Candidate]
    since: list[int]
    """When the schedule had each of those that are due come back, in milliseconds since 1970 UTC."""
    new: list[Candidate]


def worth_asking(candidates: Iterable[Candidate], held: Mapping[str, Askable], day_end: int) -> WorthAsking:
    """Return the items of a bank that are due or new, by the memories of its items.

    `day_end` is when today's study day ends, in milliseconds since 1970 UTC.
    """
    found = WorthAsking([], [], [])
    due, since, new = found
    for candidate in candidates:
        memory = held.get(candidate.ref.item)
        if memory is None or memory.is_askable_as_new(day_end):
            new.append(candidate)
        elif memory.is_due(day_end):
            due.append(candidate)
            since.append(memory.due_since or 0)
    return found


def study_queue(
    asked: WorthAsking,
    *,
    new_left: int,
    due_left: int | None = None,
    seed: int,
    limit: int | None = None,
    in_order: Collection[str] = (),
) -> StudyQueue:
    """Select what to study today.

    Due items come longest due first, at most `due_left` of them if that is given, and at most `new_left` new
    ones in their banks' order. Within each group topics are interleaved and items that cite
    the same note are kept apart. `limit` caps both together. New items of the banks `in_order` start just as
    they come, after the others.
    """
    rng = Random(seed)
    drawn = [rng.random() for _ in asked.due]
    order = sorted(range(len(drawn)), key=drawn.__getitem__)
    order.sort(key=asked.since.__getitem__)  # at the same moment by chance
    most = [number for number in (due_left, limit) if number is not None]
    due = interleaved([asked.due[place] for place in (order[: min(most)] if most else order)])
    room = new_left if limit is None else min(new_left, limit - len(due))
    new = asked.new[: max(0, room)]
    strict = [each for each in new if each.ref.bank in in_order]
    new = interleaved([each for each in new if each.ref.bank not in in_order], after=due[:1]) + strict
    return StudyQueue(tuple(c.ref for c in due), tuple(c.ref for c in new))


def interleaved(candidates: Sequence[Candidate], after: Sequence[Candidate] = ()) -> list[Candidate]:
    """Return the candidates so that neighbours have different topics, where that is possible.

    Otherwise the given order is kept as far as possible, and items citing the same note are kept apart.
    `after` are the candidates that come just before.
    """
    numbers: dict[tuple[str, str], Topic] = {}
    topics = [numbers.setdefault(_topic(candidate), len(numbers)) for candidate in candidates]
    queues: list[deque[int]] = [deque() for _ in numbers]
    for place, topic in enumerate(topics):
        queues[topic].append(place)
    heads = [queue[0] for queue in queues]
    sizes = [(-len(queue), topic) for topic, queue in enumerate(queues)]
    heapify(sizes)
    placed: list[Candidate] = []
    last = numbers.get(_topic(after[-1])) if after else None
    recent = deque(map(_notes, after), maxlen=APART)
    for left in range(len(candidates), 0, -1):
        most, is_citing = _majority(sizes, queues, left), any(recent)
        if most is not None and most != last:  # any other choice would put items of this topic side by side
            near = [queues[most][0]]
        elif is_citing:
            near = [head for head in heads[: LOOK_AHEAD + 1] if topics[head] != last] or heads
        else:
            near = (topics[heads[0]] == last and heads[1:2]) or heads
        place = near[0]
        if is_citing:
            apart = _first_apart(candidates, (queues[topics[head]] for head in near), set(chain(*recent)))
            place = place if apart is None else apart
        last = topics[place]
        queue = queues[last]
        if place == queue[0]:
            del heads[bisect_left(heads, place)]
            queue.popleft()
            if queue:
                insort(heads, queue[0])
        else:
            queue.remove(place)
        candidate = candidates[place]
        placed.append(candidate)
        recent.append(_notes(candidate) if candidate.cites else ())
    return placed


def _majority(sizes: list[tuple[int, Topic]], queues: Sequence[deque[int]], left: int) -> Topic | None:
    """Return the topic to which more than half of what is left belongs; `sizes` may lag behind."""
    while -sizes[0][0] * 2 > left:
        size, topic = sizes[0]
        if -size == len(queues[topic]):
            return topic
        heapreplace(sizes, (-len(queues[topic]), topic))
    return None


def _first_apart(
    candidates: Sequence[Candidate], queues: Iterable[deque[int]], cited: set[tuple[str, str]]
) -> int | None:
    """Return the place of the first item that cites none of some notes; None if there is none within reach.

    `queues` hold the places of each topic that may come next, in the order of the first ones.
    """
    found: list[int] = []
    for queue in queues:
        if found and min(found) < queue[0]:
            break
        for place in islice(queue, LOOK_AHEAD):
            if cited.isdisjoint(_notes(candidates[place])):
                found.append(place)
                break
    return min(found, default=None)


def _topic(candidate: Candidate) -> tuple[str, str]:
    """Return the candidate's bank and topic. Items without one share the rest of their bank."""
    return candidate.ref.bank, candidate.topic


def _notes(candidate: Candidate) -> tuple[tuple[str, str], ...]:
    return tuple((candidate.ref.bank, note) for note in candidate.cites)
