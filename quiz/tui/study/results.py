"""The end of a study session: what was learned, what comes back when, and what is worth another look."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quiz.core.study.result import StudyResult, WorthAnother
from quiz.core.text.phrases import clock, count, day_name
from quiz.services.study.outcome import StudyOutcome, study_outcome
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
    """Shown once nothing is left to ask. It returns “undo”, “more”, “ten more” or nothing."""

    CSS_PATH = "results.tcss"
    AUTO_FOCUS = "#page"
    name_shown = "Results"
    about = "How the session went."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("results.close", "enter,escape,q", "close", "Home", "Back to the banks"),
        bar_key("results.undo", "u", "undo", "Undo", "Take the last answer back"),
        bar_key("results.more", "m", "more", "Study more", "Study what else there is today"),
        bar_key(
            "results.ten-more",
            "plus",
            "ten_more",
            "Ten more",
            "Study ten new items beyond today's share",
            "+",
        ),
    ]

    def __init__(self, workspace: Workspace, live: LiveStudy) -> None:
        super().__init__()
        self.workspace = workspace
        self.live = live
        self._outcome = study_outcome(workspace, live)
        self._guard = HeldKeyGuard()
        self._guard.shown(workspace.clock.passed())

    def compose(self) -> ComposeResult:
        """Show two columns of figures, and what is worth another look beneath."""
        outcome = self._outcome
        result, days = outcome.result, outcome.streak.days
        top = TopLine()
        top.left = show("Session finished", "bold")
        top.right = show_line(f"{days}-day streak" if days else "")
        yield top
        with VerticalScroll(id="page"):
            yield Static(self._headline(result), id="headline")
            with Horizontal(id="columns"):
                yield Static(self._figures(result), id="figures")
                yield Static(self._forecast(outcome), id="forecast")
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

    def _forecast(self, outcome: StudyOutcome) -> Content:
        today = self.workspace.today
        rows = [
            (day_name(told.day, today) if (told.day - today).days < 2 else f"{told.day:%A}", told)
            for told in outcome.coming
            if told.items or told.day != today
        ]
        most = max((told.items for _, told in rows), default=0)
        lines = [show("Comes back", "bold")]
        for name, told in rows:
            size = bar(told.items / most if most else 0.0, 16, "$text-accent", "$background")
            own = f"  {told.of_session} of this session" if told.of_session else ""
            lines.append(
                join(
                    (f"{name:<10}", "$foreground-muted"), size if told.items else show(" " * 16),
                    f" {told.items or '·':>3}", (own, "$foreground-muted"),
                )
            )  # fmt: skip
        if outcome.later:
            own = f"  {outcome.later_of_session} of this session" if outcome.later_of_session else ""
            named = (f"{'later':<10}", "$foreground-muted")
            lines.append(join(named, " " * 16, f" {outcome.later:>3}", (own, "$foreground-muted")))
        return Content("\n").join([*lines, Content(), show(_day_words(outcome), "bold")])

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

    def action_ten_more(self) -> None:
        """Study ten new items beyond today's share."""
        self.dismiss("ten more")


def _day_words(outcome: StudyOutcome) -> str:
    """Say whether the day is complete, or what is left of it."""
    today = outcome.today
    if not outcome.is_day_complete:
        parts = (
            count(today.due, "item") + " due" if today.due else "",
            f"{today.new} new" if today.new else "",
        )
        return f"Left for today: {', '.join(filter(None, parts))}."
    waiting = f" {count(today.new_waiting, 'new item')} wait." if today.new_waiting else ""
    return f"Done for today.{waiting}"


def _marks(item: WorthAnother) -> list[str]:
    """Return what is remarkable about an item."""
    marks = {
        "sure and wrong": item.was_sure,
        f"missed {item.misses} times": item.misses > 1,
        "⚑ flagged": item.is_flagged and item.misses > 0,
        "a leech: mend it or suspend it": item.is_leech,
    }
    return [mark for mark, is_so in marks.items() if is_so]
