"""Statistics: a year at a glance, what was done and what is due, and how each bank is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one

from quiz.core.statistics.activity import calendar
from quiz.services.statistics import A_YEAR, overview_of
from quiz.tui.bindings import bar_key
from quiz.tui.routes import (
    BankStatistics,
    Calibration,
    Choose,
    ClassResults,
    Leeches,
    SessionList,
    WhatIf,
)
from quiz.tui.statistics.calendar import CalendarMap
from quiz.tui.statistics.learner_rows import learner_rows
from quiz.tui.statistics.overview_lines import (
    bank_head,
    bank_row,
    day_lines,
    due_lines,
    headline,
)
from quiz.tui.statistics.page import StatisticsPage
from quiz.tui.text import join, show_line
from quiz.tui.textual_workarounds import after_refresh_if_open
from quiz.tui.widgets.chart import Chart
from quiz.tui.widgets.drawing import Bars
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.text_lines import Figures
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.core.statistics.overview import LearnerOverview
    from quiz.record.read_models import Learner


class StatisticsScreen(StatisticsPage):
    """The overview of a learner's record."""

    CSS_PATH = "overview.tcss"
    name_shown = "Statistics"
    about = "What your record says. Open a bank to see its topics, exams and hardest items."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("statistics.open", "enter,o", "open", "Open", "Look at this bank", "⏎"),
        bar_key("statistics.calibration", "c", "calibration", "Calibration", "Prediction and outcome"),
        bar_key("statistics.what-if", "w", "what_if", "What if", "A year at other retentions"),
        bar_key("statistics.sessions", "h", "sessions", "Sessions", "Every session on record"),
        bar_key("statistics.leeches", "m", "leeches", "Leeches", "What keeps being missed, and mend it"),
        bar_key("statistics.class", "g", "class", "Class", "What a class did"),
        bar_key("statistics.learner", "l", "learner", "Learner", "Look at somebody else's record"),
        *StatisticsPage.WAYS_ON,
    ]

    banks = query_one("#banks", RowList)
    view: LearnerOverview | None = None
    _learners: Sequence[Learner] = ()
    _has_classes: bool = False

    def compose(self) -> ComposeResult:
        """Lay out the calendar, the two charts and the banks."""
        yield TopLine()
        with VerticalScroll(id="page"):
            with Horizontal(id="year"):
                yield CalendarMap()
                yield Figures(self._headline, id="headline")
            with Horizontal(id="charts"):
                yield Chart("Answers a day", id="days")
                yield Chart("Due in the next 30 days", id="due")
            with Vertical(id="listed"):
                yield Figures(self._bank_head, id="head")
                yield RowList(id="banks")
        yield KeyBar()

    def read(self) -> None:
        """Read the overview."""
        self.view = overview_of(self.workspace, self.learner)
        self._learners = self.workspace.record.learners()
        self._has_classes = bool(self.workspace.record.class_lists.all())

    def show_figures(self) -> None:
        """Show the overview."""
        view = self.view
        if view is None:
            return
        streak = f"{view.streak}-day streak" if view.streak else ""
        parts = (view.learner, f"{view.forecast.today:,} due", streak if self.size.width >= 60 else "")
        self.title_line(join(("Statistics", "bold")), " · ".join(part for part in parts if part))
        year = self.query_one(CalendarMap)
        year.show(calendar(view.by_day, view.today, A_YEAR))
        self.query_one("#year").border_title = Content("A year")
        self.query_one("#year").border_subtitle = year.legend()
        self.query_one("#listed").border_title = Content("Banks")
        self.query_one("#headline", Figures).refresh(layout=True)
        self._show_days(view)
        self._show_due(view)
        self._show_banks()

    def _show_days(self, view: LearnerOverview) -> None:
        last = len(view.recent) - 1
        bars = Bars(
            tuple(float(day.attempts) for day in view.recent),
            tuple(day.score for day in view.recent),
            lambda place: f"−{last - place}" if place < last else "today",
            is_past=True,
        )
        self.query_one("#days", Chart).show(
            bars if any(bars.values) else None,
            lambda width: day_lines(view, width, self._most_listed),
            "█ right  ░ not",
        )

    def _show_due(self, view: LearnerOverview) -> None:
        bars = Bars(
            tuple(float(day.items) for day in view.forecast.days),
            tick=lambda place: f"+{place}" if place else "today",
        )
        self.query_one("#due", Chart).show(
            bars if any(bars.values) else None, lambda width: due_lines(view, width, self._most_listed)
        )

    @property
    def _most_listed(self) -> int:
        """How many days a table lists: all that were asked for, but few where a plot found no room."""
        return len(self.view.recent) if self.as_table and self.view else 7

    def on_resize(self) -> None:
        """Rows have the columns that there is room for."""
        if self.view is not None:
            after_refresh_if_open(self, self._show_banks)

    def _show_banks(self) -> None:
        view = self.view
        if view is None:
            return
        width = self.banks.size.width or self.size.width - 4
        rows = [ListRow(line.bank, show_line(line.title), bank_row(line, width)) for line in view.banks]
        self.banks.styles.height = max(1, len(rows))
        self.banks.show_rows(rows)

    def _headline(self, width: int) -> list[Content]:
        return headline(self.view, width, is_flowing=self.has_class("-narrow")) if self.view else []

    def _bank_head(self, width: int) -> list[Content]:
        return [bank_head(width)]

    def on_row_list_chosen(self) -> None:
        """Look at the bank that was chosen."""
        self.action_open()

    def action_open(self) -> None:
        """Look at the bank under the cursor."""
        row = self.banks.current
        if row is not None:
            self.go(BankStatistics(row.key, self.learner, self.as_table))

    def action_what_if(self) -> None:
        """Go to what a year would come to at other retentions."""
        self.go(WhatIf())

    def action_calibration(self) -> None:
        """Compare what was predicted with what happened."""
        self.go(Calibration(self.learner, as_table=self.as_table))

    def action_sessions(self) -> None:
        """Look at every session on record."""
        self.go(SessionList(self.learner))

    def action_leeches(self) -> None:
        """See what keeps being missed."""
        self.go(Leeches(self.learner))

    def action_learner(self) -> None:
        """Choose whose record to look at."""
        self._learners = self.workspace.record.learners()
        self.go(Choose("Whose record?", learner_rows(self._learners), self.learner.id), self._look_at)

    def _look_at(self, learner_id: str | None) -> None:
        for learner in self._learners:
            if learner.id == learner_id:
                self.learner = learner
                self.show_again()

    def action_class(self) -> None:
        """Choose a class to look at."""
        rows = [ListRow(one.id, show_line(one.name)) for one in self.workspace.record.class_lists.all()]
        self.go(Choose("Which class?", rows), self._look_at_class)

    def _look_at_class(self, class_id: str | None) -> None:
        class_list = self.workspace.record.class_lists.by_id(class_id or "")
        if class_list is not None:
            self.go(ClassResults(class_list))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer other learners only where there are some, and a bank only where there is one."""
        if action == "learner":
            return len(self._learners) > 1
        if action == "leeches":
            return self.view is not None and any(line.knowledge.leeches for line in self.view.banks)
        if action == "class":
            return self._has_classes
        if action == "open":
            return self.is_mounted and self.banks.current is not None
        return super().check_action(action, parameters)
