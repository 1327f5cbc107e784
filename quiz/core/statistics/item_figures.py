"""A learner's statistics on an item."""

from __future__ import annotations

from datetime import date

import msgspec

from quiz.core.content.grading import Confidence, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.scheduling.study_day import day_of
from quiz.core.statistics.item_difficulty import ResponseCount
from quiz.core.statistics.recall import Curve
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.core.text.phrases import day_name


class AttemptLine(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt as a row of an item's statistics."""

    session: str
    n: int
    """Its number within the session."""
    mode: str
    at: int
    """In milliseconds since 1970 UTC."""
    zone: str
    """The time zone of its session."""
    response: str
    """In words; empty if it was left empty."""
    verdict: Verdict
    """The verdict that counts: an overridden attempt is correct."""
    score: float
    """From 0 to 1."""
    confidence: Confidence | None = None
    duration_ms: int | None = None
    is_overridden: bool = False
    fingerprint: str = ""
    is_current: bool = True
    """Whether it was made at the version now in the bank."""


class VersionLine(msgspec.Struct, frozen=True):
    """The totals of the attempts at one version of an item."""

    fingerprint: str
    attempts: int
    accuracy: float
    """The mean score, 0 to 1."""
    is_current: bool


class ItemFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A learner's statistics on an item, as plain values."""

    ref: ItemRef
    bank_title: str
    learner: str
    """The learner's name."""
    stem: str
    """Empty if the item is gone from its bank."""
    key: str
    pictures: tuple[str, ...] = ()
    """What stands for its pictures in words."""
    markup: Markup = NO_MARKUP
    """What is read in its bank's texts."""
    topic: str
    """The title of its topic."""
    attempts: int
    accuracy: float | None
    """The mean score of all attempts at all versions, 0 to 1; None without attempts."""
    misses: int = 0
    """On how many days its first response was less than half right."""
    median_ms: int | None = None
    """The median time of the listed attempts."""
    due: int | None = None
    """When it comes back, in milliseconds since 1970 UTC; None if it is new or suspended."""
    is_suspended: bool = False
    curve: Curve | None = None
    """Its forgetting curve; None if it was never reviewed."""
    versions: tuple[VersionLine, ...] = ()
    """The present version first."""
    responses: tuple[ResponseCount, ...] = ()
    """How often each option, or other response, was given at the present version."""
    lines: tuple[AttemptLine, ...] = ()
    """The attempts, newest first."""
    is_all: bool = True
    """Whether all attempts are listed, and not only the newest."""


def comes_back(view: ItemFigures, today: date, zone: str, day_starts_at: int) -> str:
    """Return in words when an item comes back."""
    if view.is_suspended:
        return "suspended"
    if view.due is None:
        return "not scheduled"
    return f"back {day_name(day_of(view.due, zone, day_starts_at), today)}"
