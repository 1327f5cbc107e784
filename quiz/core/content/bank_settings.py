"""How a bank is studied: what its file may recommend, and what the learner decides."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

NewOrder: TypeAlias = Literal["file", "random", "by-topic", "prerequisites"]
"""In which order a bank's new items are begun.

As they stand in the file; at random; the topics in their order, those of a day mixed; or the topics in their
order, none begun before all of the one before it was asked.
"""


class BankSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Settings of a single bank; what is None is as for all banks."""

    new_per_day: Annotated[
        Annotated[int, Meta(ge=0, le=9999)] | None,
        Meta(description="The most new items of it a day."),
    ] = None
    order: Annotated[NewOrder | None, Meta(description="In which order its new items are begun.")] = None
    retention: Annotated[
        Annotated[float, Meta(ge=0.7, le=0.97)] | None,
        Meta(description="The share of its items that should still be known when they come back."),
    ] = None
    confidence: Annotated[bool | None, Meta(description="Whether to ask how sure one is.")] = None
    pass_mark: Annotated[
        Annotated[int, Meta(ge=1, le=100)] | None,
        Meta(description="The percentage of the points that passes an exam on it."),
    ] = None
