"""What there is to say once a response is graded. It stays until the learner goes on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from quiz.core.gist import gist
from quiz.core.grading import Grade
from quiz.core.interaction import RATINGS
from quiz.core.sessions.common import Placed
from quiz.core.wording import span
from quiz.storage.live_study import ComingBack
from quiz.tui.text import SIGNS, join, show, show_line

WORDS = {"correct": "Correct.", "partial": "Partly right.", "incorrect": "Incorrect.", "skipped": "Skipped."}


class Feedback(Vertical):
    """Verdict, rationale, the cited note, when it comes back, and the way on."""

    DEFAULT_CSS = """
    Feedback { height: auto; margin-top: 1; padding-left: 1; border-left: thick $secondary; }
    Feedback.correct { border-left: thick $success; }
    Feedback.partial { border-left: thick $warning; }
    Feedback.incorrect { border-left: thick $error; }
    Feedback > .note { color: $foreground-muted; margin-top: 1; }
    Feedback > .back { margin-top: 1; }
    Feedback > Button { margin-top: 1; }
    """

    def __init__(self, placed: Placed, grade: Grade, back: ComingBack | None = None) -> None:
        super().__init__(classes=grade.verdict.value)
        self._placed = placed
        self._grade = grade
        self._back = back

    def compose(self) -> ComposeResult:
        """Say it all, most important first."""
        item, bank, grade = self._placed.item, self._placed.bank, self._grade
        sign, style = SIGNS[grade.verdict.value]
        share = f" ({round(grade.score * 100)} %)" if grade.verdict.value == "partial" else ""
        verdict = (f"{sign} {WORDS[grade.verdict.value]}{share}", f"bold {style}")
        yield Static(join(verdict, f"  {item.rationale}" if item.rationale else ""))
        if grade.notice:
            yield Static(show(grade.notice, "italic"))
        for said in grade.feedback:
            yield Static(join(("› ", "$text-accent"), said))
        for name in item.cites[:2]:
            note = bank.notes.get(name)
            if note is not None:
                where = f" · {note.where}" if note.where else ""
                yield Static(join((f"{note.title}{where}: ", "bold"), gist(note.text, 200)), classes="note")
        if self._back is not None:
            yield Static(self._coming_back(self._back), classes="back")
        yield Button(show_line("Next  ⏎"), variant="primary", compact=True, id="next")

    def show_back(self, back: ComingBack) -> None:
        """Say anew when the item comes back."""
        self.query_one(".back", Static).update(self._coming_back(back))

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
