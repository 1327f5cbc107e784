"""The result of each item of an exam, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from quiz.core.content.grading import Confidence, Response, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.response_text import response_text
from quiz.core.events.model import Event, SessionHeader
from quiz.core.exam.certainty_marks import certainty_mark
from quiz.core.session import ItemLookup

MOST_WEIGHT = 1_000_000.0
"""The largest weight that is believed."""


class ItemResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an item."""

    number: int
    """Its place in the form, from 1."""
    ref: ItemRef
    stem: str = ""
    """Empty if the item is gone from its bank."""
    topic: str = ""
    """The title of its topic."""
    response: Response | None = None
    key: str = ""
    rationale: str = ""
    verdict: Verdict = Verdict.SKIPPED
    score: float = 0.0
    """From 0 to 1, as recorded."""
    weight: float = 1.0
    confidence: Confidence | None = None
    duration_ms: int = 0
    is_flagged: bool = False
    is_here: bool = True
    """Whether the item is still in its bank."""
    is_same: bool = True
    """Whether it is still the same task as when it was answered."""

    @property
    def points(self) -> float:
        """The points it earned."""
        return self.score * self.weight

    @property
    def mark(self) -> float | None:
        """Its certainty-based mark, 0 without a response; None if confidence was not asked."""
        if self.confidence is None:
            return None
        return self.weight * certainty_mark(self.score, self.confidence)

    @property
    def response_text(self) -> str:
        """The response on one line; empty without one."""
        return response_text(self.response)

    @property
    def is_missed(self) -> bool:
        """Whether it was not fully right."""
        return self.verdict is not Verdict.CORRECT

    @property
    def is_sure_and_wrong(self) -> bool:
        """Whether it was not right although the learner was sure."""
        return self.is_missed and self.confidence is Confidence.SURE


class ReviewFilter(StrEnum):
    """Which items of an exam are shown in its review."""

    ALL = "all"
    WRONG = "wrong"
    """Those that earned nothing, including empty ones."""
    PARTIAL = "partly right"
    FLAGGED = "flagged"
    SURE_AND_WRONG = "sure and wrong"

    def admits(self, item: ItemResult) -> bool:
        """Return whether an item passes the filter."""
        match self:
            case ReviewFilter.WRONG:
                return item.verdict in {Verdict.INCORRECT, Verdict.SKIPPED}
            case ReviewFilter.PARTIAL:
                return item.verdict is Verdict.PARTIAL
            case ReviewFilter.FLAGGED:
                return item.is_flagged
            case ReviewFilter.SURE_AND_WRONG:
                return item.is_sure_and_wrong
        return True


def share_of(items: Iterable[ItemResult]) -> float:
    """Return the share of the points that some items earned, 0 to 1."""
    listed = list(items)
    out_of = sum(item.weight for item in listed)
    return sum(item.points for item in listed) / out_of if out_of else 0.0


def item_results(
    header: SessionHeader, attempts: Iterable[Event], flagged: Iterable[ItemRef], lookup: ItemLookup
) -> tuple[ItemResult, ...]:
    """Return the results of all items handed in, in the form's order.

    The lookup provides stems, topics and keys; without it there are only figures.
    """
    by_ref = {event.ref: event for event in attempts}
    marked = set(flagged)
    listed = [ref for ref in header.items if ref in by_ref]
    return tuple(
        _item_result(number, by_ref[ref], ref in marked, lookup) for number, ref in enumerate(listed, 1)
    )


def weight_of(attempt: Event) -> float:
    """Return the weight that an attempt was recorded with, 1 where none was, or one that no item can have."""
    weight = attempt.body.get("weight", 1.0)
    return float(weight) if isinstance(weight, (int, float)) and 0 <= weight <= MOST_WEIGHT else 1.0


def _item_result(number: int, attempt: Event, is_flagged: bool, lookup: ItemLookup) -> ItemResult:
    bank_item = lookup.get(attempt.ref)
    result = ItemResult(
        number=number,
        ref=attempt.ref,
        response=attempt.response,
        verdict=attempt.verdict or Verdict.SKIPPED,
        score=attempt.score or 0.0,
        weight=weight_of(attempt),
        confidence=attempt.confidence,
        duration_ms=attempt.duration_ms or 0,
        is_flagged=is_flagged,
        is_here=bank_item is not None,
    )
    if bank_item is None:
        return result
    return msgspec.structs.replace(
        result,
        stem=bank_item.item.headline,
        topic=bank_item.topic,
        key=bank_item.item.key_text(),
        rationale=bank_item.item.rationale,
        is_same=bank_item.item.fingerprint == attempt.fingerprint,
    )


def points_text(points: float) -> str:
    """Return points as text, with at most two decimals and no trailing zeros."""
    text = f"{points:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
