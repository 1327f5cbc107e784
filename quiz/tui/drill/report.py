"""The end of a drill: the podium, how everybody did, and what to teach again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, Static

from quiz.core.drill.drill import Drill
from quiz.core.drill.report import DrillReport, report_of
from quiz.core.session import InvalidTransition
from quiz.core.study_filter import StudyFilter
from quiz.core.text.phrases import clock, whole_per_cent
from quiz.services.drill.start import class_name_of
from quiz.services.report_files import save_report
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key, key
from quiz.tui.drill.podium import podium
from quiz.tui.drill.report_lines import again_lines, board_table, item_lines
from quiz.tui.routes import Route, SetUpDrill, Study
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class DrillReportScreen(BaseScreen[str]):
    """Shown once a drill is over. It returns “undo” to take the last answer back."""

    CSS_PATH = "report.tcss"
    name_shown = "Drill report"
    about = "How everybody did, and what most of the class missed: ready for the next drill, or to study."
    closes_with = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key(
            "drill-report.close", "enter,escape,q", "close", "Back", "Back to where the drill began", "⏎"
        ),
        bar_key("drill-report.undo", "u", "undo", "Undo", "Take the last verdict back"),
        bar_key("drill-report.drill", "d", "drill_again", "Drill missed", "Drill what was missed"),
        bar_key("drill-report.study", "s", "study", "Study missed", "Study what was missed"),
        bar_key("drill-report.names", "n", "names", "Names", "Show who answered what, or hide it"),
        bar_key("drill-report.board", "b", "board", "Board", "Show the board, or hide it with all names"),
        bar_key("drill-report.markdown", "m", "save('md')", "Markdown", "Write a Markdown file"),
        bar_key("drill-report.csv", "c", "save('csv')", "CSV", "Write a CSV file"),
        key("drill-report.up", "up,k", "scroll(-1)", "Up", "Scroll up"),
        key("drill-report.down", "down,j", "scroll(1)", "Down", "Scroll down"),
    ]

    _has_names = False
    """Whether it is shown who answered what: not at first, since the class may be looking."""

    def __init__(self, workspace: Workspace, drill: Drill, names: Mapping[str, str]) -> None:
        super().__init__()
        self.workspace = workspace
        self.drill = drill
        self.words = drill.words
        self.say = self.words.say
        titles = drill.lookup.titles
        self.report: DrillReport = report_of(drill, names, titles, class_name_of(workspace.record, drill))
        self.is_board_shown = self.report.is_board_shown

    def compose(self) -> ComposeResult:
        """Lay out one page, the podium first."""
        yield TopLine()
        with VerticalScroll(id="page"):
            with Horizontal(id="headline"):
                yield Digits()
                yield Static()
            yield Figures(lambda width: podium(self.report.competitors, width, self.words), id="podium")
            yield Figures(lambda width: again_lines(self.report.again, width, self.words), id="again")
            yield Figures(lambda width: board_table(self.report, width, self.words), id="standing")
            yield Figures(self._item_lines, id="items")
        yield KeyBar()

    def on_mount(self) -> None:
        """Say what it was."""
        report, top = self.report, self.query_one(TopLine)
        of_class = f" · {report.class_name}" if report.class_name else ""
        top.left = join(
            (", ".join(report.banks), "bold $foreground"),
            (f" · {self.say(self.drill.title)}{of_class}", "$foreground-muted"),
        )
        planned = self.words.count(report.planned, "question")
        top.right = show_line(
            f"{self.say('{n} of {all}', n=len(report.items), all=planned)} · {clock(report.duration_ms)}"
        )
        self._show_board()
        self.query_one("#page").focus()

    @property
    def has_board(self) -> bool:
        """Whether there is a board that can be shown or hidden."""
        report = self.report
        return report.has_places and len(report.competitors) + len(report.not_called) + len(report.absent) > 1

    @property
    def are_names_hidden(self) -> bool:
        """Whether there is a board and it is hidden, and all names with it."""
        return self.has_board and not self.is_board_shown

    def _show_board(self) -> None:
        """Show who did how, or hide all names."""
        board = self.report.competitors
        is_shown = self.has_board and self.is_board_shown
        is_won = len(board) > 1 and board[0].score.points > 0
        self.query_one("#podium").display = is_shown and is_won
        self.query_one("#standing").display = is_shown
        figure, words = self._headline()
        digits = self.query_one("#headline Digits", Digits)
        digits.update(figure)
        digits.display = bool(figure)
        self.query_one("#headline Static", Static).update(words)
        self.query_one("#items", Figures).refresh(layout=True)
        self.refresh_bindings()

    def action_board(self) -> None:
        """Show the board, or hide it with all names."""
        self.is_board_shown = not self.is_board_shown
        self._show_board()

    def _headline(self) -> tuple[str, Content]:
        """Return the figure that matters most, and what it says."""
        report, say = self.report, self.say
        board = report.competitors if report.has_places else ()
        first = [line for line in board if line.place == 1 and line.score.points]
        if self.drill.is_against_record:
            return self._against_record(report.competitors[0].score.right, is_record=self.drill.is_record)
        if self.are_names_hidden:
            return "", show(say("The board is hidden."), "bold")
        if len(first) > 1:
            return str(first[0].score.points), show(say("A tie of {n} at the top.", n=len(first)), "bold")
        if first:
            return str(first[0].score.points), join(
                (first[0].name, "bold $text-accent"), (f" {say('comes first.')}", "bold")
            )
        answers_all = self.drill.asks_everybody or any(line.shares for line in report.items)
        if answers_all and report.share_right is not None:
            share = f"{whole_per_cent(report.share_right)}%"
            if any(line.is_of_points for line in report.items):
                return share, show(say("of all points were reached."), "bold")
            if any(line.answers for line in report.items):
                return share, show(say("of all answers were right."), "bold")
            return share, show(say("of {n} hands were right in the end.", n=report.tried), "bold")
        is_answered = any(line.score.answers for line in report.competitors)
        return "", show(say("Nobody was right." if is_answered else "Nothing was answered."), "bold")

    def _against_record(self, right: int, *, is_record: bool) -> tuple[str, Content]:
        """Return how a sprint alone, or of the whole class, compares with those before it."""
        record, say = self.report.record, self.say
        if is_record and record:
            said = f"  {say('It was {record}.', record=record)}"
            new = (f"★ {say('A new record!')}", "bold $text-warning")
            return str(right), join(new, (said, "$foreground-muted"))
        if self.drill.extra_ms:
            return str(right), show(say("right, with extra time: it counts for no record."), "bold")
        if record:
            return str(right), show(say("right. The record is {record}.", record=record), "bold")
        return str(right), show(say("right: a record to beat."), "bold")

    def bar_title(self, title: str) -> str:
        """Return the title of a key in the language of the wall."""
        return self.say(title)

    def action_close(self) -> None:
        """Go back to the banks."""
        self.dismiss("")

    def action_undo(self) -> None:
        """Take the last verdict back."""
        self.dismiss("undo")

    def action_drill_again(self) -> None:
        """Set up another drill on what was missed."""
        items = tuple(line.ref for line in self.report.again)
        banks = tuple(dict.fromkeys(ref.bank for ref in items))
        self._leave_for(SetUpDrill(banks, items, self.drill.name))

    def action_study(self) -> None:
        """Study what was missed."""
        self._leave_for(Study(StudyFilter(), tuple(line.ref for line in self.report.again)))

    def _leave_for(self, route: Route[None]) -> None:
        """Go elsewhere, with the banks beneath rather than this drill."""
        app = self.app
        self.dismiss("")
        app.call_later(app.go, route)

    def action_save(self, ending: str) -> None:
        """Write the report into a file where the app was started."""
        from quiz.exchange.drill_report import FORMATS

        text = FORMATS[ending](self.report)
        path = save_report(self.report, text, ending, self.workspace.record.path)
        self.notify(str(path), title=self.say("Saved"))

    def _item_lines(self, width: int) -> list[Content]:
        has_names = self._has_names and not self.are_names_hidden
        return item_lines(self.report.items, width, self.words, has_names=has_names)

    def action_names(self) -> None:
        """Show who answered each item and what, or hide it."""
        self._has_names = not self._has_names
        items = self.query_one("#items", Figures)
        items.refresh(layout=True)
        self.call_after_refresh(items.scroll_visible, top=True, animate=False)

    def action_scroll(self, by: int) -> None:
        """Scroll the page."""
        self.query_one("#page", VerticalScroll).scroll_relative(y=by, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to do with what was missed."""
        if action in {"drill_again", "study"}:
            return bool(self.report.again)
        if action == "names":
            is_anybody_named = any(answer.who for line in self.report.items for answer in line.answers)
            return is_anybody_named and not self.are_names_hidden
        if action == "board":
            return self.has_board
        if action == "undo":
            try:
                self.drill.undo(0)
            except InvalidTransition:
                return False
        return super().check_action(action, parameters)
