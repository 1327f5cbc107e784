"""Find: banks, notes and items by their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from quiz.core.content.search import SearchHit, SearchIndex
from quiz.core.text.phrases import count
from quiz.services.workspace import searchable_banks
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key, key
from quiz.tui.text import show, show_line
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

WORDS = {"item": "question"}
"""What a learner reads for a kind of hit, where it is another word."""


class FindModal(BaseModal[SearchHit]):
    """Type words; choose among what holds them."""

    CSS = """
    FindModal .dialog { width: 90; height: 80%; }
    FindModal RowList { height: 1fr; margin-top: 1; }
    """
    name_shown = "Find"
    about = "Type a few letters, then choose with the arrows and enter."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("find.close", "escape", "close", "Back", "Back without choosing"),
        key("find.down", "down", "move(1)", "Down", "Move down"),
        key("find.up", "up", "move(-1)", "Up", "Move up"),
    ]

    hits = query_one(RowList)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._index: SearchIndex | None = None
        self._found: dict[str, SearchHit] = {}

    def compose(self) -> ComposeResult:
        """Lay out the field and the list."""
        with Vertical(classes="dialog"):
            yield TextField(placeholder="Find a bank, a note or a question", max_length=200)
            yield RowList()
            yield Static(id="count", classes="muted")

    def on_mount(self) -> None:
        """Read the banks while the person types."""
        self._search("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        self._search(event.value)

    @work(thread=True, exclusive=True)
    def _search(self, words: str) -> None:
        """Search off the loop; a search that another one has overtaken is not shown."""
        worker = get_current_worker()
        if self._index is None:
            self.app.call_from_thread(self._say, "Reading the banks…")
            self._index = SearchIndex(searchable_banks(self._workspace))
        found = self._index.search(words)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, found, words)

    def _show(self, found: Sequence[SearchHit], words: str) -> None:
        self._found = {f"{hit.what}/{hit.bank}/{hit.name}": hit for hit in found}
        self.hits.show_rows(
            [
                ListRow(
                    key, show_line(hit.text), show_line(WORDS.get(hit.what, hit.what), "$foreground-muted")
                )
                for key, hit in self._found.items()
            ]
        )
        self._say(count(len(found), "hit") if words.strip() else "")

    def _say(self, said: str) -> None:
        self.query_one("#count", Static).update(show(said))

    def on_input_submitted(self) -> None:
        """Choose the first, or what the cursor is on."""
        self.hits.action_choose()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Return what was chosen."""
        self.dismiss(self._found[event.row.key])

    def action_move(self, by: int) -> None:
        """Move in the list while typing."""
        self.hits.action_move(by)
