"""Marking papers, a line for each pupil. Mistakes are reported while they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widgets import Input, Static

from quiz.core.exam.marking import UnfinishedMarks, UnreadableMarks
from quiz.core.text.phrases import count
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.routes import Confirm
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.text_field import TextField
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.exam.marking import Marking
    from quiz.services.workspace import Workspace

HOW = (
    "Two letters for the pupil, the form's letter, then a letter for each question. (AC) are several letters,"
    " - is left empty. Of an open question type the points, + for all of them."
)


class MarkingScreen(BaseScreen[None]):
    """Marks one paper after the other. Each is recorded before the next is typed."""

    CSS_PATH = "marking.tcss"
    AUTO_FOCUS = "#paper"
    name_shown = "Marking papers"
    about = "Type a line for each paper. Each is on record at once; one that was marked before asks first."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("marking.undo", "ctrl+z", "undo", "Undo", "Take back the paper that was marked last"),
        bar_key("marking.close", "escape", "close", "Back", "Stop marking; all papers so far are on record"),
    ]

    paper = query_one("#paper", TextField)
    said = query_one("#said", Static)
    pupils = query_one("#pupils", RowList)

    def __init__(self, workspace: Workspace, marking: Marking) -> None:
        super().__init__()
        self.workspace = workspace
        self.marking = marking

    def compose(self) -> ComposeResult:
        """Lay out the field, the remarks, and the pupils with their letters."""
        yield TopLine()
        with Horizontal(id="marking"):
            with Vertical(id="typed"):
                yield Static(show(HOW, "$foreground-muted"), id="how")
                yield TextField(id="paper", max_length=2000)
                yield Static(id="said")
                yield Static(id="done")
            yield RowList(id="pupils")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show who is to come."""
        self.query_one(TopLine).left = join(("Marking papers", "bold $foreground"))
        self._show()

    def _show(self) -> None:
        marking = self.marking
        missing = count(len(marking.missing), "paper")
        self.query_one(TopLine).right = show_line(f"{missing} to come")
        rows = []
        for code, learner in marking.codes.items():
            is_done = marking.is_marked(learner)
            sign = ("✓", "$text-success") if is_done else (" ", "")
            named = join((f"{code}  ", "bold"), show_line(marking.names[learner]))
            rows.append(ListRow(learner, named, join(sign)))
        self.pupils.show_rows(rows)
        done = [show_line(f"✓ {marked.sentence}") for marked in reversed(marking.done[-8:])]
        self.query_one("#done", Static).update(join(*(part for line in done for part in (line, "\n"))))

    def on_input_changed(self) -> None:
        """Report mistakes at once, else the pupil and how far the line has got."""
        try:
            read = self.marking.read(self.paper.value)
        except UnfinishedMarks as error:
            self.said.update(show(str(error), "$foreground-muted"))
            return
        except UnreadableMarks as error:
            self.said.update(show(str(error), "$text-error"))
            return
        if not read.form:
            self.said.update(show(self.marking.names.get(read.pupil, "")))
            return
        asked = len(self.marking.questions[read.form])
        name = self.marking.names[read.pupil]
        self.said.update(show(f"{name}, form {read.form}: {len(read.marks)} of {asked} questions"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Record the paper, and ask first if it was marked before."""
        line = event.value
        try:
            read = self.marking.read(line)
        except UnreadableMarks:
            return
        if self.marking.is_marked(read.pupil):
            name = self.marking.names[read.pupil]
            question = f"The paper of {name} was marked before. Mark it again?"
            self.go(Confirm(question, "Mark again", "Keep"), lambda sure: self._take(line) if sure else None)
        else:
            self._take(line)

    def _take(self, line: str) -> None:
        try:
            self.marking.mark(line)
        except UnreadableMarks as error:
            self.said.update(show(str(error), "$text-error"))
            return
        self.paper.value = self.paper.value.removeprefix(line)  # the next line may have begun
        self._show()

    def action_undo(self) -> None:
        """Undo the latest paper."""
        try:
            undone = self.marking.undo()
        except UnreadableMarks as error:
            self.said.update(show(str(error), "$text-warning"))
            return
        self._show()
        self.said.update(show(f"Taken back: {undone.sentence}."))
