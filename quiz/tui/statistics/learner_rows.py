"""Learners as rows of a list to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from quiz.tui.text import show_line
from quiz.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from quiz.record.read_models import Learner


def learner_rows(learners: Iterable[Learner]) -> list[ListRow]:
    """Return a row for each learner; its key is the learner's id."""
    return [
        ListRow(learner.id, show_line(learner.name or "Somebody whose name was forgotten"))
        for learner in learners
    ]
