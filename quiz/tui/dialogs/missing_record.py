"""Asking what to do where the record is gone, on a screen of its own before the app starts."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from quiz.config.settings import Config
from quiz.errors import RecordError
from quiz.services.missing_record import MissingRecord, described
from quiz.tui.base_app import BaseApp
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.navigation import dialog
from quiz.tui.routes import Route
from quiz.tui.text import show, show_line
from quiz.tui.widgets.row_list import ListRow, RowList

RESTORE, LOOK, ANEW, LEAVE = "restore", "look", "anew", "leave"


class MissingRecordScreen(BaseScreen[bool]):
    """Asks whether to restore a copy, list all copies, or begin an empty record; returns whether there is
    one."""

    CSS = """
    MissingRecordScreen { align: center middle; }
    MissingRecordScreen .dialog {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        padding: 1 2; border: round $primary; background: $surface;
        & > .title { text-style: bold; margin-bottom: 1; }
    }
    MissingRecordScreen RowList { margin-top: 1; }
    """
    name_shown = "The record is gone"
    about = "Choose with the arrows and enter. Nothing is changed until you do."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("missing.leave", "escape,q", "leave", "Leave", "Leave quiz and change nothing"),
    ]

    def __init__(self, missing: MissingRecord) -> None:
        super().__init__()
        self._missing = missing
        self._is_looking = False

    def compose(self) -> ComposeResult:
        """Say what happened and what can be done."""
        with Vertical(classes="dialog"):
            yield Static(show(self._missing.said), classes="title")
            yield Static(show("", "$text-error"), id="refused")
            yield RowList(self._choices())

    def on_mount(self) -> None:
        """Start at the first choice."""
        self._show_choices()
        self.query_one(RowList).focus()

    def _choices(self) -> list[ListRow]:
        copies = self._missing.copies
        rows: list[tuple[str, str]] = []
        if copies and not self._is_looking:
            rows.append((RESTORE, f"Restore the newest: {described(copies[0])}"))
            rows.append((LOOK, f"Look at all copies ({len(copies)})"))
        elif copies:
            rows += [(str(place), f"Restore {described(copy)}") for place, copy in enumerate(copies)]
        rows += [(ANEW, "Begin anew, with nothing on record; the copies stay"), (LEAVE, "Leave quiz")]
        return [ListRow(key, show_line(said)) for key, said in rows]

    def _show_choices(self) -> None:
        rows = self.query_one(RowList)
        found = self._choices()
        rows.styles.height = min(12, len(found))
        rows.show_rows(found, found[0].key)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Do what was chosen. If the disk or the copy refuses, say so and ask again."""
        key = event.row.key
        if key == LEAVE:
            self.dismiss(False)
        elif key == LOOK:
            self._is_looking = True
            self._show_choices()
        else:
            try:
                if key == ANEW:
                    self._missing.begin_anew()
                else:
                    self._missing.restore(self._missing.copies[0 if key == RESTORE else int(key)])
            except RecordError as error:
                self.query_one("#refused", Static).update(show(str(error), "$text-error"))
            else:
                self.dismiss(True)

    def action_leave(self) -> None:
        """Go back from the copies, or leave."""
        if self._is_looking:
            self._is_looking = False
            self._show_choices()
        else:
            self.dismiss(False)


class MissingRecordApp(BaseApp):
    """An app with only this question."""

    CSS_PATH = ["../app.tcss"]  # noqa: RUF012 - Textual declares it an instance variable

    def __init__(self, config: Config, missing: MissingRecord) -> None:
        super().__init__(config)
        self._missing = missing
        self.is_settled = False
        """Whether there is a record again."""

    def on_mount(self) -> None:
        """Show the question."""
        self.push_screen(MissingRecordScreen(self._missing), self._settle)
        self._mind_size(self.size.width, self.size.height)
        self.watch_the_world()

    def screen_for(self, route: Route[Any]) -> Screen[Any]:
        """Return the dialog that a route stands for."""
        return dialog(route)

    def _settle(self, is_done: bool | None) -> None:
        self.is_settled = bool(is_done)
        self.exit()


def ask_on_screen(config: Config, missing: MissingRecord) -> bool:
    """Ask until there is a record again or the person leaves; return whether there is one.

    Raises:
        Exception: whatever the app could not handle, once the terminal is restored.
    """
    app = MissingRecordApp(config, missing)
    app.run_to_end(mouse=config.mouse)
    return app.is_settled
