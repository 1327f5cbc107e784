"""What the screens of statistics share: whose figures they show, plots or tables, and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region

from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.text import show_line
from quiz.tui.widgets.chart import Chart
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.row_list import RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace


WIDE, TALL = 80, 40
"""The size in cells from which charts may grow."""
PAGE_STEP = 4
"""By how many rows the page goes on where a list ends."""


class StatisticsPage(BaseScreen[None]):
    """A screen of figures. A subclass reads them in `read` and shows them in `show_figures`."""

    AUTO_FOCUS = ""
    WAYS_ON: ClassVar[list[BindingType]] = [
        bar_key("statistics.table", "t", "toggle_table", "Table", "Plots as tables, and back"),
        bar_key("statistics.close", "escape,q", "close", "Back", "Back to where you were"),
    ]
    """What every subclass ends its bindings with."""

    def __init__(self, workspace: Workspace, learner: Learner | None = None, as_table: bool = False) -> None:
        super().__init__()
        self.workspace = workspace
        self.learner = learner or workspace.learner
        self.as_table = as_table
        self._was_left = False
        self.whose = ""
        """The learner's name, where the record is not of one learner alone."""

    def on_mount(self) -> None:
        """Read and show the figures."""
        self.call_after_refresh(self._focus_first)
        self.show_again()

    def on_screen_suspend(self) -> None:
        """Remember that something may change meanwhile."""
        self._was_left = True

    def on_screen_resume(self) -> None:
        """Show how things stand after whatever was done elsewhere."""
        if self._was_left:
            self.show_again()

    def on_resize(self) -> None:
        """Give charts a share of a tall screen; a subclass's own handler comes in addition."""
        width, height = self.size
        for charts in self.query("#charts"):
            charts.styles.min_height = height // 4 if width >= WIDE and height >= TALL else None

    def show_again(self) -> None:
        """Read the figures anew and show them; nothing changes where they cannot be read."""
        self._show_tables()
        self.read()
        is_shared = len(self.workspace.record.learners()) > 1
        self.whose = self.learner.name if is_shared else ""
        self.show_figures()
        self.refresh_bindings()

    def read(self) -> None:
        """Read the figures. May raise QuizError."""
        raise NotImplementedError

    def show_figures(self) -> None:
        """Show the figures that were read."""
        raise NotImplementedError

    def title_line(self, left: Content, right: str) -> None:
        """Show where one is and how things stand."""
        top = self.query_one(TopLine)
        top.left, top.right = left, show_line(right)

    def _focus_first(self) -> None:
        """Give the focus to the list, but to the page where most of it is out of sight."""
        page = self.query_one("#page", VerticalScroll)
        lists = list(self.query(RowList))
        seen = page.region.intersection(lists[0].region).height if lists else 0
        is_near = bool(lists) and seen * 2 >= max(1, lists[0].region.height)
        (lists[0] if is_near else page).focus(scroll_visible=False)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Keep the row under the cursor in sight of the page."""
        row_list = event.row_list
        page = self.query_one("#page", VerticalScroll)
        if not row_list.has_focus:
            return
        if row_list.cursor == 0:
            page.scroll_home(animate=False)
        else:
            place = row_list.region.y - page.region.y + page.scroll_offset.y
            place += row_list.cursor - row_list.scroll_offset.y
            page.scroll_to_region(Region(0, place, 1, 1), animate=False)

    def on_row_list_ended(self, event: RowList.Ended) -> None:
        """Let the page go on where the list ends."""
        self.query_one("#page", VerticalScroll).scroll_relative(y=event.by * PAGE_STEP, animate=False)

    def action_toggle_table(self) -> None:
        """Show plots as tables, or tables as plots."""
        self.as_table = not self.as_table
        self._show_tables()

    def _show_tables(self) -> None:
        self.set_class(self.as_table, "-tables")
        for chart in self.query(Chart):
            chart.is_table = self.as_table
        for figures in self.query(Figures):
            figures.refresh(layout=True)
