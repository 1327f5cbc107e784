"""By a date: what to answer on which day so that recall is highest on the day of an exam."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.worker import get_current_worker

from quiz.core.content.item_ref import ItemRef
from quiz.core.study_filter import Purpose, StudyFilter
from quiz.core.text.phrases import count, per_cent
from quiz.errors import QuizError, UsageError
from quiz.services.planning import ExamPlan, exam_plan
from quiz.tui.bindings import bar_key
from quiz.tui.routes import AskText, Study
from quiz.tui.statistics.page import StatisticsPage
from quiz.tui.text import join, show
from quiz.tui.widgets.bars import bar
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"
USUAL_DAYS, USUAL_PER_DAY, STEP = 14, 30, 5
MOST_PER_DAY = 9_999


class ExamPlanScreen(StatisticsPage):
    """A plan until a day, with what it leaves undone."""

    CSS_PATH = "what_if.tcss"
    name_shown = "By a date"
    about = (
        "What to answer on each day until an exam so that you recall most on the day, with so many answers a"
        " day. What there is no room for is said, and so is what will not be safe all the same."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key(
            "exam-plan.study", "enter,s", "study", "Study today's", "Study what is planned for today", "⏎"
        ),
        bar_key("exam-plan.date", "d", "date", "Date", "Choose the day of the exam"),
        bar_key("exam-plan.more", "plus,equals_sign", "more(1)", "More a day", "More answers a day", "+"),
        bar_key("exam-plan.fewer", "minus", "more(-1)", "Fewer", "Fewer answers a day", "−"),
        bar_key("exam-plan.close", "escape,q", "close", "Back", "Back to where you were"),
    ]

    view: ExamPlan | None = None

    def __init__(self, workspace: Workspace, banks: Sequence[str] = ()) -> None:
        super().__init__(workspace)
        self.banks = tuple(banks)
        self.day = workspace.today + timedelta(days=USUAL_DAYS)
        self.per_day = USUAL_PER_DAY

    def compose(self) -> ComposeResult:
        """Lay out the plan."""
        yield TopLine()
        with VerticalScroll(id="page"):
            yield Figures(self._lines)
        yield KeyBar()

    def read(self) -> None:
        """Begin to plan."""
        self._plan(self.day, self.per_day)

    @work(thread=True, exclusive=True)
    def _plan(self, day: date, per_day: int) -> None:
        """Plan off the loop; what another plan has overtaken is not shown."""
        worker = get_current_worker()
        try:
            told = exam_plan(self.workspace, self.banks, day, per_day)
        except QuizError as error:
            self.app.call_from_thread(self.refuse, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, told)

    def _take(self, told: ExamPlan) -> None:
        if self.is_attached:
            self.view = told
            self.show_figures()
            self.refresh_bindings()

    def show_figures(self) -> None:
        """Show the plan."""
        said = f"{self.day:%A} {self.day.day} {self.day:%B} · at most {self.per_day:,} a day"
        self.title_line(join(("By a date", "bold $foreground")), said)
        self.query_one(Figures).refresh(layout=True)

    def _lines(self, width: int) -> list[Content]:
        view = self.view
        if view is None:
            return show("Planning…", MUTED).wrap(width)
        answers = sum(len(day.items) for day in view.days)
        said = (
            f"{count(answers, 'answer')} until then; {view.known:,.0f} of {count(view.items, 'question')}"
            f" known on the day, {view.known_without:,.0f} without another answer."
        )
        most = max((len(day.items) for day in view.days), default=0) or 1
        lines = [*show(said, "bold").wrap(width), Content()]
        for day in view.days:
            number = len(day.items)
            size = bar(number / most, max(4, min(40, width - 20)), "$text-primary")
            lines.append(join((f"{day.day:%a %d %b}", MUTED), f"{number:>7,}  ", size))
        return [*lines, Content(), *(line for each in self._undone(view) for line in each.wrap(width))]

    @staticmethod
    def _undone(view: ExamPlan) -> list[Content]:
        """Say what the plan leaves undone."""
        found = []
        if view.not_reached:
            left = count(len(view.not_reached), "new question")
            found.append(
                show(
                    f"Left undone: {left} that there is no room for. More a day would reach them.",
                    "$text-warning",
                )
            )
        if view.unsafe:
            found.append(
                show(
                    f"Below {per_cent(view.aim)} on the day all the same:"
                    f" {count(len(view.unsafe), 'question')}.",
                    "$text-warning",
                )
            )
        return found or [show("Nothing is left undone.", "$text-success")]

    @property
    def today(self) -> tuple[ItemRef, ...]:
        """What is planned for today."""
        return self.view.days[0].items if self.view is not None and self.view.days else ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to study only where something is planned for today."""
        return bool(self.today) if action == "study" else True

    def action_study(self) -> None:
        """Study what is planned for today; answers count."""
        if self.today:
            self.go(Study(StudyFilter(purpose=Purpose.AHEAD), self.today))

    def action_more(self, steps: int) -> None:
        """Change how many answers a day there is room for."""
        self.per_day = max(0, min(MOST_PER_DAY, self.per_day + steps * STEP))
        self.show_again()

    def action_date(self) -> None:
        """Ask for the day of the exam."""
        self.go(AskText("The day of the exam, such as 2026-12-12", self.day.isoformat()), self._set_day)

    def _set_day(self, written: str | None) -> None:
        if not written:
            return
        try:
            self.day = date.fromisoformat(written.strip())
        except ValueError:
            raise UsageError(f"“{written}” is no date: it wants one such as 2026-12-12.") from None
        self.show_again()
