"""Statistics: a year at a glance, what was done and what is due, and how each bank is known."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one

from quiz.core.statistics.activity import calendar
from quiz.core.statistics.findings import active_days_finding
from quiz.errors import BankError
from quiz.services.home import bank_topics
from quiz.services.statistics import A_YEAR, bank_figures, hours_of, overview_of
from quiz.tui.base_app import BaseApp
from quiz.tui.bindings import bar_key, key
from quiz.tui.routes import (
    BankStatistics,
    ChooseRow,
    Leeches,
    SessionList,
    ShowCalibration,
    ShowClassResults,
    ShowWhatIf,
)
from quiz.tui.statistics.learner_rows import learner_rows
from quiz.tui.statistics.overview_lines import bank_head, bank_row, listed_day_lines, listed_due_lines
from quiz.tui.statistics.overview_plots import (
    card_lines,
    day_lines,
    hardest_lines,
    hour_lines,
    recall_lines,
    topic_lines,
)
from quiz.tui.statistics.page import StatisticsPage
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.calendar_map import CalendarMap
from quiz.tui.widgets.due_lines import due_lines
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.core.statistics.bank_figures import BankFigures
    from quiz.core.statistics.overview import LearnerOverview
    from quiz.record.read_models import Learner
    from quiz.services.home import BankTopics
    from quiz.services.statistics import Hours

MUTED = "$foreground-muted"
BESIDE_FROM = 160
"""The width in cells from which topics and the hardest questions stand beside the rest, not beneath it."""
UNREAD = 8
"""How many rows the panel has before it is read."""
TALL = 50
"""The height in rows from which plots are higher."""


class StatisticsScreen(StatisticsPage):
    """The overview of a learner's record."""

    CSS_PATH = "overview.tcss"
    HORIZONTAL_BREAKPOINTS = [*BaseApp.HORIZONTAL_BREAKPOINTS, (BESIDE_FROM, "-beside")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [*BaseApp.VERTICAL_BREAKPOINTS, (TALL, "-tall-plots")]  # noqa: RUF012
    name_shown = "Statistics"
    about = (
        "What your record says. Open a bank to see its topics, exams and hardest questions. What a class did"
        " stands here too once there is a class list, which you can make when you set up a drill."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("statistics.open", "enter,o", "open", "Open", "Look at this bank", "⏎"),
        bar_key("statistics.more", "space", "more", "More", "Go down the page"),
        key("statistics.page-down", "pagedown", "scroll_by(1)", "Page down", "Go down a page", is_first=True),
        key("statistics.page-up", "pageup", "scroll_by(-1)", "Page up", "Go up a page", is_first=True),
        bar_key("statistics.calibration", "c", "calibration", "Calibration", "Prediction and outcome"),
        bar_key("statistics.what-if", "w", "what_if", "What if", "A year at other retentions"),
        bar_key("statistics.sessions", "h", "sessions", "Sessions", "Every session on record"),
        bar_key("statistics.leeches", "m", "leeches", "Mend", "See what will not stick, and mend it"),
        bar_key("statistics.class", "g", "class", "Class", "What a class did"),
        bar_key("statistics.learner", "l", "learner", "Learner", "Look at somebody else's record"),
        *StatisticsPage.WAYS_ON,
    ]

    banks = query_one("#banks", RowList)
    page = query_one("#page", VerticalScroll)
    view: LearnerOverview | None = None
    _when: Hours | None = None
    _bank_shown: BankFigures | None = None
    """The figures of the bank under the cursor, once the panel with its hardest questions is in sight."""
    _shown_of = ""
    """The bank that these are of, or that could not be read."""
    _topics: Sequence[BankTopics] | None = None
    """How well the topics of each bank are known; None before they are in sight."""
    _learners: Sequence[Learner] = ()
    _has_classes: bool = False

    def compose(self) -> ComposeResult:
        """Lay out the figures, the year, what is due, what was answered, and the banks."""
        yield TopLine()
        with VerticalScroll(id="page"):
            yield Figures(self._card, id="headline")
            with Horizontal(id="columns"):
                with Vertical(id="left"):
                    with Horizontal(id="ahead"):
                        with Vertical(id="year"):
                            yield Figures(self._year_head)
                            yield CalendarMap()
                        yield Figures(self._due, id="due")
                    with Vertical(id="listed"):
                        yield Figures(self._bank_head, id="head")
                        yield RowList(id="banks")
                    yield Figures(self._days, id="days")
                    with Horizontal(id="when"):
                        yield Figures(self._recall, id="recall")
                        yield Figures(self._hours, id="hours")
                yield Figures(self._bank, id="bank")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read what the panel at the foot says once the page is scrolled there."""
        self.watch(self.page, "scroll_y", self._scrolled, init=False)
        self.watch(self.page, "virtual_size", self._scrolled, init=False)

    def _scrolled(self) -> None:
        self.call_after_refresh(self._show_bank)
        self.refresh_bindings()

    def read(self) -> None:
        """Read the overview."""
        self.view = overview_of(self.workspace, self.learner)
        self._when = hours_of(self.workspace, self.learner)
        self._learners = self.workspace.record.learners()
        self._has_classes = bool(self.workspace.record.class_lists.all())
        self._topics, self._bank_shown, self._shown_of = None, None, ""

    @property
    def _is_tall(self) -> bool:
        """Whether there is room for higher plots."""
        return self.app.size.height >= TALL

    def show_figures(self) -> None:
        """Show the overview."""
        view = self.view
        if view is None:
            return
        self.title_line(
            join(("Statistics", "bold $foreground"), (f" · {self.whose}" if self.whose else "", MUTED)), ""
        )
        self.query_one(CalendarMap).show(calendar(view.by_day, view.today, A_YEAR))
        for figures in self.query(Figures):
            figures.refresh(layout=True)
        self._show_banks()

    def _card(self, width: int) -> list[Content]:
        return card_lines(self.view, width, is_low=self.has_class("-short")) if self.view else []

    def _year_head(self, width: int) -> list[Content]:
        view = self.view
        return show(active_days_finding(view.days, view.today), "bold").wrap(width) if view else []

    def _due(self, width: int) -> list[Content]:
        if self.view is None:
            return []
        if self.as_table:
            return listed_due_lines(self.view, width, self._most_listed)
        return due_lines(self.view.forecast, width, 5 if self._is_tall else 3)

    def _days(self, width: int) -> list[Content]:
        if self.view is None:
            return []
        if self.as_table:
            return listed_day_lines(self.view, width, self._most_listed)
        return day_lines(self.view, width, 8 if self._is_tall else 4)

    def _recall(self, width: int) -> list[Content]:
        return recall_lines(self.view, width, 5 if self._is_tall else 3) if self.view else []

    def _hours(self, width: int) -> list[Content]:
        return hour_lines(self._when, width, 5 if self._is_tall else 3) if self._when else []

    def _bank(self, width: int) -> list[Content]:
        if not self._shown_of:
            return [Content()] * UNREAD
        topics = topic_lines(self._topics or (), width)
        hardest = hardest_lines(self._bank_shown, width) if self._bank_shown else []
        return [*topics, *([Content(), Content()] if topics and hardest else []), *hardest]

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Show the bank under the cursor in its panel."""
        super().on_row_list_highlighted(event)
        self._show_bank()

    def _show_bank(self) -> None:
        """Read what the panel says of the bank under the cursor; nothing before the panel is in sight."""
        row, panel = self.banks.current, self.query_one("#bank", Figures)
        if row is None or row.key == self._shown_of or not self._is_panel_seen(panel):
            return
        if self._topics is None:
            self._topics = bank_topics(self.workspace, self.learner)
        self._bank_shown = None
        with suppress(BankError):  # what is wrong with its file is said where it is opened
            self._bank_shown = bank_figures(self.workspace, row.key, self.learner)
        self._shown_of = row.key
        panel.refresh(layout=True)

    def _is_panel_seen(self, panel: Figures) -> bool:
        """Whether the panel is beside the rest, or was scrolled to, or all of the page is in sight."""
        if self.size.width >= BESIDE_FROM:
            return True
        further, is_scrolled = self.page.max_scroll_y - self.page.scroll_y, self.page.scroll_y > 0
        return further < panel.size.height and (is_scrolled or not further)

    @property
    def _most_listed(self) -> int:
        """How many days a table lists: all that were asked for, but few where a plot found no room."""
        return len(self.view.recent) if self.as_table and self.view else 7

    def on_resize(self) -> None:
        """Rows have the columns that there is room for, and a large screen says more of the bank."""
        if self.view is not None:
            if self.size.width < BESIDE_FROM:
                self._bank_shown, self._shown_of = None, ""
                self.query_one("#bank", Figures).refresh(layout=True)
            self.query_one("#headline", Figures).refresh()  # on a low screen it has other lines, but as many
            self.call_after_refresh(self._show_banks)
            self.call_after_refresh(self._show_bank)

    def _show_banks(self) -> None:
        view = self.view
        if view is None:
            return
        width = self.banks.size.width or self.size.width - 4
        rows = [ListRow(line.bank, show_line(line.title), bank_row(line, width)) for line in view.banks]
        self.banks.styles.height = max(1, min(len(rows), self.app.size.height // 4))
        self.banks.show_rows(rows)

    def _bank_head(self, width: int) -> list[Content]:
        return [bank_head(width)]

    def action_more(self) -> None:
        """Go down a page."""
        self.action_scroll_by(1)

    def action_scroll_by(self, pages: int) -> None:
        """Scroll by pages."""
        self.page.scroll_relative(y=pages * (self.page.size.height - 1), animate=False)

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
        self.go(ShowWhatIf())

    def action_calibration(self) -> None:
        """Compare what was predicted with what happened."""
        self.go(ShowCalibration(self.learner, as_table=self.as_table))

    def action_sessions(self) -> None:
        """Look at every session on record."""
        self.go(SessionList(self.learner))

    def action_leeches(self) -> None:
        """See what will not stick."""
        self.go(Leeches(self.learner))

    def action_learner(self) -> None:
        """Choose whose record to look at."""
        self._learners = self.workspace.record.learners()
        self.go(ChooseRow("Whose record?", learner_rows(self._learners), self.learner.id), self._look_at)

    def _look_at(self, learner_id: str | None) -> None:
        for learner in self._learners:
            if learner.id == learner_id:
                self.learner = learner
                self.show_again()

    def action_class(self) -> None:
        """Look at a class, which is chosen where there are several."""
        classes = self.workspace.record.class_lists.all()
        if len(classes) == 1:
            self.go(ShowClassResults(classes[0]))
            return
        rows = [ListRow(one.id, show_line(one.name)) for one in classes]
        self.go(ChooseRow("Which class?", rows), self._look_at_class)

    def _look_at_class(self, class_id: str | None) -> None:
        class_list = self.workspace.record.class_lists.by_id(class_id or "")
        if class_list is not None:
            self.go(ShowClassResults(class_list))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer other learners only where there are some, and a bank only where there is one."""
        if action == "learner":
            return len(self._learners) > 1
        if action == "leeches":
            return self.view is not None and any(line.knowledge.leeches for line in self.view.banks)
        if action == "class":
            return self._has_classes
        if action == "more":
            return self.is_mounted and not self.page.is_vertical_scroll_end
        if action == "open":
            return self.is_mounted and self.banks.current is not None
        return super().check_action(action, parameters)
