"""Renaming a learner, merging two who are the same person, and assigning sessions to somebody else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from quiz.core.class_list import MOST_LETTERS, tidy
from quiz.core.events.effective import is_void
from quiz.core.events.ids import new_session_id
from quiz.core.events.model import Event, Mode, SessionHeader
from quiz.core.text.forbidden import FORBIDDEN
from quiz.core.text.safe_text import one_line
from quiz.errors import RecordConflict, UsageError
from quiz.record.import_record import event_here, header_here
from quiz.services.forgetting import forget_learners
from quiz.services.past_sessions import void_session

if TYPE_CHECKING:
    from quiz.record.interface import Record
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace


class MergedLearners(NamedTuple):
    """The result of merging two learners."""

    sessions: int
    """How many sessions now count as the other learner's."""
    files: list[Path]
    """The files that still hold the merged learner's name."""


def learner_called(record: Record, name: str) -> Learner:
    """Return the learner of a name or an id. Raises UsageError where there is none, or more than one."""
    meant = [one for one in record.learners() if one.name and name in {one.name, one.id}]
    said = one_line(name, 80)
    if not meant:
        raise UsageError(f"Nobody on record is called “{said}”.", "“quiz learner list” lists everybody.")
    if len(meant) > 1:
        ids = ", ".join(one.id for one in meant)
        raise UsageError(f"{len(meant)} learners are called “{said}”.", f"Say which by the id: {ids}.")
    return meant[0]


def rename_learner(record: Record, learner: Learner, name: str) -> Learner:
    """Give a learner another name and return them. Raises UsageError for an impossible name."""
    name = tidy(name)
    if not name or FORBIDDEN.search(name) or len(name) > MOST_LETTERS:
        raise UsageError(
            f"“{one_line(name, 40)}” cannot be a learner's name.",
            f"A name has at most {MOST_LETTERS} characters, all of them visible.",
        )
    return record.rename(learner.id, name)


def merge_learners(workspace: Workspace, source: Learner, target: Learner) -> MergedLearners:
    """Count everything that one learner did as another's, and forget the name of the first.

    Each session is copied with the other learner in it, and the original no longer counts; another machine
    that does the same makes the same copies.

    Raises:
        UsageError: they are the same learner, or the first is the one whose answers are recorded here.
        RecordError: the record cannot be written.
    """
    if source.id == target.id:
        raise UsageError(f"{target.name} is one learner already.")
    if source.id == workspace.learner.id:
        raise UsageError(
            f"{source.name} is the learner whose answers are recorded here.",
            "Name the two the other way round.",
        )
    count = take_over(workspace, source, target)
    return MergedLearners(count, forget_learners(workspace, [source.id]))


def take_over(workspace: Workspace, source: Learner, target: Learner) -> int:
    """Copy each session of one learner with another one in it, and no longer count the original.

    Return how many there were. Raises RecordError where the record cannot be written.
    """
    record, ids = workspace.record, {source.id: target.id}
    taken = [
        (header, events)
        for header, events in record.everything()
        if not is_void(events) and _takes_part(source.id, header, events)
    ]
    for header, events in taken:
        _hand_over(workspace, header, events, ids, target)
    return len(taken)


def assign_sessions(workspace: Workspace, sessions: Sequence[str], target: Learner) -> None:
    """Count some sessions as another learner's, such as those of an import that was assigned wrongly.

    Raises UsageError for a drill, which has several learners, and for what is the learner's already or no
    longer counts; RecordError where the record cannot be written.
    """
    record = workspace.record
    assigned = [(record.header(session), record.events(session)) for session in dict.fromkeys(sessions)]
    for header, events in assigned:
        if is_void(events):
            raise UsageError(f"The session {header.id} no longer counts.")
        if header.mode is Mode.DRILL:
            raise UsageError(f"The session {header.id} is a drill, which has several learners.")
        if header.learner == target.id:
            raise UsageError(f"The session {header.id} is {one_line(target.name, 80)}'s already.")
    for header, events in assigned:
        _hand_over(workspace, header, events, {header.learner: target.id}, target)


def _hand_over(
    workspace: Workspace,
    header: SessionHeader,
    events: Sequence[Event],
    ids: Mapping[str, str],
    target: Learner,
) -> None:
    """Record a copy of a session with other learners in it, and no longer count the original."""
    copy = msgspec.structs.replace(header_here(header, ids), id=_copied_id(header, target.id))
    with suppress(RecordConflict):  # another machine did the same, and its record was imported
        workspace.record.start_with(copy, [event_here(event, ids) for event in events])
    void_session(workspace, header.id)


def _takes_part(learner: str, header: SessionHeader, events: tuple[Event, ...]) -> bool:
    return header.learner == learner or any(event.learner == learner for event in events)


def _copied_id(header: SessionHeader, learner: str) -> str:
    """Return the id of a session's copy for a learner, derived from both."""
    seed = int.from_bytes(hashlib.blake2b(f"{header.id} {learner}".encode(), digest_size=8).digest(), "big")
    return new_session_id(header.started, Random(seed))
