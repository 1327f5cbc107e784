"""The year that was, the thirty days to come and what is known least, for a screen that has the room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from quiz.core.statistics.activity import calendar
from quiz.core.statistics.findings import active_days_finding
from quiz.services.home import bank_topics
from quiz.services.statistics import A_YEAR
from quiz.tui.home.week_lines import TALL, has_month
from quiz.tui.statistics.overview_plots import weakest_finding
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.bars import bar, percent
from quiz.tui.widgets.calendar_map import CalendarMap
from quiz.tui.widgets.due_lines import due_lines
from quiz.tui.widgets.figures import Figures

if TYPE_CHECKING:
    from quiz.services.home import BankTopics, HomeView
    from quiz.services.workspace import Workspace


MOST_TOPICS, LABEL_WIDTH = 8, 30
"""How many topics are named at most, and in how many cells each."""
MANY = 20_000
"""How many items all banks hold at most where topics are compared."""
YEAR_ROWS = 12
"""How many rows the year, headings and empty lines take beside the topics and the days to come."""


class YearPanel(Vertical):
    """The days of the year with answers, what comes back on the next thirty, and what is known least."""

    DEFAULT_CSS = """
    YearPanel { height: auto; padding: 1 0 0 2; }
    YearPanel CalendarMap { margin-bottom: 1; }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="year")
        self._workspace = workspace
        self._view: HomeView | None = None
        self._topics: Sequence[BankTopics] | None = None
        """How well the topics of each bank are known; None where that was not shown yet."""

    def compose(self) -> ComposeResult:
        """Lay out the year and the days to come."""
        yield Figures(self._year_head)
        yield CalendarMap()
        yield Figures(self._due)
        yield Figures(self._weakest)

    def on_mount(self) -> None:
        """Show the year."""
        self._show_calendar()

    def show_view(self, view: HomeView, bank: str | None) -> None:  # noqa: ARG002
        """Show how things stand now, unless that is what is shown already."""
        if view is self._view:
            return
        self._view, self._topics = view, None
        if self.is_mounted:
            self._show_calendar()
            for figures in self.query(Figures):
                figures.refresh(layout=True)

    def _show_calendar(self) -> None:
        if self._view is not None:
            self.query_one(CalendarMap).show(calendar(self._view.by_day, self._workspace.today, A_YEAR))

    def _due(self, width: int) -> list[Content]:
        if self._view is None or not has_month(self._view, self.app.size):
            return []
        return due_lines(self._view.forecast, width, 5 if self.app.size.height >= TALL else 3)

    def _weakest(self, width: int) -> list[Content]:
        """Name the topics that are known least, as many as there are rows for."""
        view = self._view
        if view is None or not has_month(view, self.app.size):
            return []
        if sum(line.counts.items for line in view.lines) > MANY:
            return []
        body, banks = self.screen.query_one("#body").size.height, self.screen.query_one("#banks").size.height
        rows = body - banks - YEAR_ROWS - len(self._due(width))
        if self._topics is None:
            self._topics = bank_topics(self._workspace, self._workspace.learner)
        found = [part for bank in self._topics if bank.is_begun for part in bank.by_topic if part.share < 1]
        found = sorted(found, key=lambda part: part.share)[: min(MOST_TOPICS, rows - 2)]
        if not found:
            return []
        lines = [Content(), *show_line(weakest_finding(found), "bold").wrap(width), Content()]
        label = min(LABEL_WIDTH, width // 2)
        for part in found:
            name = show_line(part.title).truncate(label, ellipsis=True, pad=True)
            drawn = bar(part.share, max(4, min(30, width - label - 8)), "$text-primary")
            lines.append(join(name, " ", drawn, percent(part.share)))
        return lines

    def _year_head(self, width: int) -> list[Content]:
        days = list(self._view.by_day.values()) if self._view is not None else []
        return show(active_days_finding(days, self._workspace.today), "bold").wrap(width)
