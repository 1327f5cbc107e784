"""The result of an exam: points, topics, times, earlier exams, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Digits, Static

from quiz.core.item_result import points_text
from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.study_filter import StudyFilter
from quiz.core.text.phrases import count
from quiz.services.exam.results import finished_exam, result_of_exam
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.exam.result_lines import (
    certainty_lines,
    earlier_lines,
    item_lines,
    missed_line,
    summary_lines,
    topic_lines,
)
from quiz.tui.held_keys import HeldKeyGuard
from quiz.tui.routes import ExamReview, SetUpExam, Study
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.text_lines import Figures
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class ExamResultScreen(BaseScreen[None]):
    """Shows what an exam that was handed in came to, right after it or years later."""

    CSS_PATH = "result.tcss"
    AUTO_FOCUS = "#page"
    name_shown = "Exam result"
    about = "How the exam went. The review explains every item."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("exam-result.review", "enter,v", "review", "Review", "Look at every item", "⏎"),
        bar_key("exam-result.retry", "r", "retry", "Retry missed", "Study just the missed items now"),
        bar_key("exam-result.again", "t", "again", "Another exam", "Set up another exam"),
        bar_key("exam-result.close", "escape,q", "close", "Close", "Back"),
    ]

    def __init__(self, workspace: Workspace, session_id: str) -> None:
        super().__init__()
        self.workspace = workspace
        self.session = finished_exam(workspace, session_id)
        self.result = result_of_exam(workspace, self.session)
        self._guard = HeldKeyGuard()
        self._guard.shown(workspace.clock.passed())

    def compose(self) -> ComposeResult:
        """Lay out the large figures, two columns, and the items beneath."""
        result = self.result
        top = TopLine()
        top.left = join((self._title(), "bold"), (" · exam result", "$foreground-muted"))
        started = moment(result.started).astimezone(zone_of(result.zone))
        top.right = show_line(f"{started.day} {started:%b %Y, %H:%M}")
        yield top
        with VerticalScroll(id="page"):
            with Horizontal(id="score"):
                with Horizontal(id="large"):
                    yield Digits(result.per_cent.removeprefix("< "), id="per-cent", classes=self._tone())
                    yield Static(show("%"), classes="unit")
                    yield Digits(points_text(round(result.points, 1)), id="points")
                    yield Static(show(f"of {points_text(result.out_of)} points"), classes="unit")
                yield Figures(lambda width: summary_lines(result, width), id="summary")
            with Horizontal(id="columns"):
                yield Figures(lambda width: topic_lines(result, width), id="topics")
                with Vertical(id="beside"):
                    yield Figures(lambda width: earlier_lines(result, width), id="earlier")
                    if result.has_marks:
                        yield Figures(lambda width: certainty_lines(result, width), id="certainty")
            yield Static(missed_line(result), id="next")
            yield Figures(lambda width: item_lines(result, width), id="items")
            yield Static(
                show_line(f"Score sheet: quiz result {result.session} --format md", "$foreground-muted"),
                id="sheet",
            )
        yield KeyBar()

    def _title(self) -> str:
        banks = self.result.banks
        return banks[0] if len(banks) == 1 else count(len(banks), "bank")

    def _tone(self) -> str:
        """Return the class that colours the per cent by the pass mark; its word stands beside it."""
        return {True: "passed", False: "failed", None: ""}[self.result.has_passed]

    def action_review(self) -> None:
        """Look at every item, unless the result has only just appeared under a key held down."""
        if not self._guard.is_unread(self.workspace.clock.passed()):
            self.go(ExamReview(self.result.session))

    def action_retry(self) -> None:
        """Study just the missed items."""
        self.go(Study(StudyFilter(banks=self.session.header.banks), tuple(self.result.missed)))

    def action_again(self) -> None:
        """Set up another exam on the same banks."""
        self.go(SetUpExam(self.session.header.banks), in_place=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to look at."""
        if action == "retry":
            return bool(self.result.missed)
        if action == "review":
            return bool(self.result.items)
        return super().check_action(action, parameters)
