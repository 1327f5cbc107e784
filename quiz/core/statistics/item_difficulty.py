"""Which items of a bank are hard, which wrong responses they get, and which were never asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen, Entered, Matched, Recalled, Response, Sorted, Verdict
from quiz.core.content.interaction import Choose
from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.response_text import response_text
from quiz.core.statistics.item_counts import ItemCounts, ItemMemory, Tally
from quiz.core.text.answer_matching import normalised

PRIOR = 4
"""How many attempts with the bank's mean score are added to an item's before ranking it by difficulty."""


class Wrong(msgspec.Struct, frozen=True):
    """A wrong response and how often it was given."""

    text: str
    count: int


class ItemDifficulty(msgspec.Struct, frozen=True, kw_only=True):
    """A version of an item as a row of a bank's statistics."""

    ref: ItemRef
    fingerprint: str
    stem: str
    topic: str
    """The title of its topic."""
    attempts: int
    accuracy: float
    """The mean score, 0 to 1."""
    is_current: bool = True
    """Whether it is the version now in the bank."""
    misses: int = 0
    """How often its first response of a day was wrong, over all versions."""
    wrong: Wrong | None = None
    """The most common wrong response, if it was looked for."""


class TopicLine(msgspec.Struct, frozen=True):
    """How well a topic is known."""

    topic: str
    """The topic's title; empty for the items without one."""
    attempts: int
    accuracy: float | None
    """The mean score of all attempts, 0 to 1; None without attempts."""
    knowledge: ItemCounts


class ResponseCount(msgspec.Struct, frozen=True):
    """An option, or another response, and how often it was given."""

    text: str
    count: int
    is_key: bool
    is_offered: bool = True
    """Whether it is among the item's options now."""
    is_partial: bool = False
    """Whether it is partly right, which no single option is."""


def item_lines(bank: Bank, tallies: Iterable[Tally], held: Mapping[str, ItemMemory]) -> list[ItemDifficulty]:
    """Return a row for every version of an item that was attempted, the hardest first.

    Difficulty is measured by the mean score of its attempts and four more with the mean of the whole bank, so
    that one unlucky attempt makes no item hard. Earlier versions come last.
    """
    told = [tally for tally in tallies if tally.attempts and tally.item in bank.by_id]
    attempts = sum(tally.attempts for tally in told)
    mean = sum(tally.score for tally in told) / attempts if attempts else 0.0
    prints = bank.fingerprints

    def rank(tally: Tally) -> tuple[bool, float, int, str, str]:
        shrunk = (tally.score + PRIOR * mean) / (tally.attempts + PRIOR)
        is_old = tally.fingerprint != prints[tally.item]
        return is_old, shrunk, -tally.attempts, tally.item, tally.fingerprint

    lines = []
    for tally in sorted(told, key=rank):
        item = bank.by_id[tally.item]
        memory = held.get(tally.item)
        lines.append(
            ItemDifficulty(
                ref=ItemRef(bank.bank, tally.item),
                fingerprint=tally.fingerprint,
                stem=item.headline,
                topic=bank.topic_title(item),
                attempts=tally.attempts,
                accuracy=tally.score / tally.attempts,
                is_current=tally.fingerprint == prints[tally.item],
                misses=memory.misses if memory else 0,
            )
        )
    return lines


def never_asked(bank: Bank, tallies: Iterable[Tally]) -> tuple[ItemRef, ...]:
    """Return the bank's items that were never attempted in any version, in the bank's order."""
    asked = {tally.item for tally in tallies if tally.attempts}
    return tuple(ItemRef(bank.bank, item.id) for item in bank.items if item.id not in asked)


def topic_lines(
    bank: Bank, tallies: Iterable[Tally], counted: Callable[[Sequence[str]], ItemCounts]
) -> tuple[TopicLine, ...]:
    """Return how well each topic is known, in the bank's order; items without a topic come last.

    `counted` returns the learner's progress with items given by their ids.
    """
    members: dict[str, list[Item]] = {topic: [] for topic in bank.topics}
    for item in bank.items:
        members.setdefault(item.topic if item.topic in bank.topics else "", []).append(item)
    done: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        if tally.item in bank.by_id:
            topic = bank.by_id[tally.item].topic
            done[topic if topic in bank.topics else ""].append(tally)
    lines = []
    for topic, items in sorted(members.items(), key=lambda pair: not pair[0]):
        if not items:
            continue
        attempts = sum(tally.attempts for tally in done[topic])
        score = sum(tally.score for tally in done[topic])
        known = counted([item.id for item in items])
        accuracy = score / attempts if attempts else None
        lines.append(TopicLine(bank.topics.get(topic, ""), attempts, accuracy, known))
    return tuple(lines)


def commonest_wrong(told: Iterable[tuple[Response | None, float]], language: str = "en") -> Wrong | None:
    """Return the most common wrong response, the first one among equals.

    Typed responses that differ only in case or spacing are the same. A wrong recall has no response.
    """
    counts: Counter[str] = Counter()
    texts: dict[str, str] = {}
    for response, score in told:
        if score >= 1 or response is None or isinstance(response, Recalled):
            continue
        same = _sameness(response, language)
        if same:
            counts[same] += 1
            texts.setdefault(same, response_text(response))
    if not counts:
        return None
    same, count = counts.most_common(1)[0]
    return Wrong(texts[same], count)


def response_counts(
    item: Item, told: Sequence[tuple[Response | None, float]], language: str = "en"
) -> tuple[ResponseCount, ...]:
    """Return how often each option was chosen, in the item's order; for other kinds, each response.

    Chosen options that no longer exist come last. Responses of other kinds are sorted by how often they were
    given, with right, partly right and wrong ones apart.
    """
    interaction = item.interaction()
    if isinstance(interaction, Choose):
        counts = Counter(
            option for response, _ in told if isinstance(response, Chosen) for option in response.options
        )
        key = item.key_response()
        keys = set(key.options) if isinstance(key, Chosen) else set()
        offered = interaction.options
        told_of = [ResponseCount(option, counts.pop(option, 0), option in keys) for option in offered]
        return (*told_of, *(ResponseCount(text, count, False, False) for text, count in counts.most_common()))
    given: Counter[tuple[str, Verdict]] = Counter()
    texts: dict[str, str] = {}
    for response, score in told:
        same = _sameness(response, language)
        if response is not None and same:
            given[same, Verdict.of(score)] += 1
            texts.setdefault(same, response_text(response))
    return tuple(
        ResponseCount(texts[same], count, verdict is Verdict.CORRECT, is_partial=verdict is Verdict.PARTIAL)
        for (same, verdict), count in given.most_common()
    )


def _sameness(response: Response | None, language: str) -> str:
    """Return a text that is the same for responses that are the same answer."""
    match response:
        case Entered(texts):
            return " | ".join(normalised(text, language) for text in texts)
        case Matched(pairs) | Sorted(pairs):
            return " | ".join(map("\n".join, sorted(pairs.items())))
    return response_text(response)
