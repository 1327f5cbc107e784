"""The settings of an exam."""

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
    """The settings of an exam, recorded with it."""

    items: Annotated[int, Meta(ge=1, le=MOST_ITEMS)] | None = None
    """The number of items; None for all."""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    counts: dict[str, Annotated[int, Meta(ge=0, le=MOST_ITEMS)]] = msgspec.field(default_factory=dict)
    """The number of items of a topic, where it should not follow from the topic's size."""
    shuffle: bool = True
    minutes: Annotated[int, Meta(ge=1, le=MOST_MINUTES)] | None = None
    """The time limit for the whole exam."""
    seconds_per_item: Annotated[int, Meta(ge=LEAST_SECONDS, le=MOST_SECONDS)] | None = None
    """The time limit for each item."""
    feedback: FeedbackTime = FeedbackTime.END
    weights: bool = True
    """Whether items count by their weights; otherwise each counts 1."""
    confidence: bool = False
    """Whether the learner is asked for their confidence."""
    pass_mark: Annotated[int, Meta(ge=1, le=100)] | None = None
    """The percentage of the points needed to pass."""
    form: str = ""
    """The code of the form."""

    @property
    def blueprint(self) -> Blueprint:
        """The settings that the choice of items depends on."""
        return Blueprint(
            items=self.items, topics=self.topics, tags=self.tags, counts=self.counts, shuffle=self.shuffle
        )

    @property
    def is_at_once(self) -> bool:
        """Whether an item's verdict is shown as soon as it is submitted; the response is then final."""
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
    """Return the settings that an exam was started with."""
    return msgspec.convert(header.settings.get("test", {}), ExamSettings)
