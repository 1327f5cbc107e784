"""What there is to say once a response is graded. It stays until the learner goes on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from quiz.core.gist import gist
from quiz.core.grading import Grade
from quiz.core.interaction import RATINGS
from quiz.core.sessions.common import Placed
from quiz.core.wording import span
from quiz.storage.live_study import ComingBack
from quiz.tui.text import SIGNS, join, show
from quiz.tui.widgets.next_button import NextButton

WORDS = {"correct": "Correct.", "partial": "Partly right.", "incorrect": "Incorrect.", "skipped": "Skipped."}


class Feedback(Vertical):
    """Verdict, rationale, the cited note, when it comes back, and the way on."""

    DEFAULT_CSS = """
    Feedback { height: auto; margin-top: 1; padding-left: 1; border-left: thick $secondary; }
    Feedback.correct { border-left: thick $success; }
    Feedback.partial { border-left: thick $warning; }
    Feedback.incorrect { border-left: thick $error; }
    Feedback > NextButton { margin-top: 1; }
    """

    def __init__(self, placed: Placed, grade: Grade, back: ComingBack | None = None) -> None:
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
        lines = [join(verdict, f"  {item.rationale}" if item.rationale else "")]
        if grade.notice:
            lines.append(show(grade.notice, "italic"))
        lines += [join(("› ", "$text-accent"), said) for said in grade.feedback]
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

    @staticmethod
    def _coming_back(back: ComingBack) -> Content:
        parts: list[tuple[str, str]] = [(f"{back.words}   ", "$foreground-muted")]
        for rating, interval in back.intervals.items():
            is_chosen = rating == back.chosen
            parts.append((f"{rating}\u00a0", "bold $text-accent"))
            mark = " ●" if is_chosen else ""
            said = f"{RATINGS[rating]} {span(interval)}{mark}".replace(" ", "\u00a0")
            parts.append((f"{said}   ", "bold" if is_chosen else "$foreground-muted"))
        return join(*parts)
