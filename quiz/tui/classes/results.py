"""A class's results: pupils by questions, and each question's figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.statistics.class_decisions import DecisionKind
from quiz.core.text.phrases import count
from quiz.exchange.class_results import (
    Sheet,
    decision_lines,
    exam_lines,
    figures_text,
    forms_lines,
    option_text,
)
from quiz.services.classes import decide, occasions_of, own_grade_tables, results_of, sittings_of
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key, key
from quiz.tui.classes.results_lines import fitting, heading, item_row, occasion_row, pupil_rows
from quiz.tui.routes import ChooseRow, ShownItem
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quiz.core.class_list import ClassList
    from quiz.core.statistics.class_items import ClassItem
    from quiz.core.statistics.grades import GradeTable
    from quiz.services.workspace import Workspace

DECISIONS = (
    ("count", "Count it as it was answered"),
    (DecisionKind.LEAVE_OUT.value, "Leave it out for everybody"),
    (DecisionKind.FULL_POINTS.value, "Give everybody its full points"),
)


class ClassResultsScreen(BaseScreen[None]):
    """Pupils by questions, or questions with their figures. Names are hidden at first."""

    CSS_PATH = "results.tcss"
    AUTO_FOCUS = "#rows"
    name_shown = "Class results"
    about = (
        "Pupils by questions. Names are hidden at first, for the projector. A question can be left out, or"
        " bring everybody its full points; that is noted on every export."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("class.turn", "v", "turn", "View", "Pupils by questions, or questions with their figures"),
        bar_key("class.names", "n", "names", "Names", "Show or hide the names"),
        bar_key("class.order", "o", "order", "Order", "Order by points, or by class list and paper"),
        bar_key("class.decide", "d", "decide", "Decide", "Leave a question out, or give its points to all"),
        bar_key("class.exam", "x", "exam", "Exam", "Look at one exam or drill, or at all"),
        bar_key("class.grades", "g", "grades", "Grades", "Give grades by one of the tables"),
        key("class.left", "left", "shift(-1)", "Before", "See the questions before these"),
        key("class.right", "right", "shift(1)", "After", "See the questions after these"),
        bar_key("class.open", "p", "open", "Preview", "Show the question under the cursor"),
        bar_key("class.close", "escape,q", "close", "Back", "Back to where you were"),
    ]

    rows = query_one("#rows", RowList)

    def __init__(self, workspace: Workspace, class_list: ClassList, grades: GradeTable | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self.class_list = class_list
        self.grades = grades
        self.is_by_item = False
        self.is_anonymous = True
        self.is_by_points = False
        self.first_shown = 0
        """How many questions are left of those shown, where there is no room for all."""
        self.occasion = ""
        """The exam or drill that is looked at; empty for all."""
        self.sittings = list(sittings_of(workspace, class_list))
        self.results = results_of(workspace, class_list, sittings=self.sittings)

    def compose(self) -> ComposeResult:
        """Lay out the table, and details on the row under the cursor."""
        yield TopLine()
        yield Static(id="heading")
        yield RowList(id="rows")
        yield Static(id="about")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the results."""
        self.query_one(TopLine).left = join(("Class results", "bold $foreground"))
        self._show()

    @property
    def sheet(self) -> Sheet:
        """The results as they are shown now."""
        return Sheet(self.results, self.grades, self.is_anonymous)

    def on_resize(self) -> None:
        """Show as many questions as there is room for."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        results = self.results
        order = tuple(range(len(results.items)))
        if self.is_by_points:
            order = tuple(column.number - 1 for column in results.hardest_first)
        room = fitting(self.sheet, self.rows.size.width or self.size.width)
        self.first_shown = max(0, min(self.first_shown, len(order) - room))
        order = order[self.first_shown : self.first_shown + room]
        asked = count(len(results.items), "question")
        if len(order) < len(results.items) and not self.is_by_item:
            asked = f"{self.first_shown + 1}–{self.first_shown + len(order)} of {asked}, ← →"
        told = (results.class_name, count(len(results.pupils), "pupil"), asked)
        self.query_one(TopLine).right = show_line(" · ".join(told))
        self.query_one("#heading", Static).update(show("" if self.is_by_item else heading(order)))
        self.rows.show_rows(self._item_rows() if self.is_by_item else self._pupil_rows(order))
        self._show_about()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer names and grades of pupils, and the preview of a question."""
        if action in {"names", "grades"}:
            return not self.is_by_item
        return self.is_by_item if action == "open" else super().check_action(action, parameters)

    def _pupil_rows(self, order: tuple[int, ...]) -> list[ListRow]:
        rows = pupil_rows(self.sheet, order)
        if self.is_by_points:
            shares = {row.pupil.id: row.share or 0.0 for row in self.results.pupils}
            rows.sort(key=lambda row: -shares[row.key])
        return rows

    def _item_rows(self) -> list[ListRow]:
        results = self.results
        columns = results.hardest_first if self.is_by_points else results.items
        return [item_row(column) for column in columns]

    def _current_item(self) -> ClassItem | None:
        row = self.rows.current
        if row is None or not self.is_by_item:
            return None
        number = int(row.key.removeprefix("item "))
        return next(column for column in self.results.items if column.number == number)

    def on_row_list_highlighted(self) -> None:
        """Show details on the question under the cursor."""
        self._show_about()

    def _show_about(self) -> None:
        column = self._current_item()
        if column is None:
            lines = [*exam_lines(self.results), *decision_lines(self.results)]
        else:
            shown = [option for option in column.options if option.count or option.is_key]
            lines = [figures_text(column), *forms_lines(column), *column.remarks]
            lines += [option_text(option) for option in shown]
        self.query_one("#about", Static).update(show("\n".join(lines), "$foreground-muted"))

    def on_row_list_chosen(self) -> None:
        """Show the chosen question."""
        self.action_open()

    def action_turn(self) -> None:
        """Switch between questions and pupils."""
        self.is_by_item = not self.is_by_item
        self._show()

    def action_names(self) -> None:
        """Show or hide the names."""
        self.is_anonymous = not self.is_anonymous
        self._show()

    def action_order(self) -> None:
        """Sort by points, or not."""
        self.is_by_points = not self.is_by_points
        self._show()

    def action_shift(self, by: int) -> None:
        """Show questions further to the left or to the right."""
        room = fitting(self.sheet, self.rows.size.width)
        self.first_shown = max(0, self.first_shown + by * max(1, room - 1))
        self._show()

    def action_open(self) -> None:
        """Show the question under the cursor with its answer."""
        column = self._current_item()
        if column is not None:
            self.go(ShownItem(column.version.ref))

    def action_decide(self) -> None:
        """Choose a decision about a question."""
        column = self._current_item()
        if column is None:
            self.is_by_item = True
            self._show()
            return
        rows = [ListRow(key, show_line(told)) for key, told in DECISIONS]
        question = f"Question {column.number}: what is to be done about it?"
        self.go(
            ChooseRow(question, rows, column.decision.value if column.decision else "count"),
            lambda key: self._decide(column, key),
        )

    def _decide(self, column: ClassItem, key: str | None) -> None:
        if key is not None:
            kind = None if key == "count" else DecisionKind(key)
            decide(self.workspace, self.class_list, column.version, kind)
            self._look()

    def _look(self) -> None:
        chosen = [self.occasion] if self.occasion else []
        self.results = results_of(self.workspace, self.class_list, sessions=chosen, sittings=self.sittings)
        self._show()

    def action_exam(self) -> None:
        """Choose the exam or drill to look at."""
        rows = [ListRow("", show_line("All exams and drills"))]
        rows += [occasion_row(self.workspace, one) for one in occasions_of(self.sittings)]
        self.go(ChooseRow("Which exam or drill?", rows, self.occasion), self._look_at)

    def _look_at(self, key: str | None) -> None:
        if key is not None:
            self.occasion = key
            self._look()

    def action_grades(self) -> None:
        """Choose the table that gives the grades."""
        tables = own_grade_tables()
        rows = [ListRow("", show_line("None, per cent alone"))]
        rows += [ListRow(name, show_line(table.title)) for name, table in tables.items()]
        now = next((name for name, table in tables.items() if table == self.grades), "")
        self.go(ChooseRow("Which grades?", rows, now), partial(self._grade_by, tables))

    def _grade_by(self, tables: Mapping[str, GradeTable], key: str | None) -> None:
        if key is not None:
            self.grades = tables.get(key)
            self._show()
