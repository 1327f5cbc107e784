"""The one time that an answer which is neither right nor wrong is asked for again, without penalty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quiz.core.content.grading import Grade
from quiz.core.content.item import ItemRef
from quiz.core.events.model import Event, EventKind

SAY_MORE_EXACTLY = "Say it more exactly"
REMARK = "near_miss"
"""Under which name a draft's body says what is to be said more exactly."""


def near_miss_in(log: Sequence[Event], ref: ItemRef) -> Event | None:
    """Return the draft that made an item be asked again since its last attempt, if one did."""
    for event in reversed(log):
        if event.ref == ref and event.kind in {EventKind.DRAFT, EventKind.ATTEMPT, EventKind.SKIP}:
            return event if event.kind is EventKind.DRAFT and remark_of(event) else None
    return None


def remark_of(draft: Event) -> str:
    """Return what a draft was to say more exactly, as the end of a sentence; empty where nothing was."""
    said: Any = draft.body.get(REMARK, "")
    return said if isinstance(said, str) else ""


def is_asked_again(grade: Grade, log: Sequence[Event], ref: ItemRef) -> bool:
    """Say whether a response is not graded yet but asked for again: once, where it comes near."""
    return bool(grade.remark) and near_miss_in(log, ref) is None
