"""What if: minutes a day and known items after a year, at other retentions and paces."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.worker import Worker, WorkerState

from quiz.services.planning import WhatIf, year_to_simulate
from quiz.tui.bindings import bar_key
from quiz.tui.statistics.page import StatisticsPage
from quiz.tui.text import join, show
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.text_lines import Figures
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"
STEP = 5
"""By how many new items a day a key changes the pace."""
MOST_NEW = 9_999


class WhatIfScreen(StatisticsPage):
    """A year of study, simulated with the learner's own memory."""

    CSS_PATH = "what_if.tcss"
    name_shown = "What if"
    about = (
        "A year of study, simulated: your items as you know them now, your memory as the schedule has it, and"
        " as long for an answer as it took you lately. A higher retention keeps more, and asks more of you."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("what-if.settle", "s", "settle", "Set suggested", "Set the retention suggested"),
        bar_key("what-if.more", "plus,equals_sign", "more(1)", "More new", "More new questions a day", "+"),
        bar_key("what-if.fewer", "minus", "more(-1)", "Fewer", "Fewer new questions a day", "−"),
        bar_key("what-if.close", "escape,q", "close", "Back", "Back to where you were"),
    ]

    view: WhatIf | None = None

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.new_per_day = workspace.config.new_per_day

    def compose(self) -> ComposeResult:
        """Lay out the table."""
        yield TopLine()
        with VerticalScroll(id="page"):
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
        for each in view.outcomes:
            figures = f"{each.minutes_per_day:>9.1f}{each.known:>8,.0f}{each.reviews:>9,}"
            marks = " suggested" * (each == best) + " as set" * (each.retention == now.retention)
            style = "bold" if marks else ""
            lines.append(join((f"{f'{each.retention:.0%}':>5}{figures}", style), (marks, "$text-success")))
        said = (
            f"With {view.items:,} questions and {view.new_per_day:,} new a day, {best.retention:.0%} takes"
            f" the least time for each question known. As set, {now.retention:.0%}:"
            f" {now.minutes_per_day:.1f} minutes a day, {now.known:,.0f} known after a year."
        )
        return [*lines, Content(), *show(said).wrap(width)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to set the suggested retention only if it differs from the present one."""
        if action != "settle":
            return True
        return self.view is not None and self.view.suggested.retention != self.workspace.config.retention

    def action_settle(self) -> None:
        """Set the suggested retention."""
        if self.view is not None:
            self.workspace.set("retention", self.view.suggested.retention)
            self.show_again()

    def action_more(self, steps: int) -> None:
        """Change how many new items a day are simulated."""
        self.new_per_day = max(0, min(MOST_NEW, self.new_per_day + steps * STEP))
        self.show_again()
