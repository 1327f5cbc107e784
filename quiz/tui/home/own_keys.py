"""The keys: what each thing that can be done is bound to, changed by pressing another key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one

from quiz.config.key_bindings import clash_of
from quiz.config.key_ids import KEY_IDS
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.routes import PressKey
from quiz.tui.text import show, show_line
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class KeysScreen(BaseScreen[None]):
    """A row for each binding; enter gives it another key."""

    name_shown = "Keys"
    about = "Choose what should have another key, then press that key."
    choosing = "Press another key for this"
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("keys.usual", "delete,backspace", "restore", "Usual key", "Give this its usual keys again"),
        bar_key("keys.close", "escape,q", "close", "Back", "Back to the settings"),
    ]

    rows = query_one(RowList)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield TopLine(show("Keys", "bold $foreground"))
        yield RowList(self._rows())
        yield KeyBar()

    def _rows(self) -> list[ListRow]:
        """Return a row for each binding, with its screen, what it does, and its keys."""
        own = self.workspace.config.keys
        return [
            ListRow(
                name,
                show_line(f"{name.partition('.')[0].replace('-', ' ').capitalize()}: {effect}"),
                show_line(own.get(name, usual), "bold $text-accent" if name in own else "$foreground-muted"),
            )
            for name, (usual, effect) in KEY_IDS.items()
        ]

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Ask for another key."""
        name = event.row.key
        self.go(PressKey(KEY_IDS[name][1]), lambda pressed: self._bind(name, pressed))

    def action_restore(self) -> None:
        """Give the binding its usual keys again."""
        if self.rows.current is not None:
            self._bind(self.rows.current.key, KEY_IDS[self.rows.current.key][0])

    def _bind(self, name: str, keys: str | None) -> None:
        """Bind other keys at once, and keep them; say where that takes a key away from something else."""
        if not keys:
            return
        self.workspace.set(f"keys.{name}", keys)
        self.app.use_keys(self.workspace.config.keys)
        self.rows.show_rows(self._rows(), name)
        clash = clash_of(name, keys, self.workspace.config.keys)
        if clash:
            self.notify(clash, severity="warning")
