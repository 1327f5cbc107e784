"""The sessions that were left: each is gone on with, or ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.events.model import Mode
from quiz.core.scheduling.study_day import moment, zone_of
from quiz.services.left_sessions import LeftSession, end_session, left_sessions
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.routes import Confirm, Resume
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"
MOST_SHOWN = 12
"""How many rows are shown at once."""
END_EXAM = "Hand this exam in as it is? What has no answer counts as missed."


class LeftSessionsModal(BaseModal[None]):
    """A row for each session that was left, the newest first."""

    CSS = """
    LeftSessionsModal .dialog { width: 90; }
    LeftSessionsModal KeyBar { dock: none; margin-top: 1; padding: 0; }
    """
    name_shown = "Left open"
    about = "Go on with one of these, or end it: what you answered stays on record."
    choosing = "Go on with this"
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("left.resume", "enter,c", "resume", "Go on", "Go on with this", "⏎"),
        bar_key("left.end", "delete,e", "end", "End it", "End this; an exam is handed in as it is", "e"),
        bar_key("left.close", "escape,q", "close", "Back", "Back to the banks"),
    ]

    rows = query_one(RowList)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._read()

    def _read(self) -> None:
        titles = {summary.id: summary.title for summary in self.workspace.library.summaries()}
        self._left = left_sessions(self.workspace, titles)

    def compose(self) -> ComposeResult:
        """List them."""
        with Vertical(classes="dialog"):
            yield Static(show("Left open"), classes="title")
            yield RowList([_row(left) for left in self._left])
            yield KeyBar()

    def on_mount(self) -> None:
        """Make room for the rows."""
        self.rows.styles.height = min(MOST_SHOWN, max(1, len(self._left)))

    @property
    def current(self) -> LeftSession | None:
        """The session under the cursor."""
        place = self.rows.cursor
        return self._left[place] if 0 <= place < len(self._left) else None

    def on_row_list_chosen(self) -> None:
        """Go on with the session that was chosen."""
        self.action_resume()

    def action_resume(self) -> None:
        """Go on with the session under the cursor."""
        left = self.current
        if left is not None:
            self.go(Resume(left.header), in_place=True)

    def action_end(self) -> None:
        """End the session under the cursor; an exam is handed in, which is asked before."""
        left = self.current
        if left is None:
            return
        if left.header.mode is Mode.EXAM:
            self.go(Confirm(END_EXAM, "Hand in", "Keep"), lambda is_sure: self._end(left, is_sure))
        else:
            self._end(left, True)

    def _end(self, left: LeftSession, is_sure: bool | None) -> None:
        if not is_sure:
            return
        end_session(self.workspace, left.header)
        self._read()
        if self._left:
            self.rows.show_rows([_row(each) for each in self._left])
            self.rows.styles.height = min(MOST_SHOWN, len(self._left))
        else:
            self.dismiss(None)


def _row(left: LeftSession) -> ListRow:
    started = moment(left.header.started).astimezone(zone_of(left.header.zone))
    said = f"{left.answered} of {left.items} answered"
    return ListRow(
        left.header.id,
        join((f"{left.mode.capitalize():<6} ", MUTED), show_line(left.title)),
        join(said, (f"   {started:%a} {started.day} {started:%b}", MUTED)),
    )
