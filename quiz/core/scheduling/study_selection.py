"""Which items a session asks, and in which order."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heapreplace
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Protocol, TypeAlias

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

Topic: TypeAlias = tuple[str, str]
"""A bank and one of its topics."""


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


Queue: TypeAlias = deque[tuple[int, Candidate]]
"""Candidates of a topic with their original places."""


class Contents(msgspec.Struct, frozen=True):
    """The heads of a bank's items and its topics, which are enough for a menu and for selection."""

    topics: dict[str, str]
    items: tuple[Candidate, ...]
    recommends: BankSettings = BankSettings()
    """How its author would study the bank."""

    @classmethod
    def of(cls, bank: Bank) -> Contents:
        """Return the heads of a bank's items."""
        return cls(bank.topics, tuple(Candidate.of(bank, item) for item in bank.items), bank.recommends)

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


def study_queue(
    candidates: Sequence[Candidate],
    memories: Mapping[ItemRef, Askable],
    *,
    day_end: int,
    new_left: int,
    due_left: int | None = None,
    seed: int,
    limit: int | None = None,
    in_order: Collection[str] = (),
) -> StudyQueue:
    """Select what to study today.

    Due items come longest due first, at most `due_left` of them if that is given, and at most `new_left` new
    ones in their banks' order. Within each group topics are interleaved and items that cite
    the same note are kept apart. `day_end` is when today's study day ends, in milliseconds since 1970 UTC;
    `limit` caps both together. New items of the banks `in_order` start just as they come, after the others.
    """
    rng = Random(seed)
    new: list[Candidate] = []
    drawn: list[tuple[int | None, float, int, Candidate]] = []
    for candidate in candidates:
        memory = memories.get(candidate.ref)
        if memory is None or memory.is_askable_as_new(day_end):
            new.append(candidate)
        elif memory.is_due(day_end):
            drawn.append((memory.due_since, rng.random(), len(drawn), candidate))
    drawn.sort()  # at the same moment by chance
    most = [number for number in (due_left, limit) if number is not None]
    due = [candidate for *_, candidate in (drawn[: min(most)] if most else drawn)]
    room = new_left if limit is None else min(new_left, limit - len(due))
    due = interleaved(due)
    new = new[: max(0, room)]
    strict = [each for each in new if each.ref.bank in in_order]
    new = interleaved([each for each in new if each.ref.bank not in in_order], after=due[:1]) + strict
    return StudyQueue(tuple(c.ref for c in due), tuple(c.ref for c in new))


def interleaved(candidates: Sequence[Candidate], after: Sequence[Candidate] = ()) -> list[Candidate]:
    """Return the candidates so that neighbours have different topics, where that is possible.

    Otherwise the given order is kept as far as possible, and items citing the same note are kept apart.
    `after` are the candidates that come just before.
    """
    queues: dict[Topic, Queue] = defaultdict(deque)
    for place, candidate in enumerate(candidates):
        queues[_topic(candidate)].append((place, candidate))
    heads = [(queue[0][0], topic) for topic, queue in queues.items()]
    sizes = [(-len(queue), topic) for topic, queue in queues.items()]
    heapify(sizes)
    placed: list[Candidate] = []
    recent: deque[Candidate] = deque(after, maxlen=APART)
    for left in range(len(candidates), 0, -1):
        last = _topic(recent[-1]) if recent else None
        most = _majority(sizes, queues, left)
        near = heads[: LOOK_AHEAD + 1]
        if most is not None and most != last:  # any other choice would put items of this topic side by side
            near = [(queues[most][0][0], most)]
        cited = {note for candidate in recent if candidate.cites for note in _notes(candidate)}
        if cited:
            open_heads = [head for head in near if head[1] != last] or heads
            place, topic, index = _first_apart(open_heads, queues, cited)
        else:
            place, topic = next((head for head in near if head[1] != last), heads[0])
            index = 0
        queue = queues[topic]
        if index == 0:
            del heads[bisect_left(heads, (place, topic))]
            if len(queue) > 1:
                insort(heads, (queue[1][0], topic))
        placed.append(queue[index][1])
        del queue[index]
        recent.append(placed[-1])
    return placed


def _majority(sizes: list[tuple[int, Topic]], queues: Mapping[Topic, Queue], left: int) -> Topic | None:
    """Return the topic to which more than half of what is left belongs; `sizes` may lag behind."""
    while -sizes[0][0] != len(queues[sizes[0][1]]):
        heapreplace(sizes, (-len(queues[sizes[0][1]]), sizes[0][1]))
    size, topic = sizes[0]
    return topic if -size * 2 > left else None


def _first_apart(
    heads: Sequence[tuple[int, Topic]], queues: Mapping[Topic, Queue], cited: set[tuple[str, str]]
) -> tuple[int, Topic, int]:
    """Return the place, topic and index in its queue of the first item that cites none of some notes.

    If there is none within reach, it is the first item.
    """
    found: list[tuple[int, Topic, int]] = []
    for head, topic in heads:
        if found and min(found)[0] < head:
            break
        for index, (place, candidate) in enumerate(islice(queues[topic], LOOK_AHEAD)):
            if cited.isdisjoint(_notes(candidate)):
                found.append((place, topic, index))
                break
    return min(found, default=(*heads[0], 0))


def _topic(candidate: Candidate) -> Topic:
    """Return the candidate's topic. Items without one share the rest of their bank."""
    return candidate.ref.bank, candidate.topic


def _notes(candidate: Candidate) -> Iterator[tuple[str, str]]:
    return ((candidate.ref.bank, note) for note in candidate.cites)
