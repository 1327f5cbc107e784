"""The list of all sessions on record, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.events.model import Mode
from quiz.services.past_sessions import void_session
from quiz.tui.available_actions import key_label
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.routes import ChooseRow, Confirm, SessionResult
from quiz.tui.statistics.learner_rows import learner_rows
from quiz.tui.statistics.session_rows import ALL, filter_line, session_row
from quiz.tui.text import join, show_line
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.record.read_models import Learner, SessionSummary
    from quiz.services.workspace import Workspace

AT_ONCE = 200
"""How many sessions are read at once; the next ones are read as the cursor nears the end."""
NEAR = 40


class SessionListScreen(BaseScreen[None]):
    """A list of sessions, filtered by bank, mode and learner."""

    CSS_PATH = "session_list.tcss"
    AUTO_FOCUS = "#sessions"
    name_shown = "Sessions"
    about = (
        "Every session on record. Open one to see its result. A deleted session no longer counts, but what"
        " happened in it stays in the file."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("sessions.open", "enter,o", "open", "Open", "Open the session", "⏎"),
        bar_key("sessions.bank", "b", "bank", "Bank", "Only one bank, or all"),
        bar_key("sessions.mode", "m", "mode", "Mode", "Study, exams, drills, or all"),
        bar_key("sessions.learner", "l", "learner", "Learner", "Only one learner, or all"),
        bar_key("sessions.delete", "x,delete", "delete", "Delete", "Let the session count no longer", "x"),
        bar_key("sessions.close", "escape,q", "close", "Back", "Back to where you were"),
    ]

    listed = query_one("#sessions", RowList)

    def __init__(self, workspace: Workspace, learner: Learner | None = None, bank: str | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self.learner: Learner | None = learner
        self.bank = bank
        self.mode: Mode | None = None
        self._learners: list[Learner] = []
        self._found: list[SessionSummary] = []
        self._rows: list[ListRow] = []
        self._is_all = False
        self._was_left = False

    def compose(self) -> ComposeResult:
        """Lay out the filters and the list."""
        yield TopLine()
        yield Static(id="filters")
        yield RowList(id="sessions")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the newest sessions."""
        self.query_one(TopLine).left = join(("Sessions", "bold $foreground"))
        self._titles = {bank.id: bank.title for bank in self.workspace.library.usable()}
        self._learners = self.workspace.record.learners()
        self.read_again()

    def on_screen_suspend(self) -> None:
        """Remember that the record may change meanwhile."""
        self._was_left = True

    def on_screen_resume(self) -> None:
        """Update the list after whatever was done elsewhere."""
        if self._was_left:
            self.read_again(len(self._found))

    def read_again(self, count: int = 0) -> None:
        """Read the newest sessions that pass the filters, at least so many."""
        self._found, self._rows, self._is_all = [], [], False
        self._read(max(AT_ONCE, count))
        if not self._found:
            self.listed.show_rows([ListRow("", show_line("No session is on record here."), is_enabled=False)])

    def _read(self, count: int) -> None:
        """Read the next sessions and show them all."""
        before = self._found[-1].id if self._found else None
        who = self.learner.id if self.learner else None
        found = self.workspace.record.sessions(who, self.bank, self.mode, count, before)
        self._is_all = len(found) < count
        self._found += found
        self._rows += self._drawn(found)
        self._show()

    def _drawn(self, found: Sequence[SessionSummary]) -> list[ListRow]:
        width = self.listed.size.width or self.size.width
        names = {one.id: one.name for one in self._learners} if self.learner is None else {}
        return [session_row(told, self._titles, names, width) for told in found]

    def _draw_again(self) -> None:
        self._rows = self._drawn(self._found)
        self._show()

    def _show(self) -> None:
        self.listed.show_rows(self._rows)
        number = f"{len(self._found):,}{'' if self._is_all else '+'}"
        self.query_one(TopLine).right = show_line(f"{number} sessions" if number != "1" else "1 session")
        bank = self._titles.get(self.bank or "", self.bank or "")
        keys = [key_label(self, f"sessions.{name}") for name in ("bank", "mode", "learner")]
        line = filter_line(bank, self.mode, self.learner.name if self.learner else "", self.size.width, keys)
        self.query_one("#filters", Static).update(line)
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Redraw rows with the columns that fit."""
        if self._found:
            self.call_after_refresh(self._draw_again)

    def on_row_list_highlighted(self) -> None:
        """Read on as the cursor nears the end."""
        if not self._is_all and self._found and self.listed.cursor > len(self._found) - NEAR:
            self._read(AT_ONCE)

    @property
    def current(self) -> SessionSummary | None:
        """The session under the cursor."""
        place = self.listed.cursor
        return self._found[place] if 0 <= place < len(self._found) else None

    def on_row_list_chosen(self) -> None:
        """Open the session that was chosen."""
        self.action_open()

    def action_open(self) -> None:
        """Open the session under the cursor."""
        told = self.current
        if told is not None:
            self.go(SessionResult(told.id))

    def action_bank(self) -> None:
        """Choose a bank."""
        rows = [ListRow(ALL, show_line("All banks"))]
        rows += [ListRow(f"bank/{bank}", show_line(title)) for bank, title in self._titles.items()]
        self._choose("Which bank?", rows, f"bank/{self.bank}" if self.bank else ALL, self._take_bank)

    def _take_bank(self, key: str | None) -> None:
        if key is not None:
            self.bank = None if key == ALL else key.partition("/")[2]
            self.read_again()

    def action_mode(self) -> None:
        """Show the next mode."""
        order = [None, *Mode]
        self.mode = order[(order.index(self.mode) + 1) % len(order)]
        self.read_again()

    def action_learner(self) -> None:
        """Choose a learner."""
        self._learners = self.workspace.record.learners()
        rows = [ListRow(ALL, show_line("Everybody")), *learner_rows(self._learners)]
        self._choose("Whose sessions?", rows, self.learner.id if self.learner else ALL, self._take_learner)

    def _take_learner(self, key: str | None) -> None:
        if key is None:
            return
        self.learner = next((learner for learner in self._learners if learner.id == key), None)
        self.read_again()

    def _choose(self, question: str, rows: list[ListRow], chosen: str, then: Any) -> None:
        self.go(ChooseRow(question, rows, chosen), then)

    def action_delete(self) -> None:
        """Void the session under the cursor, after confirmation."""
        told = self.current
        if told is not None:
            question = (
                "Delete this session? Schedule and statistics will be as though it had never been."
                " What happened in it stays in the file, but is not shown again."
            )
            self.go(Confirm(question, "Delete", "Keep"), lambda is_sure: self._void(told.id, is_sure))

    def _void(self, session_id: str, is_sure: bool | None) -> None:
        if not is_sure:
            return
        void_session(self.workspace, session_id)
        place = self.listed.cursor
        self.read_again(len(self._found))
        self.listed.cursor = place
        self.notify("The session no longer counts.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the session under the cursor."""
        if action in {"open", "delete"}:
            return self.is_mounted and self.current is not None
        if action == "learner":
            return self.learner is None or len(self._learners) > 1
        return super().check_action(action, parameters)
