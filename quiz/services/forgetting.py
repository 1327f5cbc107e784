"""Forgetting names on record, and wherever else on this machine quiz wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quiz.errors import UsageError
from quiz.exchange.sync_files import FOLDER, forget_names
from quiz.paths import config_file, on_disk
from quiz.services.sync_state import state_of

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


def forget_learners(workspace: Workspace, learners: Sequence[str]) -> list[Path]:
    """Forget learners' names wherever quiz wrote them, and return the files that still hold one.

    Raises RecordError where the record refuses.
    """
    return [*workspace.record.forget(learners), *forget_beside(workspace, learners)]


def forget_beside(workspace: Workspace, learners: Sequence[str]) -> list[Path]:
    """Forget names in settings and a synced folder that are not on record; return what still holds one."""
    left = []
    own, record = workspace.config.learner, workspace.record
    if own and all(learner.name != own for learner in record.learners()):
        try:
            workspace.set("learner", "")
        except UsageError:
            left.append(config_file())
    state = state_of(record.path)
    if not state.folder:
        return left
    folder = Path(state.folder)
    if not on_disk(folder.is_dir):  # a stick that is not there
        return [*left, folder / FOLDER]
    return [*left, *forget_names(folder, state.device, learners)]
