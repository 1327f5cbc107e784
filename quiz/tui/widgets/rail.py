"""The rail beside an item: what the record says of it, its hint, and after the answer its note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from quiz.core.content.bank import Note
from quiz.core.content.grading import Verdict
from quiz.core.text.phrases import count, span
from quiz.tui.text import SIGNS, join, show, show_line
from quiz.tui.widgets.bars import bar, percent
from quiz.tui.widgets.cited_notes import said_of
from quiz.tui.widgets.text_lines import Lines

if TYPE_CHECKING:
    from quiz.services.study.item_past import ItemPast, PastAnswer

MUTED = "$foreground-muted"
AROUND = 6
"""The rows of the screen above and beneath a rail without its margin, with its padding."""
ANSWER_ROWS = 3
"""How many rows an earlier answer takes."""


class Rail(Lines):
    """A card of lines, as high as what it says."""

    DEFAULT_CSS = """
    Rail {
        display: none; width: 30; height: auto; margin: 0 2 0 0; padding: 1 2; background: $surface;
        &.-wide { width: 44; }
        &.-empty { background: transparent; }
    }
    """

    def __init__(self) -> None:
        super().__init__(classes="-empty")
        self._past: ItemPast | None = None
        self._hint: Content | None = None
        self._note: Note | None = None
        self._answer = ""
        self._rows = 0

    def put(
        self,
        past: ItemPast,
        *,
        hint: Content | None = None,
        note: Note | None = None,
        answer: str = "",
        rows: int = 0,
    ) -> None:
        """Show what is known of an item; a note, with the answer in it marked, takes at most some rows."""
        self._past, self._hint = past, hint
        self._note, self._answer, self._rows = note, answer, rows
        self.remove_class("-empty")
        self.lay_out_again()

    def lines(self, width: int) -> list[Content]:
        """Return the note, how the item went so far, and the hint."""
        past = self._past
        if past is None:
            return []
        lines: list[Content] = []
        if self._note is not None:
            lines += [*self._note_lines(self._note, width), Content()]
        end: list[Content] = []
        if past.topic_share is not None and self._note is None:
            name = show_line(past.topic, "bold").truncate(width, ellipsis=True)
            share = join(
                bar(past.topic_share, width - 6, "$text-success"), (percent(past.topic_share), MUTED)
            )
            end += [Content(), name, share]
        if self._hint is not None:
            end += [Content(), show("Hint", "bold $text-accent"), *self._hint.wrap(width)]
        room = self.app.size.height - AROUND - self.styles.margin.top - len(lines) - len(end)
        return [*lines, show("This question", "bold"), *_past_lines(past, width, room - 1), *end]

    def _note_lines(self, note: Note, width: int) -> list[Content]:
        """Return a note: whole where it has room, else its sentence about the answer, which is marked."""
        said = said_of(note, self._answer, self._rows, width)
        at = said.plain.casefold().find(self._answer.casefold()) if self._answer else -1
        if at >= 0 and len(said.plain.casefold()) == len(said.plain):
            said = said.stylize("bold $text-success", at, at + len(self._answer))
        where = show_line(note.where, MUTED).wrap(width) if note.where else []
        return [*show_line(note.title, "bold").wrap(width), *where, Content(), *said.wrap(width)]


def _past_lines(past: ItemPast, width: int, rows: int) -> list[Content]:
    """Say how earlier attempts went, or that there were none; in words as far as so many rows allow."""
    if not past.attempts:
        return [show("new, first time", "$text-new")]
    said = show(f"{count(past.attempts, 'answer')}, the last {past.last}", MUTED).wrap(width)
    most = (rows - len(said)) // ANSWER_ROWS
    if len(past.answers) > 1 and most > 0:
        return [*said, *(line for answer in past.answers[:most] for line in _answer_lines(answer, width))]
    signs = [join(_sign(mark)) for mark in past.marks]
    before = [show("… ", MUTED)] if past.attempts > len(signs) else []
    return [join(*before, Content(" ").join(signs)).truncate(width), *said]


def _answer_lines(answer: PastAnswer, width: int) -> list[Content]:
    """Say when an answer was given and how long after the one before it, and what it was."""
    after = "" if answer.after is None else f"  after {span(answer.after)}"
    return [
        Content(),
        join(_sign(answer.verdict), (f" {answer.day:%d %b %Y}{after}", MUTED)),
        show_line(answer.response or "–").truncate(width, ellipsis=True),
    ]


def _sign(mark: Verdict) -> tuple[str, str]:
    return SIGNS[mark.value]
