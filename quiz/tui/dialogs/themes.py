"""Choosing a theme, with each theme shown as the cursor reaches it."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.tui.dialogs.choose_one import ChooseModal
from quiz.tui.text import show_line
from quiz.tui.widgets.row_list import ListRow, RowList


class ThemesModal(ChooseModal):
    """Returns the chosen theme, or restores the previous one."""

    name_shown = "Theme"
    about = "Move to see a theme, enter keeps it, escape goes back to the one before."

    def __init__(self, names: Sequence[str], before: str) -> None:
        super().__init__("Theme", [ListRow(name, show_line(name)) for name in names], before)
        self._before = before

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Show the theme."""
        if event.row.key in self.app.available_themes:
            self.app.theme = event.row.key

    def action_close(self) -> None:
        """Go back to the previous theme."""
        self.app.theme = self._before
        super().action_close()
