"""Home: the banks, how well each is known, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from quiz.core.events.model import Mode
from quiz.core.study_filter import StudyFilter
from quiz.services.home import bank_view, home_view
from quiz.services.left_sessions import end_session
from quiz.services.study.daily_limits import TEN_MORE
from quiz.tui.available_actions import key_label
from quiz.tui.bindings import bar_key, key
from quiz.tui.held_keys import HeldKeyGuard
from quiz.tui.home.bank_detail import BankDetail
from quiz.tui.home.bank_rows import bank_rows, notice_line
from quiz.tui.home.syncing_screen import SyncingScreen
from quiz.tui.home.today_card import TodayCard, top_words
from quiz.tui.home.ways_to_items import WaysToItems
from quiz.tui.home.week_lines import coming_week_lines, has_example, has_week, has_year, list_height
from quiz.tui.routes import (
    Briefing,
    Import,
    Leeches,
    LeftSessions,
    Resume,
    Settings,
    SetUpDrill,
    SetUpExam,
    Statistics,
    Study,
    Tour,
)
from quiz.tui.text import show_line
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.home import BankRow, BankView
    from quiz.services.workspace import Workspace


WIDE = 110
"""The width in columns from which the banks are a table."""
TALL = 22
"""The height in rows from which today's number is in large digits."""
BESIDE_TOP = 10
"""How many cells of the top line are the program's name and empty."""


class HomeScreen(WaysToItems, SyncingScreen):
    """Today first; below it the banks on the left and the one under the cursor on the right."""

    AUTO_FOCUS = "#banks"
    name_shown = "Home"
    about = "Choose a bank, then study it, take an exam on it, drill a class with it, or read its notes."
    choosing = "Study what today asks, across all banks"
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("home.study", "s", "study", "This bank", "Study what is due and new in this bank"),
        key("home.study-all", "a", "study_all", "Study", "Study what today asks, across all banks"),
        key(
            "home.study-more",
            "plus",
            "study_more",
            "Ten more",
            "Study ten new questions beyond today's share",
            "+",
        ),
        key("home.resume", "c", "resume", "Continue", "Go on with what was left, or choose what"),
        key("home.drop", "delete", "drop", "End it", "End the session that was left, or choose which"),
        key("home.leeches", "m", "leeches", "Mend", "See what will not stick, and mend it"),
        bar_key("home.exam", "x", "exam", "Exam", "Take an exam on this bank"),
        bar_key("home.drill", "d", "drill", "Drill", "Drill a class with this bank"),
        bar_key("home.read", "r", "read", "Read", "Read this bank's notes"),
        bar_key("home.statistics", "i", "statistics", "Stats", "See what your record says"),
        bar_key("home.find", "slash", "find", "Find", "Find a bank, note or question", "/"),
        bar_key("home.settings", "comma", "settings", "Settings", "Change settings", ","),
        key("home.sync", "y", "sync", "Sync", "Sync your record with your other devices and your school"),
        key("home.import", "o", "import", "Import", "Bring in questions from another program"),
        key("home.quit", "q", "app.quit", "Quit", "Leave quiz"),
    ]

    banks = query_one("#banks", RowList)
    detail = query_one(BankDetail)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._detailed: str | None = None
        self._is_fresh = True
        self._guard = HeldKeyGuard()
        self._read()

    def compose(self) -> ComposeResult:
        """Lay out the list and the detail with all that is in them, so that they are drawn but once."""
        self._fits = self.app.size  # what all is drawn for
        banks = RowList(self._rows(), id="banks")
        banks.styles.height = list_height(self._view, self._fits)
        line = self._view.lines[0] if self._view.lines else None
        detail = VerticalScroll(BankDetail(self._detail_of(line)), id="detail", can_focus=False)
        self._detailed = line.key if line is not None else None
        yield TopLine(*self._top())
        yield TodayCard(self._view, is_low=self._fits.height < TALL)
        if (left := self._left_session()) is not None:
            yield left
        with Horizontal(id="body"):
            with Vertical(id="list"):
                yield banks
                yield Figures(self._coming, id="coming")
            yield detail
        if (notice := self._notice()) is not None:
            yield notice
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Show how things stand after whatever was done elsewhere."""
        if self._is_fresh:
            self._is_fresh = False
            self.call_after_refresh(self._show_panels)
            return
        self.sync_aside()
        self._guard.shown(self.workspace.clock.passed())
        self.show_all()

    def _read(self) -> None:
        """Read the banks and the record."""
        self._view = home_view(self.workspace)
        self._lines = {line.key: line for line in self._view.lines}
        self.tour = Tour() if self._view.is_tour_offered else None
        self._detailed = None

    def show_all(self) -> None:
        """Read the banks and the record again and show them; nobody is at a session here."""
        was = self.chosen
        self.workspace.let_go()
        self._read()
        self._show_top()
        self.query_one(TodayCard).show_view(self._view)
        self.banks.show_rows(self._rows(), self._read_meanwhile(was) if was and was.is_being_read else None)
        self.banks.styles.height = list_height(self._view, self.app.size)
        self.query_one("#coming", Figures).refresh(layout=True)
        self._show_panels()
        self._say("left-session", self._left_session(), before="#body")
        self._say("notice", self._notice(), before=KeyBar)
        self.refresh_bindings()

    def _read_meanwhile(self, line: BankRow) -> str:
        """Return the key that the row of a bank has which was being read, and whose key was its path."""
        summaries = self.workspace.library.summaries()
        return next((summary.id for summary in summaries if summary.path == line.key), line.key)

    def _say(self, name: str, said: Static | None, before: str | type[Widget]) -> None:
        """Show a line with what is to be said, or hide it; most people never see it."""
        lines = self.query(f"#{name}").results(Static)
        line = next(lines, None)
        if line is not None:
            line.display = said is not None
            line.update(said.content if said is not None else "")
        elif said is not None:
            self.mount(said, before=self.query_one(before))

    def _show_top(self) -> None:
        top = self.query_one(TopLine)
        top.left, top.right = self._top()

    def _top(self) -> tuple[Content, Content]:
        """Return both ends of the top line."""
        config = self.workspace.config
        where = f"on {' · '.join(config.record_goes_to)}" if config.is_synced else ""
        said = top_words(self.workspace.today, self._view.streak, where, self.app.size.width - BESIDE_TOP)
        return show_line("quiz", "bold $foreground"), show_line(said)

    def _left_session(self) -> Static | None:
        """Return the line about the sessions that were left, None where there are none."""
        if not self._view.left_aside:
            return None
        from quiz.tui.home.left_line import LeftLine

        keys = key_label(self, "home.resume"), key_label(self, "home.drop")
        return LeftLine(self._view.left_aside, *keys)

    def _notice(self) -> Static | None:
        """Return the line about banks that cannot be used, or not all of them; None where there are none."""
        said = notice_line(self._view.lines)
        return Static(said, id="notice") if said is not None else None

    def _coming(self, width: int) -> list[Content]:
        """Return what comes back in the next week, where there is room for it."""
        is_told = has_week(self._view, self.app.size)
        return coming_week_lines(self._view.coming, self.workspace.today, width) if is_told else []

    def _rows(self) -> list[ListRow]:
        return bank_rows(self._view.lines, is_wide=self.app.size.width >= WIDE)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Draw the rows for the width there is, unless they are drawn for it: Textual tells a size often."""
        if self._fits == self.app.size:
            return
        self._fits = self.app.size
        self._show_top()
        self.query_one(TodayCard).set_class(self._fits.height < TALL, "-low")
        self.banks.styles.height = list_height(self._view, self._fits)
        self.banks.show_rows(self._rows())
        self.call_after_refresh(self._show_panels)

    def _show_panels(self) -> None:
        """Show the year, the last sessions and what is asked where there is room for them."""
        view, size = self._view, self.app.size
        if has_year(view, size) or has_example(view, size) or self.query("YearPanel, BankPanel"):
            from quiz.tui.home.room_panels import show_panels

            show_panels(self, self._view, self.workspace, self._detailed)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Show the bank under the cursor."""
        line = self._lines.get(event.row.key)
        if line is None or line.key == self._detailed:
            return
        self._detailed = line.key
        self.detail.show_bank(self._detail_of(line))
        self.query_one("#detail", VerticalScroll).scroll_home(animate=False)
        self.call_after_refresh(self._show_panels)

    def _detail_of(self, line: BankRow | None) -> BankView | BankRow | None:
        """Return what to show of a bank: how well it is known, or why it cannot be used."""
        return bank_view(self.workspace, line.key) if line is not None and line.is_usable else line

    def on_row_list_chosen(self) -> None:
        """Study what today asks, unless the key was meant for the screen before."""
        if self._guard.is_unread(self.workspace.clock.passed()):
            return
        if self._view.today.items or not self._view.today.new_waiting:
            self.action_study_all()
        else:
            self.action_study_more()

    @property
    def chosen(self) -> BankRow | None:
        """The bank under the cursor."""
        row = self.banks.current
        return self._lines.get(row.key) if row else None

    def action_study(self) -> None:
        """Study the bank under the cursor."""
        if bank := self.usable_bank():
            self.go(Study(StudyFilter(banks=(bank,))))

    def action_study_more(self) -> None:
        """Study ten new questions beyond today's share: of the bank under the cursor if it has as many."""
        line = self.chosen
        has_enough = line is not None and line.today.new_waiting >= TEN_MORE
        banks = (line.key,) if line is not None and has_enough else ()
        self.go(Study(StudyFilter(banks=banks, more_new=TEN_MORE)))

    def action_study_all(self) -> None:
        """Study across all banks."""
        self.go(Study(StudyFilter()))

    def action_resume(self) -> None:
        """Go on with the session that was left; where there are several, choose one."""
        left = self._view.unfinished
        if left is not None:
            self.go(LeftSessions() if len(self._view.left) > 1 else Resume(left.header))

    def action_drop(self) -> None:
        """End the session that was left, or choose which: an exam is handed in, which is asked before."""
        left = self._view.unfinished
        if left is None:
            return
        if len(self._view.left) > 1 or left.header.mode is Mode.EXAM:
            self.go(LeftSessions())
        else:
            end_session(self.workspace, left.header)
            self.show_all()

    def action_leeches(self) -> None:
        """See what will not stick."""
        self.go(Leeches())

    def action_exam(self) -> None:
        """Set up an exam on the bank under the cursor."""
        if bank := self.usable_bank():
            self.go(SetUpExam((bank,)))

    def action_drill(self) -> None:
        """Set up a drill on the bank under the cursor."""
        if bank := self.usable_bank():
            self.go(SetUpDrill((bank,)))

    def action_statistics(self) -> None:
        """Show what the record says."""
        self.go(Statistics())

    def action_read(self) -> None:
        """Read the notes of the bank under the cursor."""
        if bank := self.usable_bank():
            self.go(Briefing(self.workspace.library.bank(bank), leads_on=True))

    def action_settings(self) -> None:
        """Show the settings and change them."""
        self.go(Settings())

    def action_import(self) -> None:
        """Bring in questions from another program."""
        self.go(Import())

    def show_found(self, bank: str) -> None:
        """Move the cursor to a bank."""
        self.banks.show_rows(self.banks.rows, bank)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to continue only where there is something to continue, leeches only where there are some."""
        if action in {"resume", "drop"}:
            return self._view.unfinished is not None
        if action == "sync":
            return self.workspace.config.is_synced
        if action == "leeches":
            return any(line.counts.leeches for line in self._view.lines)
        return super().check_action(action, parameters)
