"""Home: the banks, how well each is known, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from quiz.core.item import ItemRef
from quiz.core.wording import count
from quiz.storage.workspace import Narrowing
from quiz.tui.text import join, show_line
from quiz.tui.widgets.bank_detail import BankDetail
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import Row, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.search import Hit
    from quiz.storage.shelf_view import BankLine
    from quiz.storage.workspace import Workspace


class HomeScreen(Screen[None]):
    """The banks on the left, the one under the cursor on the right."""

    AUTO_FOCUS = "#banks"
    name_shown = "Home"
    about = "Choose a bank, then study it, take a test on it, drill a class with it, or read its notes."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "study", "Study", id="home.study", tooltip="Study what is due and new in this bank"),
        Binding("a", "study_all", "Study all", id="home.study-all", tooltip="Study across all banks"),
        Binding("c", "resume", "Continue", id="home.resume", tooltip="Go on with the session that was left"),
        Binding("x", "drop", "End it", id="home.drop", tooltip="End the session that was left", show=False),
        Binding("t", "test", "Test", id="home.test", tooltip="Take a test on this bank"),
        Binding("d", "drill", "Drill", id="home.drill", tooltip="Drill a class with this bank"),
        Binding("r", "read", "Read", id="home.read", tooltip="Read this bank's notes"),
        Binding("i", "statistics", "Statistics", id="home.statistics", tooltip="See what your record says"),
        Binding(
            "slash", "find", "Find", key_display="/", id="home.find", tooltip="Find a bank, note or item"
        ),
        Binding(
            "comma", "settings", "Settings", key_display=",", id="home.settings", tooltip="Change settings"
        ),
        Binding("q", "app.quit", "Quit", id="home.quit", tooltip="Leave quiz"),
    ]

    banks = query_one("#banks", RowList)
    detail = query_one(BankDetail)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._lines: dict[str, BankLine] = {}

    def compose(self) -> ComposeResult:
        """Lay out the list and the detail."""
        yield TopLine()
        yield Static(id="left-session")
        with Horizontal(id="panes"):
            yield RowList(id="banks")
            with VerticalScroll(id="detail", can_focus=False):
                yield BankDetail()
        yield Static(id="notice")
        yield KeyBar()

    def on_mount(self) -> None:
        """Name the panes."""
        self.banks.border_title = Content("Banks")
        self.show_all()

    def on_screen_resume(self) -> None:
        """Show how things stand after whatever was done elsewhere."""
        if self.is_mounted:
            self.show_all()

    def show_all(self) -> None:
        """Read the shelf and the record again and show them."""
        view = self.workspace.shelf_view()
        self._lines = {line.key: line for line in view.lines}
        top = self.query_one(TopLine)
        top.left = show_line("quiz", "bold")
        parts = [
            self.workspace.learner.name,
            f"{view.due} due",
            f"{view.streak}-day streak" if view.streak else "",
        ]
        top.right = show_line(" · ".join(part for part in parts if part))
        self.banks.show_rows([self._row(line) for line in view.lines])
        left = view.unfinished
        banner = self.query_one("#left-session", Static)
        banner.display = left is not None
        if left is not None:
            banner.update(
                join(
                    ("▶ ", "$text-accent"),
                    f"You left a {left.mode} session: {left.title}, ",
                    f"{left.answered} of {left.items} answered.  ",
                    ("c", "bold $text-accent"),
                    " Continue  ",
                    ("x", "bold $text-accent"),
                    " End it",
                )
            )
        notice = self.query_one("#notice", Static)
        broken = [line for line in view.lines if not line.is_usable]
        notice.display = bool(broken)
        if broken:
            names = ", ".join(line.title for line in broken[:3]) + ("…" if len(broken) > 3 else "")
            notice.update(
                join(
                    (f"✗ {count(len(broken), 'bank')} not usable: ", "$text-error"),
                    names,
                    " — run quiz check.",
                )
            )
        self.refresh_bindings()

    def _row(self, line: BankLine) -> Row:
        if not line.is_usable:
            return Row(line.key, show_line(line.title), show_line(count(line.errors, "error"), "$text-error"))
        if line.due:
            right = show_line(f"{line.due} due", "bold $text-warning")
        elif line.seen == 0:
            right = show_line("new", "$text-accent")
        else:
            right = show_line(
                "done for today" if not line.new_left else f"{line.new_left} new", "$foreground-muted"
            )
        return Row(line.key, show_line(line.title), right)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Show the bank under the cursor."""
        line = self._lines.get(event.row.key)
        if line is None:
            return
        self.query_one("#detail").border_title = show_line(line.title)
        self.detail.show_bank(self.workspace.bank_view(line.key) if line.is_usable else line.findings)
        self.query_one("#detail", VerticalScroll).scroll_home(animate=False)

    def on_row_list_chosen(self) -> None:
        """Study the bank that was chosen."""
        self.action_study()

    @property
    def chosen(self) -> BankLine | None:
        """The bank under the cursor."""
        row = self.banks.current
        return self._lines.get(row.key) if row else None

    def action_study(self) -> None:
        """Study the bank under the cursor."""
        line = self.chosen
        if line is None:
            self.notify(
                "There is no bank yet. Put a YAML file into your banks folder (quiz paths).", markup=False
            )
        elif not line.is_usable:
            self.notify("This bank has errors. Run quiz check to see them.", severity="error", markup=False)
        else:
            self.app.study(Narrowing(banks=(line.key,)))  # type: ignore[attr-defined]

    def action_study_all(self) -> None:
        """Study across all banks."""
        self.app.study(Narrowing())  # type: ignore[attr-defined]

    def action_resume(self) -> None:
        """Go on with the session that was left."""
        opening = self.workspace.unfinished()
        if opening is not None:
            self.app.resume(opening)  # type: ignore[attr-defined]

    def action_drop(self) -> None:
        """End the session that was left; what was answered in it stays."""
        opening = self.workspace.unfinished()
        if opening is not None:
            self.workspace.end_session(opening)
            self.show_all()

    def action_test(self) -> None:
        """Set up a test on the bank under the cursor."""
        from quiz.tui.screens.test_setup import TestSetupScreen

        line = self.chosen
        if line is not None and line.is_usable:
            self.app.push_screen(TestSetupScreen(self.workspace, (line.key,)))

    def action_drill(self) -> None:
        """Set up a drill on the bank under the cursor."""
        from quiz.tui.screens.drill_setup import DrillSetupScreen

        line = self.chosen
        if line is not None and line.is_usable:
            self.app.push_screen(DrillSetupScreen(self.workspace, (line.key,)))

    def action_statistics(self) -> None:
        """Show what the record says."""
        from quiz.tui.screens.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self.workspace))

    def action_read(self) -> None:
        """Read the notes of the bank under the cursor."""
        from quiz.tui.screens.briefing import BriefingScreen

        line = self.chosen
        if line is not None and line.is_usable:
            self.app.push_screen(BriefingScreen(self.workspace.library.bank(line.key)))

    def action_settings(self) -> None:
        """Show the settings and change them."""
        from quiz.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen(self.workspace))

    def action_find(self) -> None:
        """Find a bank, a note or an item by its words."""
        from quiz.tui.screens.find import FindModal

        self.app.push_screen(FindModal(self.workspace), self._go_to)

    def _go_to(self, hit: Hit | None) -> None:
        """Go to what was found: a bank's row, a note's page, or a session on one item."""
        from quiz.tui.screens.briefing import BriefingScreen

        if hit is None:
            return
        self.banks.show_rows(self.banks.rows, hit.bank)
        if hit.what == "note":
            self.app.push_screen(BriefingScreen(self.workspace.library.bank(hit.bank), hit.name))
        elif hit.what == "item":
            self.app.study(Narrowing(banks=(hit.bank,)), [ItemRef(hit.bank, hit.name)])  # type: ignore[attr-defined]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to continue only where there is something to continue."""
        if action in {"resume", "drop"}:
            return self.workspace.unfinished() is not None
        return super().check_action(action, parameters)
