"""Unfinished sessions: listing them, and ending one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.text.phrases import only_or_count
from quiz.errors import BankError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quiz.services.workspace import Workspace


class LeftSession(msgspec.Struct, frozen=True):
    """An unfinished session."""

    header: SessionHeader
    title: str
    """The title of its bank, or the number of its banks."""
    mode: str
    answered: int
    """How many different items have a response."""
    items: int
    is_todays: bool = False
    """Whether it is the study session that studying today goes on with."""


def left_sessions(workspace: Workspace, titles: Mapping[str, str]) -> tuple[LeftSession, ...]:
    """Return the sessions that can be continued, newest first; `titles` are the banks', by id.

    All exams and drills, and one study session; not one that is another program's or device's, nor a study
    session without an answer, or one of an earlier day: what it did not ask is new or due today.
    """
    found: list[LeftSession] = []
    for left in workspace.record.unfinished(workspace.learner.id):
        header = left.header
        if workspace.is_others(header):
            continue
        is_study = header.mode is Mode.STUDY
        if is_study and (not left.attempts or any(other.header.mode is Mode.STUDY for other in found)):
            continue
        is_scheduled = is_study and _feeds_schedule(header)
        if is_scheduled and header.started < workspace.day_start:
            continue
        answered, items = _progress_of(workspace, header)
        title = only_or_count([titles.get(bank_id, bank_id) for bank_id in header.banks], "bank")
        found.append(LeftSession(header, title, header.mode.word, answered, items, is_scheduled))
    return tuple(found)


def _feeds_schedule(header: SessionHeader) -> bool:
    from quiz.core.scheduling.policy import policy_of

    return policy_of(header).feeds_schedule


def _progress_of(workspace: Workspace, header: SessionHeader) -> tuple[int, int]:
    """Return how many items of a session were answered, and how many it has."""
    match header.mode:
        case Mode.EXAM:
            from quiz.services.exam.start import answered_in

            return answered_in(workspace, header), len(header.items)
        case Mode.DRILL:
            from quiz.services.drill.start import settled_in

            return settled_in(workspace.record, header), len(header.items)
    from quiz.core.study.session import StudySession

    events = workspace.record.effective_events(header.id)
    answered = {event.ref for event in events if event.kind is EventKind.ATTEMPT}
    return len(answered), len({*header.items, *StudySession.added_by(events)})


def end_session(workspace: Workspace, header: SessionHeader) -> None:
    """End an unfinished session; its answers stay.

    An exam is handed in as it is, unless one of its banks cannot be used.
    """
    if header.mode is Mode.EXAM:
        from quiz.services.exam.start import hand_in_left

        with suppress(BankError):
            hand_in_left(workspace, header)
            return
    append_last(workspace, header.id, EventKind.END)


def append_last(workspace: Workspace, session_id: str, kind: EventKind) -> None:
    """Record an event about a whole session, after all others of it."""
    events = workspace.record.events(session_id)
    last_n = events[-1].n if events else 0
    last_at = events[-1].at if events else workspace.record.header(session_id).started
    at = max(workspace.clock.now(), last_at)
    workspace.record.append(session_id, [Event(n=last_n + 1, kind=kind, at=at)])
