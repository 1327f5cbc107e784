"""An item's statistics: its forgetting curve, its responses, and every attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.statistics.item_figures import comes_back
from quiz.core.text.phrases import count
from quiz.services.statistics import item_figures, with_older_attempts
from quiz.services.suspension import set_suspended
from quiz.tui.available_actions import key_label
from quiz.tui.bindings import bar_key
from quiz.tui.routes import SessionResult
from quiz.tui.statistics.item_lines import (
    attempt_rows,
    curve_lines,
    curve_trace,
    figure_lines,
    response_lines,
)
from quiz.tui.statistics.page import StatisticsPage
from quiz.tui.text import join, show, show_marked
from quiz.tui.widgets.chart import Chart
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.content.item_ref import ItemRef
    from quiz.core.statistics.item_figures import ItemFigures
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace


NEAR = 40
"""How close to the end of the list the cursor must be for older attempts to be read."""


class ItemStatisticsScreen(StatisticsPage):
    """A learner's statistics on an item."""

    CSS_PATH = "item.tcss"
    name_shown = "Question statistics"
    about = "How likely you are to recall it as days go by, what was answered, and every attempt."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key(
            "item-statistics.open", "enter,o", "open", "Session", "Look at the session of this attempt", "⏎"
        ),
        bar_key("item-statistics.suspend", "at", "suspend", "Suspend", "Never ask this question again", "@"),
        bar_key("item-statistics.resume", "at", "resume", "Resume", "Ask this suspended question again", "@"),
        *StatisticsPage.WAYS_ON,
    ]

    attempts = query_one("#attempts", RowList)
    view: ItemFigures | None = None

    def __init__(
        self, workspace: Workspace, ref: ItemRef, learner: Learner | None = None, as_table: bool = False
    ) -> None:
        super().__init__(workspace, learner, as_table=as_table)
        self.ref = ref

    def compose(self) -> ComposeResult:
        """Lay out the item, its charts, and its attempts."""
        yield TopLine()
        with VerticalScroll(id="page"):
            yield Static(id="stem")
            yield Figures(self._figures, id="figures")
            with Horizontal(id="charts"):
                yield Chart("Chance of recall", id="curve")
                with Vertical(id="responses", classes="panel"):
                    yield Figures(self._responses)
            with Vertical(id="listed", classes="panel"):
                yield RowList(id="attempts")
        yield KeyBar()

    def read(self) -> None:
        """Read the item's figures."""
        self.view = item_figures(self.workspace, self.ref, self.learner)

    def show_figures(self) -> None:
        """Show the item's figures."""
        view = self.view
        if view is None:
            return
        self.title_line(
            join((view.bank_title, "bold $foreground"), (f" · {view.topic or 'item'}", "$foreground-muted")),
            " · ".join(part for part in (self.whose, self._comes_back(view)) if part),
        )
        gone = f"{self.ref.item} is no longer in its bank."
        lines = [show_marked(view.stem, view.markup, "bold") if view.stem else show(gone, "bold")]
        lines += [show(words, "$foreground-muted") for words in view.pictures]
        if view.key:
            lines.append(join(("Correct answer  ", "bold $text-success"), show_marked(view.key, view.markup)))
        self.query_one("#stem", Static).update(Content("\n").join(lines))
        self.query_one("#figures", Figures).refresh(layout=True)
        curve = self.query_one("#curve", Chart)
        curve.show(curve_trace(view), lambda width: curve_lines(view, width), "● now  ┊ due")
        self.query_one("#responses").border_title = Content("Answered")
        self.query_one("#responses Figures", Figures).refresh(layout=True)
        self._show_attempts()

    def _comes_back(self, view: ItemFigures) -> str:
        workspace = self.workspace
        return comes_back(view, workspace.today, workspace.zone, workspace.config.day_starts_at)

    def on_resize(self) -> None:
        """Redraw rows with the columns that fit."""
        if self.view is not None:
            self.call_after_refresh(self._show_attempts)

    def _show_attempts(self) -> None:
        view = self.view
        if view is not None:
            listed = "Attempts" if view.is_all else f"The last {count(len(view.lines), 'attempt')}"
            self.query_one("#listed").border_title = Content(listed)
            width = self.attempts.size.width or self.size.width - 4
            self.attempts.show_rows(attempt_rows(view, width))

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:  # noqa: ARG002
        """Read older attempts as the cursor nears the end, in addition to what the page does."""
        view = self.view
        if view is None or view.is_all or self.attempts.cursor < len(view.lines) - NEAR:
            return
        self.view = with_older_attempts(self.workspace, view, self.learner)
        self._show_attempts()

    def _figures(self, width: int) -> list[Content]:
        return figure_lines(self.view, width) if self.view else []

    def _responses(self, width: int) -> list[Content]:
        return response_lines(self.view, width) if self.view else []

    def on_row_list_chosen(self) -> None:
        """Open the session of the attempt that was chosen."""
        self.action_open()

    def action_open(self) -> None:
        """Open the session of the attempt under the cursor."""
        row = self.attempts.current
        if row is not None and row.is_enabled:
            self.go(SessionResult(row.key.partition("/")[0]))

    def action_suspend(self) -> None:
        """Suspend the item until it is resumed."""
        self._set_suspended(is_suspended=True)

    def action_resume(self) -> None:
        """Ask the item again."""
        self._set_suspended(is_suspended=False)

    def _set_suspended(self, *, is_suspended: bool) -> None:
        set_suspended(self.workspace, self.ref, self.learner, is_suspended=is_suspended)
        self.show_again()
        key = key_label(self, "item-statistics.suspend")
        self.notify_here(f"Suspended. {key} takes it back." if is_suspended else "Asked again from now on.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a session only if there is an attempt, and either suspending or resuming."""
        if action in {"suspend", "resume"}:
            return self.view is not None and self.view.is_suspended == (action == "resume")
        if action == "open":
            row = self.attempts.current if self.is_mounted else None
            return row is not None and row.is_enabled
        return super().check_action(action, parameters)
