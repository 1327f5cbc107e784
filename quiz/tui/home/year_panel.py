"""The year that was and the thirty days to come, for a screen that has the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from quiz.core.statistics.activity import calendar
from quiz.core.statistics.findings import active_days_finding
from quiz.services.statistics import A_YEAR
from quiz.tui.home.week_lines import TALL, has_month
from quiz.tui.text import show
from quiz.tui.widgets.calendar_map import CalendarMap
from quiz.tui.widgets.due_lines import due_lines
from quiz.tui.widgets.figures import Figures

if TYPE_CHECKING:
    from datetime import date

    from quiz.services.home import HomeView


class YearPanel(Vertical):
    """On which days of the year the learner studied, and what comes back on the next thirty."""

    DEFAULT_CSS = """
    YearPanel { height: auto; padding: 1 0 0 2; }
    YearPanel CalendarMap { margin-bottom: 1; }
    """

    def __init__(self, view: HomeView, today: date) -> None:
        super().__init__(id="year")
        self._view = view
        self._today = today

    def compose(self) -> ComposeResult:
        """Lay out the year and the days to come."""
        yield Figures(self._year_head)
        yield CalendarMap()
        yield Figures(self._due)

    def on_mount(self) -> None:
        """Show the year."""
        self._show_calendar()

    def show_view(self, view: HomeView, today: date) -> None:
        """Show how things stand now, unless that is what is shown already."""
        if view is self._view:
            return
        self._view, self._today = view, today
        if self.is_mounted:
            self._show_calendar()
            for figures in self.query(Figures):
                figures.refresh(layout=True)

    def _show_calendar(self) -> None:
        self.query_one(CalendarMap).show(calendar(self._view.by_day, self._today, A_YEAR))

    def _due(self, width: int) -> list[Content]:
        if not has_month(self._view, self.app.size):
            return []
        return due_lines(self._view.forecast, width, 5 if self.app.size.height >= TALL else 3)

    def _year_head(self, width: int) -> list[Content]:
        return show(active_days_finding(list(self._view.by_day.values()), self._today), "bold").wrap(width)
