"""What an exam can be told."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from quiz.core.events.model import SessionHeader
from quiz.core.exam.blueprint import Blueprint

MOST_ITEMS = 1000
MOST_MINUTES = 24 * 60
LEAST_SECONDS, MOST_SECONDS = 5, 3600


class FeedbackTime(StrEnum):
    """When verdicts are shown."""

    END = "end"
    AT_ONCE = "at-once"


class ExamSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What an exam was told; recorded with it."""

    items: Annotated[int, Meta(ge=1, le=MOST_ITEMS)] | None = None
    """How many items; all if not said."""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    counts: dict[str, Annotated[int, Meta(ge=0, le=MOST_ITEMS)]] = msgspec.field(default_factory=dict)
    """How many items of a topic, where that is not to follow from the topic's size."""
    shuffle: bool = True
    minutes: Annotated[int, Meta(ge=1, le=MOST_MINUTES)] | None = None
    """The time for the whole exam."""
    seconds_per_item: Annotated[int, Meta(ge=LEAST_SECONDS, le=MOST_SECONDS)] | None = None
    """The time for each item."""
    feedback: FeedbackTime = FeedbackTime.END
    weights: bool = True
    """Whether items count by their weights; otherwise each counts 1."""
    confidence: bool = False
    """Whether the learner is asked how sure they are."""
    pass_mark: Annotated[int, Meta(ge=1, le=100)] | None = None
    """From how many per cent of the points the exam is passed."""
    form: str = ""
    """The code of the form."""

    @property
    def blueprint(self) -> Blueprint:
        """What the choice of items depends on."""
        return Blueprint(
            items=self.items, topics=self.topics, tags=self.tags, counts=self.counts, shuffle=self.shuffle
        )

    @property
    def is_at_once(self) -> bool:
        """Whether an item's verdict is shown as soon as it is submitted, which then stands."""
        return self.feedback is FeedbackTime.AT_ONCE

    @property
    def limit_ms(self) -> int | None:
        """The time for the whole exam in milliseconds; None without a limit."""
        return None if self.minutes is None else self.minutes * 60_000

    @property
    def item_limit_ms(self) -> int | None:
        """The time for each item in milliseconds; None without a limit."""
        return None if self.seconds_per_item is None else self.seconds_per_item * 1000


def exam_settings(header: SessionHeader) -> ExamSettings:
    """Return what an exam was told at its start."""
    return msgspec.convert(header.settings.get("test", {}), ExamSettings)
