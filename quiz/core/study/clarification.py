"""Asking once for a more exact answer, without penalty, where a response is neither right nor wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quiz.core.content.grading import Grade
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind

SAY_MORE_EXACTLY = "Say it more exactly"
REMARK = "near_miss"
"""The key in a draft's body that holds what the response should say more exactly."""


def clarification_in(log: Sequence[Event], ref: ItemRef) -> Event | None:
    """Return the draft for which a clarification was asked since an item's last attempt, or None."""
    for event in reversed(log):
        if event.ref == ref and event.kind in {EventKind.DRAFT, EventKind.ATTEMPT, EventKind.SKIP}:
            return event if event.kind is EventKind.DRAFT and remark_in(event) else None
    return None


def remark_in(draft: Event) -> str:
    """Return what a draft should say more exactly, worded as the end of a sentence, or an empty text."""
    said: Any = draft.body.get(REMARK, "")
    return said if isinstance(said, str) else ""


def needs_clarification(grade: Grade, log: Sequence[Event], ref: ItemRef) -> bool:
    """Whether a response is not graded yet because it comes near, and no clarification was asked before."""
    return bool(grade.remark) and clarification_in(log, ref) is None
