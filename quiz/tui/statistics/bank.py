"""A bank's statistics: topics, exams, hardest items, and items that were never asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one

from quiz.core.content.item_ref import ItemRef
from quiz.core.text.phrases import per_cent
from quiz.services.statistics import bank_figures
from quiz.tui.bindings import bar_key
from quiz.tui.routes import ItemStatistics, SessionList, ShowCalibration
from quiz.tui.statistics.bank_lines import exam_lines, exams_trace, item_rows, topic_lines
from quiz.tui.statistics.page import StatisticsPage
from quiz.tui.text import join
from quiz.tui.widgets.chart import Chart
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.statistics.bank_figures import BankFigures
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace


class BankStatisticsScreen(StatisticsPage):
    """A learner's statistics on a bank."""

    CSS_PATH = "bank.tcss"
    name_shown = "Bank statistics"
    about = (
        "How each topic is known, how exams went, and which questions are hard: those come first, what was"
        " answered instead beside them. Hard is judged with care where there are few attempts."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("bank-statistics.open", "enter,o", "open", "Open", "Look at this question", "⏎"),
        bar_key(
            "bank-statistics.never",
            "n",
            "never_asked",
            "Never asked",
            "To the questions that were never asked, and back",
        ),
        bar_key(
            "bank-statistics.calibration",
            "c",
            "calibration",
            "Calibration",
            "Prediction and outcome in this bank",
        ),
        bar_key("bank-statistics.sessions", "h", "sessions", "Sessions", "This bank's sessions"),
        *StatisticsPage.WAYS_ON,
    ]

    items = query_one("#items", RowList)
    view: BankFigures | None = None

    def __init__(
        self, workspace: Workspace, bank: str, learner: Learner | None = None, as_table: bool = False
    ) -> None:
        super().__init__(workspace, learner, as_table=as_table)
        self.bank = bank
        self._drawn: tuple[BankFigures, int] | None = None
        """The figures and the width for which the rows were drawn last."""

    def compose(self) -> ComposeResult:
        """Lay out topics and exams side by side, and the items beneath."""
        yield TopLine()
        with VerticalScroll(id="page"):
            with Horizontal(id="charts"):
                with Vertical(id="topics", classes="panel"):
                    yield Figures(self._topics)
                yield Chart("Exams over time", id="exams")
            with Vertical(id="listed", classes="panel"):
                yield RowList(id="items")
        yield KeyBar()

    def read(self) -> None:
        """Read the bank's figures."""
        self.view = bank_figures(self.workspace, self.bank, self.learner)

    def show_figures(self) -> None:
        """Show the bank's figures."""
        view = self.view
        if view is None:
            return
        accuracy = f"{per_cent(view.accuracy or 0)} right" if view.attempts else ""
        parts = (self.whose, accuracy, f"{view.due:,} due")
        self.title_line(
            join((view.title, "bold $foreground"), (" · statistics", "$foreground-muted")),
            " · ".join(part for part in parts if part),
        )
        self.query_one("#topics").border_title = Content("Topics")
        self.query_one("#topics Figures", Figures).refresh(layout=True)
        exams = self.query_one("#exams", Chart)
        exams.show(exams_trace(view), lambda width: exam_lines(view, width))
        self.query_one("#listed").border_title = Content("Questions, hardest first")
        self._show_items()

    def on_resize(self) -> None:
        """Redraw rows with the columns that fit."""
        if self.view is not None:
            self.call_after_refresh(self._show_items)

    def _show_items(self) -> None:
        view, width = self.view, self.items.size.width or self.size.width - 4
        if view is not None and (view, width) != self._drawn:
            self._drawn = view, width
            self.items.show_rows(item_rows(view, width))
            self.items.styles.min_height = min(len(self.items.rows), max(4, self.size.height - 18))

    def _topics(self, width: int) -> list[Content]:
        return topic_lines(self.view, width) if self.view else []

    def on_row_list_chosen(self) -> None:
        """Open the item that was chosen."""
        self.action_open()

    def action_open(self) -> None:
        """Open the item under the cursor."""
        row = self.items.current
        if row is not None and row.is_enabled:
            ref = ItemRef(self.bank, row.key.partition("/")[2])
            self.go(ItemStatistics(ref, self.learner, self.as_table))

    def action_never_asked(self) -> None:
        """Move to the first item that was never asked, or back to the hardest."""
        places = [place for place, row in enumerate(self.items.rows) if row.key.startswith("never/")]
        is_there = bool(places) and self.items.cursor >= places[0]
        self.items.cursor = 0 if is_there or not places else places[0]
        self.items.focus()

    def action_calibration(self) -> None:
        """Open the calibration for this bank."""
        self.go(ShowCalibration(self.learner, self.bank, self.as_table))

    def action_sessions(self) -> None:
        """List the sessions on this bank."""
        self.go(SessionList(self.learner, self.bank))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what exists in this bank."""
        if action == "never_asked":
            return self.view is not None and bool(self.view.never_asked)
        if action == "open":
            row = self.items.current if self.is_mounted else None
            return row is not None and row.is_enabled
        return super().check_action(action, parameters)
