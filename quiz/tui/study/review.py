"""A study session looked at again: every attempt, and the one under the cursor in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.study.review import ReviewedAttempt
from quiz.core.study_filter import StudyFilter
from quiz.core.text.phrases import clock, per_cent
from quiz.services.past_sessions import past_study
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.routes import ItemStatistics, Study
from quiz.tui.text import SIGNS, join, show, show_line
from quiz.tui.widgets.explanation import SURENESS
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.session import BankItem
    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"
WORDS = {"correct": "Correct", "partial": "Partly right", "incorrect": "Incorrect", "skipped": "Skipped"}


class StudyReviewScreen(BaseScreen[None]):
    """Shows what came of a study session on record. Raises UsageError for any other session."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#attempts"
    name_shown = "Study review"
    about = "Every answer of the session, with the correct answer and the reason."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("study-review.missed", "w", "only_missed", "Missed", "Only what was missed, or all"),
        bar_key("study-review.retry", "r", "retry", "Retry missed", "Study what was missed now"),
        bar_key("study-review.item", "s", "statistics", "Question", "Statistics of this question"),
        bar_key("study-review.note", "n", "note", "Note", "Read the note this question cites"),
        bar_key("study-review.close", "escape,q", "close", "Back", "Back to where you were"),
    ]

    listed = query_one("#attempts", RowList)

    def __init__(self, workspace: Workspace, session_id: str) -> None:
        super().__init__()
        self.workspace = workspace
        self.past = past_study(workspace, session_id)
        self.only_missed = False

    def compose(self) -> ComposeResult:
        """Lay out the list and the attempt under the cursor."""
        yield TopLine()
        yield Static(id="summary")
        with Horizontal(id="panes"):
            yield RowList(id="attempts")
            with VerticalScroll(id="detail"):
                yield Static(id="attempt")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the session."""
        past = self.past
        started = moment(past.header.started).astimezone(zone_of(past.header.zone))
        top = self.query_one(TopLine)
        title = past.titles[0] if len(past.titles) == 1 else f"{len(past.titles)} banks"
        top.left = join((title, "bold $foreground"), (" · study", MUTED))
        top.right = show_line(f"{past.learner} · {started.day} {started:%b %Y, %H:%M}".removeprefix(" · "))
        self.query_one("#summary", Static).update(self._summary())
        self._list()

    def _summary(self) -> Content:
        attempts = self.past.attempts
        if not attempts:
            return show("Nothing was answered.", "bold")
        right = sum(not attempt.is_missed for attempt in attempts)
        taken = clock(sum(attempt.duration_ms for attempt in attempts))
        parts = [
            join((f"{right} of {len(attempts)}", "bold $text-accent"), (" answers right", "bold")),
            show(f"{per_cent(self.past.share)} with what was partly right", MUTED),
            show(taken, MUTED),
        ]
        overridden = sum(attempt.is_overridden for attempt in attempts)
        if overridden:
            parts.append(show(f"{overridden} counted as right by you", MUTED))
        if not self.past.is_ended:
            parts.append(show("not finished", "$text-warning"))
        return Content("   ").join(parts)

    def _list(self) -> None:
        self._shown = [told for told in self.past.attempts if told.is_missed or not self.only_missed]
        rows = [self._row(told) for told in self._shown]
        self.listed.show_rows(rows or [ListRow("none", show("Nothing to show.", MUTED), is_enabled=False)])
        self.listed.border_title = Content("Missed" if self.only_missed else "Answers")
        self.query_one("#detail").display = bool(rows)

    @staticmethod
    def _row(told: ReviewedAttempt) -> ListRow:
        sign, style = SIGNS[told.verdict.value]
        stem = told.stem or f"{told.ref.item} (no longer in its bank)"
        mark = ("⚑ ", "$text-warning") if told.is_flagged else ""
        left = join((f"{told.number:>3} ", MUTED), (f"{sign} ", style), mark, show_line(stem))
        return ListRow(str(told.number), left, show(clock(told.duration_ms), MUTED))

    @property
    def current(self) -> ReviewedAttempt | None:
        """The attempt under the cursor."""
        place = self.listed.cursor
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def on_row_list_highlighted(self) -> None:
        """Show the attempt under the cursor."""
        told = self.current
        if told is not None:
            self.query_one("#attempt", Static).update(Content("\n").join(self._lines(told)))
            self.query_one("#detail", VerticalScroll).scroll_home(animate=False)
            self.refresh_bindings()

    @staticmethod
    def _lines(told: ReviewedAttempt) -> list[Content]:
        sign, style = SIGNS[told.verdict.value]
        share = f" ({per_cent(told.score)})" if told.verdict.value == "partial" else ""
        said = [SURENESS[told.confidence.value]] if told.confidence else []
        if told.is_overridden:
            said.append("counted as right by you")
        lines = [show(told.topic, MUTED)] if told.topic else []
        lines += [show(told.stem or f"{told.ref.item} is no longer in its bank.", "bold"), Content()]
        verdict = (f"{sign} {WORDS[told.verdict.value]}{share}", f"bold {style}")
        lines.append(join(verdict, (f"   {', '.join(said)}" if said else "", MUTED)))
        lines += [Content(), join(("Your answer  ", MUTED), told.response_text or "–")]
        if told.key:
            lines.append(join(("Correct      ", MUTED), (told.key, "$text-success")))
        if told.is_here and not told.is_same:
            lines.append(show("The question was edited since.", "$text-warning"))
        if told.rationale:
            lines += [Content(), show(told.rationale)]
        return lines

    def action_only_missed(self) -> None:
        """Show only what was missed, or everything."""
        self.only_missed = not self.only_missed
        self._list()

    def action_retry(self) -> None:
        """Study what was missed now."""
        missed = tuple(
            dict.fromkeys(told.ref for told in self.past.attempts if told.is_missed and told.is_here)
        )
        self.go(Study(StudyFilter(banks=self.past.header.banks), missed))

    def action_statistics(self) -> None:
        """Look at the statistics of the item under the cursor."""
        told = self.current
        if told is not None:
            self.go(ItemStatistics(told.ref))

    def action_note(self) -> None:
        """Read the notes that the item under the cursor cites."""
        self.show_notes(self._placed)

    @property
    def _placed(self) -> BankItem | None:
        """The item under the cursor, unless it is no longer in its bank."""
        told = self.current
        return self.past.lookup.get(told.ref) if told is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is for this session and this attempt."""
        match action:
            case "only_missed" | "retry":
                return any(told.is_missed and told.is_here for told in self.past.attempts)
            case "statistics":
                return self.is_mounted and self.current is not None
            case "note":
                return self.is_mounted and self._placed is not None and bool(self._placed.item.cites)
        return super().check_action(action, parameters)
