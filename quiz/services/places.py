"""Where the record goes besides this machine, and whether that works."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quiz.core.scheduling.study_day import moment
from quiz.core.text.phrases import count
from quiz.errors import QuizError
from quiz.exchange.sync_files import event_files
from quiz.paths import expanded

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class RecordPlace(msgspec.Struct, frozen=True):
    """A place that the record goes to."""

    name: str
    """folder or school."""
    where: str
    is_well: bool
    said: str
    """A sentence on how things stand."""


def places_of(workspace: Workspace) -> list[RecordPlace]:
    """Look at the synced folder and the school's database, where they are set up. Raises RecordError."""
    config = workspace.config
    return [
        *([_folder(expanded(config.sync_folder))] if config.sync_folder else []),
        *([_school(workspace)] if config.school else []),
    ]


def look_anew(record: Path) -> None:
    """Forget what of the record these places hold, after it has become another one."""
    from quiz.services import school, sync_state

    sync_state.look_anew(record)
    school.look_anew(record)


def _folder(folder: Path) -> RecordPlace:
    if not folder.is_dir():
        return RecordPlace("folder", str(folder), False, "It is not there: connect or make it.")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return RecordPlace("folder", str(folder), False, "It cannot be read and written.")
    devices = len({file.device for file in event_files(folder)})
    return RecordPlace("folder", str(folder), True, f"{count(devices, 'device')} wrote to it.")


def _school(workspace: Workspace) -> RecordPlace:
    """Look at the school's database; an answer that waits to be sent is no fault."""
    from quiz.record.postgres.connection import without_password
    from quiz.record.postgres.pull import horizon
    from quiz.services.school import connected_to_school, school_state, unsent

    learner, state = workspace.learner.id, school_state(workspace.record.path)
    address = "in the settings"
    try:
        address = without_password(workspace.config.school)
        if state.learner not in {"", learner}:
            return RecordPlace("school", address, False, "Another learner of this machine has joined it.")
        waiting = sum(len(events) for _, events in unsent(workspace, state))
        refused = sum(map(len, state.refused.values()))
        with connected_to_school(workspace) as db:
            horizon(db)
    except QuizError as error:
        return RecordPlace("school", address, False, str(error))
    said = f"Last synced {moment(state.last_at):%Y-%m-%d %H:%M} UTC" if state.last_at else "Not synced yet"
    said += f"; {count(waiting, 'event')} to send." if waiting else "; nothing to send."
    if refused:
        said += f" Refused there, but on record here: {count(refused, 'event')}."
    return RecordPlace("school", address, not refused, said)
