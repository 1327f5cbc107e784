"""The end of a study session: what was learned, what comes back when, and what is worth another look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from quiz.core.study.progress import progress
from quiz.core.study_filter import StudyFilter
from quiz.core.text.phrases import count
from quiz.services.study.daily_limits import TEN_MORE
from quiz.services.study.outcome import exam_on, study_outcome
from quiz.tui.available_actions import key_label
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.held_keys import HeldKeyGuard
from quiz.tui.routes import Leeches, SessionResult, SetUpExam, Study
from quiz.tui.study.result_lines import coming_lines, next_lines, right_lines, worth_lines
from quiz.tui.study.score_card import SessionScore
from quiz.tui.text import join, show_line
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import Workspace

MARGINS = 5
"""How many rows are empty around what was missed and what was right."""
TALL = 30
"""The height in rows from which there is room between the questions."""


class ResultsScreen(BaseScreen[Any]):
    """Shown once nothing is left to ask. It returns “undo”, the route to go on with, or nothing."""

    CSS_PATH = "results.tcss"
    AUTO_FOCUS = "#page"
    name_shown = "Results"
    about = "How the session went, and what comes back when."
    closes_with = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("results.close", "enter,escape,q", "close", "Back", "Back to where the session began", "⏎"),
        bar_key("results.more", "s", "more", "Study on", "Study what else there is today"),
        bar_key("results.practise", "r", "practise", "Practise missed", "Answer just what was missed again"),
        bar_key(
            "results.ten-more",
            "plus",
            "ten_more",
            "Ten more",
            "Study ten new questions beyond today's share",
            "+",
        ),
        bar_key("results.exam", "x", "exam", "Exam", "Take an exam on the topics of this session"),
        bar_key("results.leeches", "m", "leeches", "Mend", "See what will not stick, and mend it"),
        bar_key("results.review", "v", "review", "Review", "Look at every answer again"),
        bar_key("results.undo", "u", "undo", "Undo", "Take the last answer back"),
    ]

    def __init__(self, workspace: Workspace, live: LiveStudy) -> None:
        super().__init__()
        self.workspace = workspace
        self.live = live
        self.outcome = study_outcome(workspace, live)
        self._rows = 0
        """How many rows there are beneath the score, once they are laid out."""
        self._guard = HeldKeyGuard()
        self._guard.shown(workspace.clock.passed())

    def compose(self) -> ComposeResult:
        """Show the score, then what is worth another look beside what comes back."""
        title = progress(self.live.session).title
        left = join((title, "bold $foreground"), (" · session done", "$foreground-muted"))
        yield TopLine(left)
        yield SessionScore(self.outcome)
        with VerticalScroll(id="page"), Horizontal(id="columns"):
            yield Figures(self._worth, id="worth")
            yield Figures(self._coming, id="coming")
        yield KeyBar()

    def on_mount(self) -> None:
        """Let a streak that has become longer tick once the score is counted up."""
        self.watch(self.query_one(SessionScore), "counted", self._show_streak)

    def _show_streak(self, counted: float) -> None:
        outcome = self.outcome
        if not outcome.is_streak_longer:
            said = show_line(outcome.streak.in_words)
        elif counted < 1:
            said = show_line(outcome.streak_before.in_words)
        else:
            said = show_line(outcome.streak.in_words, "bold $text-success")
        self.query_one(TopLine).right = said

    def on_resize(self) -> None:
        """Draw the score for the height there is, and what is beneath it for the height that it leaves."""
        self.query_one(SessionScore).set_class(self.size.height < TALL, "-low")
        self.call_after_refresh(self._use_room)

    def _use_room(self) -> None:
        """Let questions take more rows where there are some."""
        rows = 0 if self.has_class("-narrow") else self.query_one("#page").size.height
        if rows != self._rows:
            self._rows = rows
            self.query_one("#worth").refresh(layout=True)

    def _worth(self, width: int) -> list[Content]:
        is_roomy = self.app.size.height >= TALL
        result = self.outcome.result
        lines = worth_lines(result.worth, width, is_roomy=is_roomy, rows=self._rows)
        right = right_lines(result, width, self._rows - len(lines) - MARGINS) if is_roomy else []
        return [*lines, *([Content(), Content()] if right else []), *right]

    def _coming(self, width: int) -> list[Content]:
        outcome = self.outcome
        more, leeches = min(TEN_MORE, outcome.today.new_waiting), outcome.leeches
        offers = {
            f"{more} more new now": "ten-more" if more else "",
            f"practise the {len(outcome.result.missed)} missed": "practise" if outcome.result.missed else "",
            f"{count(leeches, 'question')} to mend": "leeches" if leeches else "",
        }
        keys = {effect: key_label(self, f"results.{name}") for effect, name in offers.items() if name}
        lines = coming_lines(outcome, self.workspace.today, width)
        return [*lines, show_line(""), *next_lines(outcome, keys)]

    def action_close(self) -> None:
        """Go back to the banks, unless the results have only just appeared under a key held down."""
        if not self._guard.is_unread(self.workspace.clock.passed()):
            self.dismiss(None)

    def action_undo(self) -> None:
        """Take the last answer back."""
        self.dismiss("undo")

    def action_more(self) -> None:
        """Study what else there is today, in all banks."""
        self.dismiss(Study(StudyFilter()))

    def action_ten_more(self) -> None:
        """Study ten new questions beyond today's share."""
        self.dismiss(Study(StudyFilter(banks=self.outcome.more_from, more_new=TEN_MORE)))

    def action_practise(self) -> None:
        """Answer just what was missed again."""
        self.dismiss(Study(StudyFilter(), self.outcome.result.missed))

    def action_exam(self) -> None:
        """Set up an exam on what the session was about."""
        banks = tuple(dict.fromkeys(event.bank for event in self.live.session.attempts))
        self.dismiss(SetUpExam(banks, exam_on(self.workspace, self.live)))

    def action_leeches(self) -> None:
        """See what will not stick."""
        self.go(Leeches())

    def action_review(self) -> None:
        """Look at every answer again."""
        self.go(SessionResult(self.live.session.header.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to do after this session."""
        result = self.outcome.result
        match action:
            case "more":
                return not self.outcome.is_day_complete
            case "ten_more":
                return self.outcome.today.new_waiting > 0
            case "practise":
                return bool(result.missed)
            case "leeches":
                return self.outcome.leeches > 0
            case "exam" | "review":
                return bool(result.asked)
        return super().check_action(action, parameters)
