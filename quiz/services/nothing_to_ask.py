"""Why there is nothing to ask: nothing fits what is chosen, or all questions of a bank are drafts."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quiz.core.text.phrases import count
from quiz.errors import UsageError

if TYPE_CHECKING:
    from quiz.banks.summary import BankSummary
    from quiz.core.study_filter import StudyFilter
    from quiz.services.workspace import Workspace


def nothing_in_exam(workspace: Workspace, banks: Sequence[str]) -> UsageError:
    """Return what to say of an exam on some banks that asks nothing."""
    return _nothing_in(workspace, banks, "exam", "Choose more topics, tags or items.")


def nothing_in_drill(workspace: Workspace, banks: Sequence[str]) -> UsageError:
    """Return what to say of a drill on some banks that asks nothing."""
    return _nothing_in(workspace, banks, "drill", "Choose another bank, topic or tag.")


def nothing_to_study(workspace: Workspace, study_filter: StudyFilter) -> str:
    """Return a sentence on why a choice comes to nothing now."""
    from quiz.core.study_filter import Purpose

    bank = _draft_bank(workspace, study_filter.banks)
    if bank is not None:
        return f"{_are_drafts(bank)} {_go_through(bank)} With “--set drafts=yes” they are asked as they are."
    if study_filter.purpose is not Purpose.TODAY:
        return "There is nothing that can be asked in what is chosen."
    if study_filter.is_narrowed:
        return "Nothing in what is chosen is due, and no new question of it is left for today."
    return "Nothing is due and no new question is left for today."


def _nothing_in(workspace: Workspace, banks: Sequence[str], what: str, otherwise: str) -> UsageError:
    bank = _draft_bank(workspace, banks)
    if bank is not None:
        return UsageError(_are_drafts(bank), _go_through(bank))
    return UsageError(f"There is nothing to ask in this {what}.", otherwise)


def _draft_bank(workspace: Workspace, banks: Sequence[str]) -> BankSummary | None:
    """Return the only bank that is chosen if it holds drafts alone, which are not asked; else None."""
    if workspace.library.with_drafts or len(banks) != 1:
        return None
    found = workspace.library.summary(banks[0])
    return found if found.items and found.items == found.drafts else None


def _are_drafts(bank: BankSummary) -> str:
    return f"“{bank.title}” holds nothing but drafts so far ({count(bank.drafts, 'question')})."


def _go_through(bank: BankSummary) -> str:
    return f"“quiz drafts {shlex.quote(bank.path)}” goes through them."
