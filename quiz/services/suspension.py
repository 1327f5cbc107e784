"""Suspending and resuming an item outside a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.core.study.item_changes import Deed, ItemChange
from quiz.services.item_changes import change_items

if TYPE_CHECKING:
    from quiz.core.content.item_ref import ItemRef
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace


def set_suspended(workspace: Workspace, ref: ItemRef, learner: Learner, *, is_suspended: bool) -> None:
    """Suspend an item, or resume it. Raises RecordError."""
    change_items(workspace, [ref], ItemChange(Deed.SUSPEND if is_suspended else Deed.RESUME), learner)
