"""The end of a study session: what was learned, what comes back when, and what is worth another look."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quiz.core.statistics.streak import streak
from quiz.core.study.result import StudyResult, WorthAnother, study_result
from quiz.core.text.phrases import clock, count, day_name
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.held_keys import HeldKeyGuard
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.bars import bar
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import Workspace


class ResultsScreen(BaseScreen[str]):
    """Shown once nothing is left to ask. It returns “undo” to take the last answer back."""

    CSS_PATH = "results.tcss"
    AUTO_FOCUS = "#page"
    name_shown = "Results"
    about = "How the session went."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("results.close", "enter,escape,q", "close", "Home", "Back to the banks"),
        bar_key("results.undo", "u", "undo", "Undo", "Take the last answer back"),
        bar_key("results.more", "m", "more", "Study more", "Study what else there is today"),
    ]

    def __init__(self, workspace: Workspace, live: LiveStudy) -> None:
        super().__init__()
        self.workspace = workspace
        self.live = live
        self._guard = HeldKeyGuard()
        self._guard.shown(workspace.clock.passed())

    def compose(self) -> ComposeResult:
        """Show two columns of figures, and what is worth another look beneath."""
        session = self.live.session
        memories = self.workspace.record.memories(self.workspace.learner.id, session.header.banks)
        result = study_result(session, memories, self.live.now(), self.workspace.config.day_starts_at)
        days = streak(self.workspace.record.days_active(self.workspace.learner.id), self.workspace.today).days
        top = TopLine()
        top.left = show("Session finished", "bold")
        top.right = show_line(f"{days}-day streak" if days else "")
        yield top
        with VerticalScroll(id="page"):
            yield Static(self._headline(result), id="headline")
            with Horizontal(id="columns"):
                yield Static(self._figures(result), id="figures")
                yield Static(self._forecast(result), id="forecast")
            yield from self._worth(result.worth)
        yield KeyBar()

    def _headline(self, result: StudyResult) -> Content:
        if not result.asked:
            return show("Nothing was answered.", "bold")
        percent = round(result.score * 100)
        return join(
            (f"{result.right_at_once} of {result.asked}", "bold $text-accent"),
            (" right at the first try ", "bold"),
            (f"({percent} %)", "$foreground-muted"),
        )

    @staticmethod
    def _figures(result: StudyResult) -> Content:
        rows = [
            ("New items learned", str(len(result.learnt))),
            ("Answers given", str(result.attempts)),
            ("Time answering", clock(result.duration_ms)),
        ]
        if result.overrides:
            rows.append(("Counted as right by you", str(result.overrides)))
        if result.sure:
            rows.append(("Sure and right", f"{result.sure_and_right} of {result.sure}"))
        lines = [join((f"{name:<26}", "$foreground-muted"), f"{value:>8}") for name, value in rows]
        return Content("\n").join([show("This session", "bold"), *lines])

    def _forecast(self, result: StudyResult) -> Content:
        most = max((number for _, number in result.forecast), default=0)
        lines = [show("Comes back", "bold")]
        today = self.workspace.today
        for day, number in result.forecast:
            name = f"{day_name(day, today) if (day - today).days == 1 else day.strftime('%A'):<10}"
            size = bar(number / most if most else 0.0, 16, "$text-accent", "$background")
            lines.append(
                join((name, "$foreground-muted"), size if number else show(" " * 16), f" {number or '·':>3}")
            )
        if result.later:
            lines.append(join(("later     ", "$foreground-muted"), " " * 16, f" {result.later:>3}"))
        return Content("\n").join(lines)

    @staticmethod
    def _worth(items: tuple[WorthAnother, ...]) -> ComposeResult:
        """Yield what is worth another look, each item with its key and its rationale."""
        if not items:
            yield Static(join(("✓ ", "$text-success"), "Nothing was missed."))
            return
        yield Static(show(f"Worth another look: {count(len(items), 'item')}", "bold"))
        for item in items:
            sign = ("✗ ", "$text-error") if item.misses else ("⚑ ", "$text-warning")
            marks = "".join(f"  {mark}" for mark in _marks(item))
            yield Static(join(sign, (item.stem, "bold"), (marks, "$text-warning")), classes="missed")
            key = join(("✓ ", "$text-success"), item.key)
            why = show(item.rationale, "$foreground-muted")
            yield Static(Content("\n").join([key, why] if item.rationale else [key]), classes="answer")

    def action_close(self) -> None:
        """Go back to the banks, unless the results have only just appeared under a key held down."""
        if not self._guard.is_unread(self.workspace.clock.passed()):
            self.dismiss("")

    def action_undo(self) -> None:
        """Take the last answer back."""
        self.dismiss("undo")

    def action_more(self) -> None:
        """Study what else there is today."""
        self.dismiss("more")


def _marks(item: WorthAnother) -> list[str]:
    """Return what is remarkable about an item."""
    marks = {
        "sure and wrong": item.was_sure,
        f"missed {item.misses} times": item.misses > 1,
        "⚑ flagged": item.is_flagged and item.misses > 0,
        "a leech: mend it or suspend it": item.is_leech,
    }
    return [mark for mark, is_so in marks.items() if is_so]
