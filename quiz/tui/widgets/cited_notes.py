"""The notes that an item cites, beneath its verdict where no rail stands beside it."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from quiz.core.content.bank import Note
from quiz.core.session import BankItem
from quiz.core.text.markdown_excerpt import prose, sentence_about
from quiz.tui.text import show, show_line

MOST = 2
"""How many notes are shown at most."""
SENTENCE = 200
"""About how many characters the sentence of a long note has."""


class CitedNotes(Widget):
    """Each note whole where it has room, else its sentence about the correct answer."""

    DEFAULT_CSS = """
    CitedNotes {
        display: none; height: auto; width: 1fr; margin-top: 1; padding: 0 2; color: $foreground-muted;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._notes: tuple[Note, ...] = ()
        self._answer = ""
        self._room = 0

    def put(self, bank_item: BankItem, room: int) -> None:
        """Show the notes of an item in about so many rows; nothing where it cites none."""
        notes = (bank_item.bank.notes.get(name) for name in bank_item.item.cites[:MOST])
        self._notes = tuple(note for note in notes if note is not None)
        self._answer, self._room = bank_item.item.key_text(), room
        self.display = bool(self._notes)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Count the lines."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the notes."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for note in self._notes:
            where = f" · {note.where}" if note.where else ""
            whole = show(prose(note.text)).wrap(max(1, width))
            if len(lines) + len(whole) + 1 > self._room:
                whole = show(sentence_about(note.text, (self._answer,), SENTENCE)).wrap(max(1, width))
            lines += [*([Content()] if lines else []), show_line(f"{note.title}{where}", "bold"), *whole]
        return lines
