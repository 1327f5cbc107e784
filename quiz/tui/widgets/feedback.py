"""What there is to say once a response is graded. It stays until the learner goes on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from quiz.core.content.bank import Note
from quiz.core.content.grading import Grade
from quiz.core.content.interaction import RATINGS
from quiz.core.content.item import Item
from quiz.core.content.option_feedback import option_feedback
from quiz.core.session import BankItem
from quiz.core.text.markdown_excerpt import prose, sentence_about
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.core.text.phrases import span
from quiz.services.study.live import ComingBack
from quiz.tui.text import SIGNS, join, show, show_marked
from quiz.tui.widgets.marked_text import NO_BLOCKS, Blocks, MarkedText, code_in
from quiz.tui.widgets.next_button import NextButton

WORDS = {"correct": "Correct.", "partial": "Partly right.", "incorrect": "Incorrect.", "skipped": "Skipped."}
ONE_ROW = 76
"""How many columns a terminal needs for all four ratings side by side."""
MARGIN = 10
"""How many columns of the terminal are not the text's."""


class Feedback(Vertical):
    """Verdict, rationale, when it comes back, the cited note, and the way on.

    `note_rows` is how many rows a note may take; of a longer one a sentence is shown.
    """

    DEFAULT_CSS = """
    Feedback { height: auto; margin-top: 1; padding-left: 1; border-left: thick $secondary; }
    Feedback.correct { border-left: thick $success; }
    Feedback.partial { border-left: thick $warning; }
    Feedback.incorrect { border-left: thick $error; }
    Feedback > NextButton { margin-top: 1; }
    """

    def __init__(
        self, bank_item: BankItem, grade: Grade, back: ComingBack | None = None, note_rows: int = 0
    ) -> None:
        super().__init__(classes=grade.verdict.value)
        self._placed = bank_item
        self._grade = grade
        self._back = back
        self._note_rows = note_rows

    def compose(self) -> ComposeResult:
        """Say it all in one text: it must not take long now."""
        item, grade = self._placed.item, self._grade
        yield MarkedText(self._said, (item.rationale, *grade.feedback), self._placed.bank.reads)
        yield NextButton(id="next")

    def _said(self, blocks: Blocks = NO_BLOCKS) -> Content:
        """Return all there is to say, most important first."""
        item, bank, grade = self._placed.item, self._placed.bank, self._grade
        lines = [self._verdict(blocks)]
        is_told = any(part.is_near or part.is_form for part in grade.parts)  # by a row, with what is usual
        if grade.notice and not is_told:
            lines.append(show(grade.notice, "italic"))
        lines += option_lines(item, grade, bank.reads, blocks)
        if self._back is not None:
            lines += [Content(), self._coming_back(self._back)]
        lines += [line for name in item.cites[:2] for line in (Content(), self._cited(bank.notes[name]))]
        return Content("\n").join(lines)

    def _verdict(self, blocks: Blocks = NO_BLOCKS) -> Content:
        """Return the verdict as a sign and a word, with the rationale."""
        grade, rationale = self._grade, self._placed.item.rationale
        sign, style = SIGNS[grade.verdict.value]
        share = f" ({round(grade.score * 100)} %)" if grade.verdict.value == "partial" else ""
        verdict = (f"{sign} {WORDS[grade.verdict.value]}{share}", f"bold {style}")
        return join(
            verdict, "  " if rationale else "", show_marked(rationale, self._placed.bank.reads, blocks=blocks)
        )

    def _cited(self, note: Note) -> Content:
        """Return a note: whole where it fits beneath, else its sentence about the correct answer."""
        where = f" · {note.where}" if note.where else ""
        head = (f"{note.title}{where}: ", "bold $foreground-muted")
        whole = join(head, (prose(note.text), "$foreground-muted"))
        if whole.get_height({}, max(20, self.app.size.width - MARGIN)) <= self._note_rows:
            return whole
        about = sentence_about(note.text, (self._placed.item.key_text(),), 200)
        return join(head, (about, "$foreground-muted"))

    @property
    def verdict_rows(self) -> int:
        """How many rows the verdict and the rationale take."""
        return self._verdict().get_height({}, max(1, self.size.width - 1))

    def show_back(self, back: ComingBack) -> None:
        """Say anew when the item comes back."""
        self._back = back
        self.query_one(MarkedText).draw_again()

    def _coming_back(self, back: ComingBack) -> Content:
        """Say when the item comes back, and what each rating would make of that, in rows that fit."""
        ratings = []
        for rating, interval in back.intervals.items():
            is_chosen = rating == back.chosen
            said = f"{RATINGS[rating]} {span(interval)}{' ●' if is_chosen else ''}"
            style = "bold" if is_chosen else "$foreground-muted"
            ratings.append(join((f"{rating} ", "bold $text-accent"), (said, style)))
        in_a_row = len(ratings) if self.app.size.width >= ONE_ROW else 2
        rows = [
            Content("   ").join(ratings[start : start + in_a_row])
            for start in range(0, len(ratings), in_a_row)
        ]
        return Content("\n").join([join((back.words, "$foreground-muted")), *rows])


def option_lines(
    item: Item, grade: Grade, markup: Markup = NO_MARKUP, blocks: Blocks = NO_BLOCKS
) -> list[Content]:
    """Return what is said of the options that were chosen, each with its option."""
    options = {feedback: text for text, feedback in option_feedback(item)}
    return [
        join(
            ("› ", "$text-accent"),
            name_of(options.get(said, ""), markup, blocks),
            show_marked(said, markup, blocks=blocks),
        )
        for said in grade.feedback
    ]


def name_of(option: str, markup: Markup, blocks: Blocks) -> Content:
    """Return an option as what stands before what is said of it; a block of code stands above it."""
    if not option:
        return Content()
    if code_in((option,), markup) or option.rstrip().endswith("```"):
        return show_marked(option, markup, "bold", blocks) + Content("\n")
    return show_marked(f"{option}: ", markup, "bold", blocks)
