"""What if: minutes a day and known items after a year, at other retentions and paces."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.worker import Worker, WorkerState

from quiz.core.text.phrases import per_cent
from quiz.services.planning import WhatIf, year_to_simulate
from quiz.tui.bindings import bar_key, key
from quiz.tui.statistics.page import StatisticsPage
from quiz.tui.text import join, show
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"
STEP = 5
"""By how many new items a day a key changes the pace."""
MOST_NEW = 9_999
WITH_WORDS = 41
"""The width in cells from which a row's mark is a whole word."""


class WhatIfScreen(StatisticsPage):
    """A year of study, simulated with the learner's own memory."""

    CSS_PATH = "what_if.tcss"
    name_shown = "What if"
    about = (
        "A year of study, simulated: your questions as you know them now, your memory as the schedule has it,"
        " and as long for an answer as it took you lately. A higher retention keeps more, and asks more of"
        " you. Arrows go to another one, enter sets it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("what-if.settle", "enter,s", "settle", "Set", "Set the retention that is marked", "⏎"),
        key("what-if.lower", "up,k", "mark(-1)", "Lower", "Mark a lower retention"),
        key("what-if.higher", "down,j", "mark(1)", "Higher", "Mark a higher retention"),
        bar_key("what-if.more", "plus,equals_sign", "more(1)", "More new", "More new questions a day", "+"),
        bar_key("what-if.fewer", "minus", "more(-1)", "Fewer", "Fewer new questions a day", "−"),
        bar_key("what-if.close", "escape,q", "close", "Back", "Back to where you were"),
    ]

    view: WhatIf | None = None

    def __init__(self, workspace: Workspace, marked: float | None = None) -> None:
        super().__init__(workspace)
        self.new_per_day = workspace.config.new_per_day
        self._marked = marked
        """The retention that was marked, if it is not the one suggested."""

    @property
    def marked(self) -> float | None:
        """The retention that is set next; None until the year is simulated."""
        if self.view is None:
            return None
        is_there = any(each.retention == self._marked for each in self.view.outcomes)
        return self._marked if is_there else self.view.suggested.retention

    def compose(self) -> ComposeResult:
        """Lay out the table."""
        yield TopLine()
        with VerticalScroll(id="page", can_focus=False):
            yield Figures(self._lines)
        yield KeyBar()

    def read(self) -> None:
        """Read the data, and start the simulation."""
        self._simulate(year_to_simulate(self.workspace, new_per_day=self.new_per_day))

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _simulate(self, simulate: Callable[[], WhatIf]) -> WhatIf:
        return simulate()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show the result of the simulation."""
        if event.state is WorkerState.SUCCESS and isinstance(event.worker.result, WhatIf):
            self.view = event.worker.result
            self.show_figures()
            self.refresh_bindings()

    def show_figures(self) -> None:
        """Show the table."""
        self.title_line(join(("What if", "bold")), f"{self.new_per_day:,} new a day")
        self.query_one(Figures).refresh(layout=True)

    def _lines(self, width: int) -> list[Content]:
        if self.view is None:
            return show("Simulating a year…", MUTED).wrap(width)
        view = self.view
        now, best = view.present, view.suggested
        lines = [show(f"{'keep':>5}{'min/day':>9}{'known':>8}{'answers':>9}", MUTED)]
        suggested = " suggested" if width >= WITH_WORDS else " best"
        for each in view.outcomes:
            figures = f"{each.minutes_per_day:>9.1f}{each.known:>8,.0f}{each.reviews:>9,}"
            marks = suggested * (each == best) + " as set" * (each.retention == now.retention)
            style = "bold" if marks else ""
            pointer = ("▌" if each.retention == self.marked else " ", "$primary")
            row = (f"{per_cent(each.retention):>4}{figures}", style)
            lines.append(join(pointer, row, (marks, "$text-success")))
        said = (
            f"With {view.items:,} questions and {view.new_per_day:,} new a day,"
            f" {per_cent(best.retention)} takes the least time for each question known."
            f" As set, {per_cent(now.retention)}: {now.minutes_per_day:.1f} minutes a day,"
            f" {now.known:,.0f} known after a year."
        )
        return [*lines, Content(), *show(said).wrap(width)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to set the marked retention only if it differs from the present one."""
        if action != "settle":
            return True
        return self.marked not in {None, self.workspace.config.retention}

    def action_mark(self, by: int) -> None:
        """Mark the next retention, or the one before."""
        if self.view is not None:
            retentions = [each.retention for each in self.view.outcomes]
            now = next(place for place, each in enumerate(retentions) if each == self.marked)
            place = max(0, min(now + by, len(retentions) - 1))
            self._marked = retentions[place]
            page = self.query_one("#page", VerticalScroll)
            share = place / (len(retentions) - 1)
            page.scroll_to(y=round(share * page.max_scroll_y), animate=False)
            self.show_figures()
            self.refresh_bindings()

    def action_settle(self) -> None:
        """Set the marked retention."""
        marked, before = self.marked, self.workspace.config.retention
        if marked is not None:
            self._marked = marked
            self.workspace.set("retention", marked)
            self.notify(f"{per_cent(before)} → {per_cent(marked)}, from the next session on.")
            self.show_again()

    def action_more(self, steps: int) -> None:
        """Change how many new items a day are simulated."""
        self.new_per_day = max(0, min(MOST_NEW, self.new_per_day + steps * STEP))
        self.show_again()
