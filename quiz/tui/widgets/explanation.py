"""What there is to learn from an item that was handed in: verdict, key, rationale, feedback and note."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from quiz.core.content.grading import Grade
from quiz.core.content.option_feedback import option_feedback
from quiz.core.item_result import ItemResult, points_text
from quiz.core.session import BankItem
from quiz.core.text.markdown_excerpt import gist
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.core.text.phrases import clock
from quiz.tui.text import SIGNS, join, show, show_line, show_marked
from quiz.tui.widgets.feedback import name_of, option_lines
from quiz.tui.widgets.marked_text import Blocks, MarkedText

WORDS = {
    "correct": "Correct.",
    "partial": "Partly right.",
    "incorrect": "Incorrect.",
    "skipped": "Left empty.",
}
SURENESS = {"sure": "you were sure", "fairly": "you were fairly sure", "guess": "you guessed"}
NOTE_LENGTH = 400
"""How many characters of a note are shown; `n` reads all of it."""


class VerdictPanel(Vertical):
    """Stays beneath the response, most important first."""

    DEFAULT_CSS = """
    VerdictPanel { height: auto; margin-top: 1; padding-left: 1; border-left: thick $secondary; }
    VerdictPanel.correct { border-left: thick $success; }
    VerdictPanel.partial { border-left: thick $warning; }
    VerdictPanel.incorrect { border-left: thick $error; }
    VerdictPanel > .note { color: $foreground-muted; margin-top: 1; }
    VerdictPanel > .options { margin-top: 1; }
    """

    def __init__(self, result: ItemResult, bank_item: BankItem | None, grade: Grade) -> None:
        super().__init__(classes=result.verdict.value)
        self._result = result
        self._placed = bank_item
        self._grade = grade

    def compose(self) -> ComposeResult:
        """Say it all."""
        result, grade = self._result, self._grade
        markup = self._placed.bank.reads if self._placed else NO_MARKUP
        yield Static(self._verdict())
        if not result.is_same or not result.is_here:
            yield Static(join(("Your answer  ", "bold"), result.response_text or "none"))
            if result.key:
                yield Static(join(("Key now  ", "bold $text-success"), result.key))
        if result.rationale:
            yield MarkedText.of(result.rationale, markup)
        if grade.notice:
            yield Static(show(grade.notice, "italic"))
        if self._placed is None:
            return
        item, said = self._placed.item, grade.feedback
        if said:
            yield MarkedText(lambda blocks: _lines(option_lines(item, grade, markup, blocks)), said, markup)
        others = [(text, feedback) for text, feedback in option_feedback(item) if feedback not in said]
        if others:
            yield MarkedText(
                lambda blocks: _lines(other_lines(others, markup, blocks)),
                [feedback for _, feedback in others],
                markup,
                classes="options",
            )
        bank = self._placed.bank
        for name in self._placed.item.cites:
            note = bank.notes.get(name)
            if note is not None:
                where = f" · {note.where}" if note.where else ""
                head = show_line(f"{note.title}{where}:", "bold")
                yield Static(join(head, " ", gist(note.text, NOTE_LENGTH)), classes="note")

    def _verdict(self) -> Content:
        result = self._result
        sign, style = SIGNS[result.verdict.value]
        said = [f"{points_text(result.points)} of {points_text(result.weight)}"]
        if result.confidence is not None and result.mark is not None:
            said.append(f"{SURENESS[result.confidence.value]}, mark {result.mark:+.3g}")
        said.append(clock(result.duration_ms))
        flag = ("   ⚑ flagged", "$text-warning") if result.is_flagged else ""
        verdict = (f"{sign} {WORDS[result.verdict.value]}", f"bold {style}")
        return join(verdict, (f"   {' · '.join(said)}", "$foreground-muted"), flag)


def other_lines(others: Iterable[tuple[str, str]], markup: Markup, blocks: Blocks) -> list[Content]:
    """Return what is said of options that were not chosen, each with its option."""
    return [
        join(
            ("· ", "$foreground-muted"),
            name_of(text, markup, blocks),
            show_marked(feedback, markup, blocks=blocks),
        )
        for text, feedback in others
    ]


def _lines(lines: Iterable[Content]) -> Content:
    return Content("\n").join(lines)
