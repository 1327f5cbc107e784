"""The notes that an item cites, beneath its verdict where no rail stands beside it."""

from __future__ import annotations

from textual.content import Content

from quiz.core.content.bank import Note
from quiz.core.session import BankItem
from quiz.core.text.markdown_excerpt import MOST_READ, prose, sentence_about
from quiz.tui.text import show, show_line
from quiz.tui.widgets.text_lines import Lines

MOST = 2
"""How many notes are shown at most."""
SENTENCE = 200
"""About how many characters the sentence of a long note has."""


class CitedNotes(Lines):
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
        self.lay_out_again()

    def lines(self, width: int) -> list[Content]:
        """Return each note beneath its title."""
        lines: list[Content] = []
        for note in self._notes:
            where = f" · {note.where}" if note.where else ""
            title = show_line(f"{note.title}{where}", "bold").wrap(width)
            told = said_of(note, self._answer, self._room - len(lines) - len(title), width).wrap(width)
            lines += [*([Content()] if lines else []), *title, *told]
        return lines


def said_of(note: Note, answer: str, rows: int, width: int) -> Content:
    """Return a note's plain text where it fits into some rows, else its sentence about an answer."""
    whole = show(prose(note.text)) if len(note.text) <= MOST_READ else None
    if whole is not None and len(whole) <= rows * width and len(whole.wrap(width)) <= rows:
        return whole
    return show(sentence_about(note.text, (answer,), SENTENCE))
