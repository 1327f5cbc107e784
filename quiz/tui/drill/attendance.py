"""Attendance: marking pupils absent or present."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.session import InvalidTransition
from quiz.errors import QuizError
from quiz.tui.available_actions import key_label
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.text import show, show_line
from quiz.tui.widgets.row_list import ListRow, RowList

if TYPE_CHECKING:
    from quiz.services.drill.live import LiveDrill


class AttendanceModal(BaseModal[None]):
    """The class list with a mark for everybody who is present."""

    CSS = """
    AttendanceModal .dialog { height: 80%; }
    AttendanceModal RowList { height: 1fr; }
    """
    name_shown = "Who is here"
    about = "Absent pupils are not drawn; whoever comes back joins the round that is on."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("attendance.turn", "space", "turn", "Absent or present", "Absent, or present again"),
        bar_key("attendance.close", "escape,q,a", "close", "Back", "Back to the drill"),
    ]

    pupils = query_one(RowList)

    def __init__(self, live: LiveDrill[Any]) -> None:
        super().__init__()
        self._live = live
        self._say = live.drill.words.say

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(classes="dialog"):
            yield Static(show(self._say("Who is here?")), classes="title")
            yield RowList()
            turn, close = key_label(self, "attendance.turn"), key_label(self, "attendance.close")
            keys = self._say("{turn} marks absent or present · {close} goes back", turn=turn, close=close)
            yield Static(show(keys, "$foreground-muted"))

    def on_mount(self) -> None:
        """Show all pupils."""
        self._show()
        self.pupils.focus()

    def _show(self) -> None:
        drill, names = self._live.drill, self._live.names
        self.pupils.show_rows(
            [
                ListRow(
                    pupil,
                    show_line(names.get(pupil, "")),
                    show(f"✗ {self._say('absent')}", "$text-warning")
                    if pupil in drill.absent
                    else show(f"✓ {self._say('here')}", "$text-success"),
                )
                for pupil in drill.competitors
            ]
        )

    def on_row_list_chosen(self) -> None:
        """Toggle the pupil that was chosen."""
        self.action_turn()

    def action_turn(self) -> None:
        """Mark the pupil under the cursor absent or present."""
        row = self.pupils.current
        if row is None:
            return
        try:
            with self._live.steps:
                drill, now = self._live.drill, self._live.now()
                is_absent = row.key in drill.absent
                self._live.append((drill.mark_present if is_absent else drill.mark_absent)(row.key, now))
            self._show()
        except InvalidTransition:
            return
        except QuizError as error:
            self.refuse(error, self._say("Not saved"))
            self._show()
