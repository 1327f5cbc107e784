"""The result of an exam: points, topics, times, earlier exams, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content

from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.study_filter import StudyFilter
from quiz.core.text.phrases import only_or_count
from quiz.exchange.score_sheet import as_markdown
from quiz.services.exam.results import finished_exam, result_of_exam
from quiz.services.report_files import save_report
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.exam.exam_score import ExamScore
from quiz.tui.exam.result_lines import (
    certainty_lines,
    earlier_lines,
    missed_lines,
    question_lines,
    time_lines,
    topic_lines,
)
from quiz.tui.held_keys import HeldKeyGuard
from quiz.tui.routes import ExamReview, SetUpExam, Study
from quiz.tui.text import join, show_line
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


TIGHT_BELOW = 26
"""The height in cells below which the score has no empty rows."""
LOW_BELOW = 22
"""The height in cells below which the score is drawn without large digits."""


class ExamResultScreen(BaseScreen[None]):
    """Shows what an exam that was handed in came to, right after it or years later."""

    CSS_PATH = "result.tcss"
    AUTO_FOCUS = "#page"
    name_shown = "Exam result"
    about = "How the exam went. The review explains every question."
    closes_with = 0
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("exam-result.review", "enter,v", "review", "Review", "Look at every question", "⏎"),
        bar_key("exam-result.retry", "r", "retry", "Practise missed", "Study just what was missed"),
        bar_key("exam-result.again", "t", "again", "Another exam", "Set up another exam"),
        bar_key("exam-result.sheet", "e", "save", "Score sheet", "Write the score sheet into a file"),
        bar_key("exam-result.close", "escape,q", "close", "Back", "Back to where you were"),
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
        top.left = join((self._title(), "bold $foreground"), (" · exam", "$foreground-muted"))
        started = moment(result.started).astimezone(zone_of(result.zone))
        top.right = show_line(f"{started.day} {started:%B %Y, %H:%M}")
        yield top
        with VerticalScroll(id="page"):
            yield ExamScore(result)
            with Horizontal(id="columns"):
                with Vertical(id="questions"):
                    yield Figures(lambda width: question_lines(result, width), id="map")
                    if result.has_marks:
                        yield Figures(lambda width: certainty_lines(result, width), id="certainty")
                    yield Figures(self._missed, id="missed")
                    yield Figures(lambda width: time_lines(result, width), id="times")
                with Vertical(id="beside"):
                    yield Figures(lambda width: topic_lines(result, width), id="topics")
                    yield Figures(lambda width: earlier_lines(result, width), id="earlier")
        yield KeyBar()

    def on_resize(self) -> None:
        """Draw the score in fewer rows where the screen is low."""
        score, height = self.query_one(ExamScore), self.size.height
        score.set_class(height < TIGHT_BELOW, "-tight")
        score.set_class(height < LOW_BELOW, "-low")

    def _missed(self, width: int) -> list[Content]:
        return missed_lines(self.result, width, is_roomy=self.app.size.height >= TIGHT_BELOW)

    def _title(self) -> str:
        return only_or_count(self.result.banks, "bank")

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

    def action_save(self) -> None:
        """Write the score sheet into a file where one stands."""
        path = save_report(self.result, as_markdown(self.result), "md", self.workspace.record.path)
        self.notify(f"Written: {path}", title="Score sheet")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to look at."""
        if action == "retry":
            return bool(self.result.missed)
        if action == "review":
            return bool(self.result.items)
        return super().check_action(action, parameters)
