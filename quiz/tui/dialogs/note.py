"""A note, read beside the item that cites it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.text import show_line
from quiz.tui.widgets.markdown_text import Block, MarkdownText, blocks_of
from quiz.tui.widgets.picture import Picture

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank


class NoteModal(BaseModal[None]):
    """One or several notes of a bank, in full."""

    CSS = "NoteModal .dialog { width: 84; }"
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
        blocks: list[Block] = []
        with VerticalScroll(classes="dialog"):
            for name in self._notes:
                note = self._bank.notes[name]
                blocks += [Block("", "", show_line(note.title, "bold"), is_apart=True), *blocks_of(note.text)]
                if note.image is not None:
                    yield MarkdownText(blocks)
                    yield Picture(self._bank.bank, note.image)
                    blocks = []
                if source := self._bank.source_line(note):
                    blocks.append(Block("", "", show_line(source, "$foreground-muted"), is_apart=False))
            yield MarkdownText(blocks)
