"""An item as it was found: its stem, the correct answer, and why. Nothing is asked and nothing is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.content.grading import Grade
from quiz.core.content.item_ref import ItemRef
from quiz.core.session import BankItem
from quiz.core.study_filter import StudyFilter
from quiz.errors import UsageError
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.responses import response_widget
from quiz.tui.routes import ItemStatistics, Study
from quiz.tui.text import join, show
from quiz.tui.widgets.item_pane import ItemPane
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class ItemScreen(BaseScreen[None]):
    """Shows an item with its answer marked. Raises QuizError where its bank cannot be read."""

    AUTO_FOCUS = None
    name_shown = "Question"
    about = "A question with its answer. Nothing is counted here."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("item.study", "s", "study", "Study it", "Answer just this question, in a session"),
        bar_key("item.note", "n,f8", "note", "Note", "Read the note this question cites"),
        bar_key("item.statistics", "i", "statistics", "Statistics", "What is on record of it"),
        bar_key("item.edit", "e", "edit", "Edit", "Open the question in your editor"),
        bar_key("item.close", "escape,q,enter", "close", "Back", "Back to where you were"),
    ]

    pane = query_one(ItemPane)

    def __init__(self, workspace: Workspace, ref: ItemRef) -> None:
        super().__init__()
        self.workspace = workspace
        self.ref = ref
        self.bank_item = self._read()

    def _read(self) -> BankItem:
        bank = self.workspace.library.bank(self.ref.bank)
        if self.ref.item not in bank.by_id:
            raise UsageError(f"{self.ref.item} is no longer in its bank.")
        return BankItem(bank, bank.by_id[self.ref.item])

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        yield TopLine(
            join((self.bank_item.bank.title, "bold $foreground"), (" · question", "$foreground-muted"))
        )
        yield ItemPane()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the item with its answer."""
        await self._show()

    async def _show(self) -> None:
        item = self.bank_item.item
        key = item.key_response()
        widget = response_widget(item.interaction(), key)
        await self.pane.put(self.bank_item, widget, Static(show(item.rationale)), show_bank=False)
        widget.mark(Grade(1.0), key)

    def action_study(self) -> None:
        """Answer just this item."""
        self.go(Study(StudyFilter(banks=(self.ref.bank,)), (self.ref,)), in_place=True)

    def action_note(self) -> None:
        """Read the notes that the item cites."""
        self.show_notes(self.bank_item)

    def action_statistics(self) -> None:
        """Look at what the record says of the item."""
        self.go(ItemStatistics(self.ref))

    async def action_edit(self) -> None:
        """Open the item in an editor, and show it as it is then."""
        self.edit(*self.workspace.library.locate(self.ref))
        self.bank_item = self._read()
        await self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a note only where one is cited."""
        return (
            bool(self.bank_item.item.cites) if action == "note" else super().check_action(action, parameters)
        )
