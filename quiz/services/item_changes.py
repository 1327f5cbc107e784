"""Changing items outside of any session: each change is on record as a short session of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.events.import_validation import MOST_OF_A_TAG
from quiz.core.events.model import Event, EventKind, Mode
from quiz.core.scheduling.study_day import start_of
from quiz.core.study.item_changes import Deed, ItemChange
from quiz.core.text.safe_text import one_line
from quiz.errors import UsageError
from quiz.services.past_sessions import void_session

if TYPE_CHECKING:
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace


def change_items(
    workspace: Workspace, refs: Sequence[ItemRef], change: ItemChange, learner: Learner | None = None
) -> str:
    """Do something to some items at once, and return the id by which it can be undone. Raises RecordError."""
    banks = tuple(dict.fromkeys(ref.bank for ref in refs))
    header = workspace.header(Mode.STUDY, banks, 0, {"policy": workspace.policy}, refs)
    if learner is not None:
        header = msgspec.structs.replace(header, learner=learner.id)
    at = header.started
    events = [change.event(n, ref, at) for n, ref in enumerate(refs, 1)]
    workspace.record.start_with(header, [*events, Event(n=len(refs) + 1, kind=EventKind.END, at=at)])
    return header.id


def undo_change(workspace: Workspace, change_id: str) -> int:
    """Take back what was done to items at once, and return to how many.

    Raises UsageError where that id is of no such change.
    """
    try:
        header, events = workspace.record.header(change_id), workspace.record.effective_events(change_id)
    except (KeyError, ValueError):
        events = ()
    done = [event for event in events if event.item]
    if not done or any(event.kind is EventKind.ATTEMPT for event in done) or header.mode is not Mode.STUDY:
        raise UsageError(
            f"There is no change “{one_line(change_id, 60)}” that can be undone.",
            "“quiz browse” gives the id of each change when it makes it.",
        )
    void_session(workspace, change_id)
    return len(done)


def rescheduled(workspace: Workspace, written: str) -> ItemChange:
    """Return the change that lets items come back on a day: a date, or in how many days that is.

    Raises UsageError for what is neither, and for a day that is over.
    """
    said, today = written.strip(), workspace.today
    try:
        day = today + timedelta(days=int(said)) if said.isdecimal() else date.fromisoformat(said)
    except (ValueError, OverflowError):
        raise UsageError(
            f"“{one_line(said, 60)}” is not a day: give a date such as 2026-12-12, or a number of days."
        ) from None
    if day < today:
        raise UsageError(f"{day} is in the past: items come back today or later.")
    return ItemChange(Deed.RESCHEDULE, due=start_of(day, workspace.zone, workspace.config.day_starts_at))


def tagged(written: str) -> ItemChange:
    """Return the change that gives items a tag of the learner's own. Raises UsageError for one too long."""
    return ItemChange(Deed.TAG, tag=_tag(written))


def untagged(written: str) -> ItemChange:
    """Return the change that takes a tag of the learner's own away. Raises UsageError for one too long."""
    return ItemChange(Deed.UNTAG, tag=_tag(written))


def _tag(written: str) -> str:
    tag = one_line(written).strip()
    if not tag or len(tag) > MOST_OF_A_TAG:
        raise UsageError(f"A tag has from 1 to {MOST_OF_A_TAG} characters.")
    return tag
