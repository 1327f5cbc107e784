"""Suspending and resuming an item outside a session, recorded as a short session of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from quiz.core.events.model import Event, EventKind, Mode

if TYPE_CHECKING:
    from quiz.core.content.item import ItemRef
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace


def set_suspended(workspace: Workspace, ref: ItemRef, learner: Learner, *, is_suspended: bool) -> None:
    """Suspend an item, or resume it. Raises RecordError."""
    kind = EventKind.SUSPEND if is_suspended else EventKind.RESUME
    settings = {"policy": workspace.config.policy}
    header = workspace.header(Mode.STUDY, (ref.bank,), 0, settings, [ref])
    header = msgspec.structs.replace(header, learner=learner.id)
    at = header.started
    events = [
        Event(n=1, kind=kind, at=at, bank=ref.bank, item=ref.item),
        Event(n=2, kind=EventKind.END, at=at),
    ]
    workspace.record.start_with(header, events)
