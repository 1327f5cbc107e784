"""Settings of a study session, recorded with it."""

from __future__ import annotations

import msgspec

from quiz.core.events.model import SessionHeader


class StudySettings(msgspec.Struct, frozen=True):
    """How a study session asks."""

    criterion: int = 1
    """How often an item must be answered correctly before it leaves the session, 1 to 3."""
    gap: int = 4
    """How many other items, if there are that many, are asked before a missed item is asked again."""
    minutes: int | None = None
    """Minutes of answering after which the session ends by itself; None for no limit."""
    confidence: bool = False
    """Whether the learner is asked how sure they are."""
    confidence_by_bank: dict[str, bool] = {}
    """Exceptions to that, by the ids of banks."""


def study_settings(header: SessionHeader) -> StudySettings:
    """Return the settings that a study session was started with."""
    return msgspec.convert(header.settings.get("study", {}), StudySettings)
