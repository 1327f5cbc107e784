"""Choices of what to study that are kept under names, in the learner's settings."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import msgspec

from quiz.core.study_filter import StudyFilter
from quiz.core.text.safe_text import one_line
from quiz.errors import UsageError

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


def saved_choice(workspace: Workspace, name: str) -> StudyFilter:
    """Return what was saved under a name. Raises UsageError where nothing was."""
    saved = workspace.config.saved
    if name not in saved:
        close = get_close_matches(name, saved, 1)
        there = f"There are: {', '.join(saved)}." if saved else "“quiz study … --save NAME” saves a choice."
        raise UsageError(
            f"Nothing to study is saved as “{one_line(name, 80)}”.",
            f"Did you mean “{close[0]}”?" if close else there,
        )
    return saved[name]


def save_choice(workspace: Workspace, name: str, chosen: StudyFilter) -> str:
    """Keep a choice under a name, in the place of what it held before, and return the name as it is kept.

    Raises UsageError where the name is empty, too long or has a dot in it.
    """
    kept = one_line(name).strip()
    if "." in kept:
        raise UsageError("The name of what to study cannot have a dot in it.", "Take another character.")
    workspace.set(f"saved.{kept}", msgspec.to_builtins(chosen))
    return kept


def forget_choice(workspace: Workspace, name: str) -> None:
    """Keep what was saved under a name no longer."""
    workspace.set(f"saved.{name}", None)
