"""Leeches: what will not stick, and what to do about each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.scheduling.card import LEECH_AT
from quiz.core.session import BankItem
from quiz.core.study.item_changes import PAST, Deed, ItemChange
from quiz.core.study_filter import StudyFilter
from quiz.core.text.phrases import count
from quiz.errors import QuizError
from quiz.services.item_changes import change_items, undo_change
from quiz.services.leeches import leeches
from quiz.tui.available_actions import key_label
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.routes import ItemStatistics, ShownItem, Study
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.statistics.leech import Leech
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"
ABOUT = (
    f"Not known on {LEECH_AT} days or more: asking again seldom helps. Mend the question, or set it aside."
)


class LeechesScreen(BaseScreen[None]):
    """A row for each leech, the most missed first; the one under the cursor with its answer."""

    CSS_PATH = "leeches.tcss"
    AUTO_FOCUS = "#listed"
    name_shown = "Mend"
    about = "Leeches are questions that will not stick. Read the note, reword the question, or suspend it."
    choosing = "Look at this question with its answer"
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("leeches.note", "n,f8", "note", "Note", "Read the note this question cites"),
        bar_key("leeches.edit", "e", "edit", "Edit", "Open the question in your editor"),
        bar_key("leeches.suspend", "at", "suspend", "Suspend", "Never ask this question again", "@"),
        bar_key("leeches.forget", "r", "forget", "Start anew", "Learn this question as though it were new"),
        bar_key("leeches.undo", "u", "undo", "Undo", "Take the last of these changes back"),
        bar_key("leeches.practise", "s", "practise", "Study", "Answer all of these now"),
        bar_key("leeches.statistics", "i", "statistics", "Stats", "What is on record of this question"),
        bar_key("leeches.close", "escape,q", "close", "Back", "Back to where you were"),
    ]

    listed = query_one("#listed", RowList)

    def __init__(self, workspace: Workspace, learner: Learner | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self.learner = learner or workspace.learner
        self._found: Sequence[Leech] = ()
        self._is_read = False
        self._changes: list[str] = []
        """The ids of the changes made here, which undo takes back."""

    def compose(self) -> ComposeResult:
        """Lay out the list and what is known of the one under the cursor."""
        yield TopLine(show("Mend", "bold $foreground"))
        yield Static(show(ABOUT), id="about")
        with Horizontal(id="panes"):
            yield RowList(id="listed")
            with VerticalScroll(id="detail", can_focus=False):
                yield Static(id="leech")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the banks off the loop: leeches may be in all of them."""
        self.listed.show_rows([ListRow("", show("Reading the banks…"), is_enabled=False)])
        self.query_one("#detail").display = False
        self._read()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        try:
            found = leeches(self.workspace, self.learner)
        except QuizError as error:
            self.app.call_from_thread(self.refuse, error)
        else:
            self.app.call_from_thread(self._take, found)

    def _take(self, found: Sequence[Leech]) -> None:
        if self.is_attached:
            self._is_read = True
            self._list(found)

    def on_screen_resume(self) -> None:
        """List them as they stand after whatever was done elsewhere."""
        if self._is_read:
            self._show()

    def _show(self) -> None:
        self._list(leeches(self.workspace, self.learner))

    def _list(self, found: Sequence[Leech]) -> None:
        self._found = found
        self.query_one(TopLine).right = show_line(count(len(self._found), "question"))
        rows = [_row(leech) for leech in self._found]
        self.listed.show_rows(rows or [ListRow("", show("There are no leeches."), is_enabled=False)])
        self.query_one("#detail").display = bool(rows)
        self.refresh_bindings()

    @property
    def current(self) -> Leech | None:
        """The leech under the cursor."""
        place = self.listed.cursor
        return self._found[place] if 0 <= place < len(self._found) else None

    @property
    def _bank_item(self) -> BankItem | None:
        """Its item in its bank."""
        leech = self.current
        if leech is None:
            return None
        bank = self.workspace.library.bank(leech.ref.bank)
        item = bank.by_id.get(leech.ref.item)
        return None if item is None else BankItem(bank, item)

    def on_row_list_highlighted(self) -> None:
        """Show the question under the cursor with its answer, and what to do about it."""
        leech, bank_item = self.current, self._bank_item
        if leech is None or bank_item is None:
            return
        item = bank_item.item
        lines = [show(item.headline, "bold"), Content(), join(("✓ ", "$text-success"), item.key_text())]
        lines += [show(item.rationale, MUTED)] if item.rationale else []
        lines += [
            Content(),
            show(f"Not known on {count(leech.misses, 'day')}. {leech.advice}", "$text-warning"),
        ]
        self.query_one("#leech", Static).update(Content("\n").join(lines))
        self.query_one("#detail", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def on_row_list_chosen(self) -> None:
        """Look at the question with its answer."""
        if self.current is not None:
            self.go(ShownItem(self.current.ref))

    def action_note(self) -> None:
        """Read the notes that the question cites."""
        self.show_notes(self._bank_item)

    def action_edit(self) -> None:
        """Open the question in an editor, and show it as it is then."""
        if self.current is not None:
            self.edit(*self.workspace.library.locate(self.current.ref))
            self._show()

    def action_suspend(self) -> None:
        """Never ask the question again, until it is resumed."""
        self._change(Deed.SUSPEND)

    def action_forget(self) -> None:
        """Let the question be new again: its misses and its schedule no longer count."""
        self._change(Deed.FORGET)

    def _change(self, deed: Deed) -> None:
        """Do something to the question under the cursor, and say how it is taken back."""
        leech = self.current
        if leech is None:
            return
        self._changes.append(change_items(self.workspace, [leech.ref], ItemChange(deed), self.learner))
        undo = key_label(self, "leeches.undo")
        self.notify_here(f"{PAST[deed]} {count(1, 'question')}. {undo} takes it back.")
        self._show()

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._changes:
            undo_change(self.workspace, self._changes[-1])
            self._changes.pop()
            self._show()

    def action_practise(self) -> None:
        """Answer all of them now."""
        self.go(Study(StudyFilter(), tuple(leech.ref for leech in self._found)))

    def action_statistics(self) -> None:
        """Look at what the record says of the question."""
        if self.current is not None:
            self.go(ItemStatistics(self.current.ref, self.learner))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to do about the question under the cursor."""
        match action:
            case "edit" | "suspend" | "forget" | "statistics":
                return self.is_mounted and self.current is not None
            case "note":
                bank_item = self._bank_item if self.is_mounted else None
                return bank_item is not None and bool(bank_item.item.cites)
            case "practise":
                return bool(self._found) and self.learner.id == self.workspace.learner.id
            case "undo":
                return bool(self._changes)
        return super().check_action(action, parameters)


def _row(leech: Leech) -> ListRow:
    missed = show(f"{leech.misses}×", "$text-error")
    return ListRow(f"{leech.ref.bank}/{leech.ref.item}", show_line(leech.stem), missed)
