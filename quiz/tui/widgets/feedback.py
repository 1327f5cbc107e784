"""What there is to say once a response is graded. It stays until the learner goes on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from quiz.core.content.grading import Grade
from quiz.core.content.interaction import RATINGS
from quiz.core.session import BankItem
from quiz.core.text.markdown_excerpt import gist
from quiz.core.text.phrases import span
from quiz.services.study.live import ComingBack
from quiz.tui.text import SIGNS, join, show, show_marked
from quiz.tui.widgets.next_button import NextButton

WORDS = {"correct": "Correct.", "partial": "Partly right.", "incorrect": "Incorrect.", "skipped": "Skipped."}
ONE_ROW = 76
"""How many columns a terminal needs for all four ratings side by side."""


class Feedback(Vertical):
    """Verdict, rationale, the cited note, when it comes back, and the way on."""

    DEFAULT_CSS = """
    Feedback { height: auto; margin-top: 1; padding-left: 1; border-left: thick $secondary; }
    Feedback.correct { border-left: thick $success; }
    Feedback.partial { border-left: thick $warning; }
    Feedback.incorrect { border-left: thick $error; }
    Feedback > NextButton { margin-top: 1; }
    """

    def __init__(self, placed: BankItem, grade: Grade, back: ComingBack | None = None) -> None:
        super().__init__(classes=grade.verdict.value)
        self._placed = placed
        self._grade = grade
        self._back = back

    def compose(self) -> ComposeResult:
        """Say it all in one text: it must not take long now."""
        yield Static(self._said())
        yield NextButton(id="next")

    def _said(self) -> Content:
        """Return all there is to say, most important first."""
        item, bank, grade = self._placed.item, self._placed.bank, self._grade
        sign, style = SIGNS[grade.verdict.value]
        share = f" ({round(grade.score * 100)} %)" if grade.verdict.value == "partial" else ""
        verdict = (f"{sign} {WORDS[grade.verdict.value]}{share}", f"bold {style}")
        lines = [join(verdict, "  " if item.rationale else "", show_marked(item.rationale, bank.reads))]
        if grade.notice:
            lines.append(show(grade.notice, "italic"))
        lines += [join(("› ", "$text-accent"), show_marked(said, bank.reads)) for said in grade.feedback]
        for name in item.cites[:2]:
            note = bank.notes.get(name)
            if note is not None:
                where = f" · {note.where}" if note.where else ""
                head = (f"{note.title}{where}: ", "bold $foreground-muted")
                lines += [Content(), join(head, (gist(note.text, 200), "$foreground-muted"))]
        if self._back is not None:
            lines += [Content(), self._coming_back(self._back)]
        return Content("\n").join(lines)

    def show_back(self, back: ComingBack) -> None:
        """Say anew when the item comes back."""
        self._back = back
        self.query_one(Static).update(self._said())

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
