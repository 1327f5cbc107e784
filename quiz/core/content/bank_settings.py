"""How a bank is studied: what its file may recommend, and what the learner decides."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta


class NewOrder(StrEnum):
    """In which order a bank's new items are begun."""

    FILE = "file"
    """As they stand in the file."""
    RANDOM = "random"
    BY_TOPIC = "by-topic"
    """A topic after the other, in the order of the topics."""
    PREREQUISITES = "prerequisites"
    """As by topic, and a topic's items only once all of those before it were answered."""


class BankSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Settings of a single bank; what is None is as for all banks."""

    new_per_day: Annotated[
        Annotated[int, Meta(ge=0, le=9999)] | None,
        Meta(description="How many new items of it a day at most."),
    ] = None
    order: Annotated[NewOrder | None, Meta(description="In which order its new items are begun.")] = None
    retention: Annotated[
        Annotated[float, Meta(ge=0.7, le=0.97)] | None,
        Meta(description="Which share should still be known when it comes back."),
    ] = None
    confidence: Annotated[bool | None, Meta(description="Whether to ask how sure one is.")] = None
    pass_mark: Annotated[
        Annotated[int, Meta(ge=1, le=100)] | None,
        Meta(description="From how many per cent of the points an exam on it is passed."),
    ] = None
