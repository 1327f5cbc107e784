"""A note, read beside the item that cites it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from quiz.tui.base_screen import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.text import show_line
from quiz.tui.widgets.markdown_text import MarkdownText
from quiz.tui.widgets.picture import Picture

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank


class NoteModal(BaseModal[None]):
    """One or several notes of a bank, in full."""

    CSS = """
    NoteModal .dialog { width: 84; }
    NoteModal .source { color: $foreground-muted; margin-bottom: 1; }
    """
    name_shown = "Note"
    about = "What the question asks about."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("note.close", "escape,q,n,enter,f8", "close", "Back", "Back to the question")
    ]

    def __init__(self, bank: Bank, notes: Sequence[str]) -> None:
        super().__init__()
        self._bank = bank
        self._notes = notes

    def compose(self) -> ComposeResult:
        """Show each note with its title and source."""
        with VerticalScroll(classes="dialog"):
            for name in self._notes:
                note = self._bank.notes[name]
                yield Static(show_line(note.title), classes="title")
                yield MarkdownText(note.text)
                if note.image is not None:
                    yield Picture(self._bank.bank, note.image)
                yield Static(show_line(self._bank.source_line(note)), classes="source")
