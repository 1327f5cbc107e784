"""Choosing one thing from a short list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.text import show
from quiz.tui.widgets.row_list import ListRow, RowList

MOST_SHOWN = 12
"""How many rows are shown at once."""


class ChooseModal(BaseModal[str]):
    """Returns the key of the row that was chosen."""

    CSS = "ChooseModal .dialog { width: 60; }"
    name_shown = "Choose"
    about = "Choose with the arrows and enter."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("choose.close", "escape,q", "close", "Back", "Back without choosing"),
    ]

    def __init__(self, question: str, rows: Sequence[ListRow], chosen: str = "") -> None:
        super().__init__()
        self._question = question
        self._rows = rows
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """Ask, and list what there is."""
        with Vertical(classes="dialog"):
            yield Static(show(self._question), classes="title")
            yield RowList(self._rows)

    def on_mount(self) -> None:
        """Start at the present choice."""
        rows = self.query_one(RowList)
        rows.styles.height = min(MOST_SHOWN, max(1, len(self._rows)))
        rows.show_rows(self._rows, self._chosen)
        rows.focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Return what was chosen."""
        self.dismiss(event.row.key)
