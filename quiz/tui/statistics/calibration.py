"""Calibration: how well recall and confidence were predicted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quiz.core.scheduling.study_day import day_of
from quiz.core.statistics.calibration import (
    is_off,
    mending_act,
    mending_retention,
    verdict_on,
    verdict_on_confidence,
    verdict_on_own,
)
from quiz.core.text.phrases import per_cent
from quiz.services.own_parameters.training import take_back, training_in
from quiz.services.statistics import calibration_of
from quiz.tui.available_actions import key_label
from quiz.tui.bindings import bar_key
from quiz.tui.routes import ChooseRow, ShowWhatIf
from quiz.tui.statistics.calibration_lines import (
    confidence_lines,
    recall_lines,
    reliability_lines,
    reliability_trace,
)
from quiz.tui.statistics.page import StatisticsPage
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.chart import Chart
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.statistics.calibration import Calibration
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace

ALL = "all"


class CalibrationScreen(StatisticsPage):
    """How well calibrated are the learner and the schedule?"""

    CSS_PATH = "calibration.tcss"
    name_shown = "Calibration"
    about = (
        "Before every review the schedule predicts the chance of recall. If it is right, nine in ten of the"
        " questions given 90 % are recalled: the dots lie on the line. Log loss is 0 where every prediction"
        " was certain and right; RMSE(bins) is how far predictions are off on average. Lower is better for"
        " both."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("calibration.bank", "b", "bank", "Bank", "Look at one bank, or at all"),
        bar_key(
            "calibration.take-back", "u", "take_back", "Undo fit", "Schedule as before it was fitted to you"
        ),
        bar_key(
            "calibration.mend", "m", "what_if", "What if", "See what another retention would do, and set it"
        ),
        *StatisticsPage.WAYS_ON,
    ]

    view: Calibration | None = None

    def __init__(
        self,
        workspace: Workspace,
        learner: Learner | None = None,
        bank: str | None = None,
        as_table: bool = False,
    ) -> None:
        super().__init__(workspace, learner, as_table=as_table)
        self.bank = bank

    def compose(self) -> ComposeResult:
        """Lay out the plot with its figures beside it, and the learner's confidence beneath."""
        yield TopLine()
        with VerticalScroll(id="page"):
            yield Static(id="verdict")
            yield Static(id="own")
            with Horizontal(id="charts"):
                yield Chart("Recall: predicted and actual", id="reliability")
                with Vertical(id="recall", classes="panel"):
                    yield Figures(self._recall)
            with Vertical(id="confidence", classes="panel"):
                yield Figures(self._confidence)
        yield KeyBar()

    def read(self) -> None:
        """Read the figures."""
        self.view = calibration_of(self.workspace, self.learner, self.bank)

    def show_figures(self) -> None:
        """Show the figures."""
        view = self.view
        if view is None:
            return
        title = self._titles().get(self.bank or "", self.bank or "") or "All banks"
        self.title_line(
            join((title, "bold $foreground"), (" · calibration", "$foreground-muted")), self.whose
        )
        own = self.query_one("#own", Static)
        own.display = view.own is not None
        if view.own is not None:
            adopted = day_of(view.own.since, self.workspace.zone, self.workspace.config.day_starts_at)
            own.update(show(verdict_on_own(view.own, adopted)))
        act = mending_act(view, training_in(self.workspace, self.learner))
        said = join((verdict_on(view.recall), "bold"), f" {act}" if act else "")
        if act and is_off(view.recall) and self._mending is not None:
            key = key_label(self, "calibration.mend")
            said = join(
                said, " ", (key, "bold $text-accent"), f" shows {per_cent(self._mending)}, and sets it"
            )
        self.query_one("#verdict", Static).update(said)
        chart = self.query_one("#reliability", Chart)
        chart.show(
            reliability_trace(view), lambda width: reliability_lines(view, width), "● actual  · as predicted"
        )
        recall = self.query_one("#recall")
        recall.display = view.recall.reviews > 0
        self.set_class(not recall.display, "-unreviewed")
        recall.border_title = Content("In figures")
        self.query_one("#confidence").border_title = Content("When you say how sure you are")
        for figures in self.query(Figures):
            figures.refresh(layout=True)

    def _recall(self, width: int) -> list[Content]:
        return recall_lines(self.view, width) if self.view else []

    def _confidence(self, width: int) -> list[Content]:
        if self.view is None:
            return []
        verdict = show(verdict_on_confidence(self.view.confidence))
        return [*confidence_lines(self.view, width), *verdict.wrap(width)]

    def _titles(self) -> dict[str, str]:
        return {bank.id: bank.title for bank in self.workspace.library.usable()}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to discard the learner's own parameters only if there are any."""
        return action != "take_back" or (self.view is not None and self.view.own is not None)

    def action_take_back(self) -> None:
        """Schedule again as before the present parameters were adopted."""
        is_taken_back = take_back(self.workspace, self.learner)
        if is_taken_back:
            self.notify("From the next session on, the schedule is as it was before.")
        self.show_again()

    @property
    def _mending(self) -> float | None:
        """The retention that would bring recall to what is aimed for; None where nothing is off."""
        if self.view is None or not is_off(self.view.recall):
            return None
        return mending_retention(self.view.recall, self.workspace.config.retention)

    def action_what_if(self) -> None:
        """Look at what another retention would come to."""
        self.go(ShowWhatIf(self._mending))

    def action_bank(self) -> None:
        """Choose a bank."""
        rows = [ListRow(ALL, show_line("All banks"))]
        rows += [ListRow(f"bank/{bank}", show_line(title)) for bank, title in self._titles().items()]
        chosen = f"bank/{self.bank}" if self.bank else ALL
        self.go(ChooseRow("Which bank?", rows, chosen), self._look_at)

    def _look_at(self, key: str | None) -> None:
        if key is not None:
            self.bank = None if key == ALL else key.partition("/")[2]
            self.show_again()
