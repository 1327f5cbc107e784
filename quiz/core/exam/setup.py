"""Choosing an exam's settings, by steps or by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from quiz.core.exam.settings import (
    LEAST_SECONDS,
    MOST_ITEMS,
    MOST_MINUTES,
    MOST_SECONDS,
    ExamSettings,
    FeedbackTime,
)

STEPS: dict[str, tuple[Any, ...]] = {
    "items": (5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, None),
    "minutes": (None, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180),
    "seconds_per_item": (None, 10, 15, 20, 30, 45, 60, 90, 120, 180),
    "feedback": (FeedbackTime.END, FeedbackTime.AT_ONCE),
    "shuffle": (True, False),
    "weights": (True, False),
    "confidence": (False, True),
    "pass_mark": (None, 50, 60, 70, 75, 80, 90, 100),
}
"""The steps for each setting; None means all items, no limit or no pass mark."""
RANGES: dict[str, tuple[int, int]] = {
    "items": (1, MOST_ITEMS),
    "minutes": (1, MOST_MINUTES),
    "seconds_per_item": (LEAST_SECONDS, MOST_SECONDS),
    "pass_mark": (1, 100),
}
"""The numeric settings, with their least and greatest values."""
_EXCLUDES = {"minutes": "seconds_per_item", "seconds_per_item": "minutes"}


def stepped(settings: ExamSettings, name: str, by: int, most: int) -> ExamSettings:
    """Return settings with one of them a step further, or a step back if `by` is negative.

    Numbers stop at their ends, other values go round. `most` is the number of available items.
    """
    steps = STEPS[name]
    value = getattr(settings, name)
    if name not in RANGES:
        return with_value(settings, name, steps[(steps.index(value) + by) % len(steps)])
    if name == "items":
        steps = (*(step for step in steps if step is not None and step < most), None)
        value = None if asks_all(settings, most) else value
    ordered = sorted(steps, key=lambda step: _rank(name, step))
    here = _rank(name, value)
    beyond = [step for step in ordered if (_rank(name, step) - here) * by > 0]
    if not beyond:
        return settings
    return with_value(settings, name, beyond[0] if by > 0 else beyond[-1])


def _rank(name: str, value: int | None) -> int:
    """Return a number's rank among the steps: all items come last, no limit first."""
    if value is not None:
        return value
    return MOST_ITEMS + 1 if name == "items" else 0


def typed(settings: ExamSettings, name: str, digits: str) -> ExamSettings:
    """Return settings with a number as typed, brought into its range; without digits it becomes None."""
    least, greatest = RANGES[name]
    if not digits:
        return with_value(settings, name, None)
    return with_value(settings, name, max(least, min(greatest, int(digits))))


def with_value(settings: ExamSettings, name: str, value: Any) -> ExamSettings:
    """Return settings with another value. Limits for the whole exam and for each item exclude each other."""
    other = _EXCLUDES.get(name)
    changes = {name: value} if other is None or value is None else {name: value, other: None}
    return msgspec.structs.replace(settings, **changes)


def asks_all(settings: ExamSettings, most: int | None) -> bool:
    """Return whether settings ask all of the `most` available items; None where it is unknown how many."""
    return settings.items is None or (most is not None and settings.items >= most)


def with_topic_turned(settings: ExamSettings, topic: str, known: Sequence[str]) -> ExamSettings:
    """Return settings with a topic added or removed. At least one of the known topics remains."""
    chosen = set(settings.topics or known) ^ {topic}
    kept = tuple(name for name in known if name in chosen)
    if not kept:
        return settings
    counts = {name: number for name, number in settings.counts.items() if name in kept}
    topics = () if len(kept) == len(known) else kept
    return msgspec.structs.replace(settings, topics=topics, counts=counts)


def with_tag_turned(settings: ExamSettings, tag: str) -> ExamSettings:
    """Return settings with a tag added or removed. Without any, items need no tag."""
    tags = tuple(sorted({*settings.tags} ^ {tag}))
    return msgspec.structs.replace(settings, tags=tags)


def with_count(settings: ExamSettings, topic: str, number: int | None) -> ExamSettings:
    """Return settings with a number of items for a topic; None lets it follow from the topic's size."""
    counts = {name: kept for name, kept in settings.counts.items() if name != topic}
    if number is not None:
        counts[topic] = max(0, min(MOST_ITEMS, number))
    return msgspec.structs.replace(settings, counts=counts)
