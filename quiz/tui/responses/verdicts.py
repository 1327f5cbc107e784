"""Rows that show the verdicts of what was typed, and under a wrong answer what is right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.containers import Vertical
from textual.content import Content

from quiz.core.content.grading import Entered, Grade, Part, Response
from quiz.core.text.difference import TextRun, difference
from quiz.tui.responses.row import NOTHING, RIGHT, TONES, WRONG, YOURS, ResponseRow, Sign, align, tail_of
from quiz.tui.text import join, show

NO_ANSWER = "no answer"
CORRECT = "correct answer"


def parts_of(grade: Grade | None, key: Response | None, given: Response) -> tuple[Part, ...]:
    """Return the graded parts of what was typed; without any, every text is held against the key's."""
    if grade is not None and grade.parts:
        return grade.parts
    typed = given.texts if isinstance(given, Entered) else ()
    expected = key.texts if isinstance(key, Entered) else ()
    is_right = grade is not None and grade.score >= 1
    return tuple(
        Part("", typed[place] if place < len(typed) else "", text, is_right=is_right)
        for place, text in enumerate(expected)
    )


def verdict_rows(part: Part, label: str | None, given: str) -> list[ResponseRow]:
    """Return a row that says what was typed and what it was worth.

    What is right stands at its end, and in a row of its own beneath where only one answer was asked for.
    """
    sign = RIGHT if part.is_right else WRONG if given else NOTHING
    row = ResponseRow(given or NO_ANSWER, label)
    if part.is_right:
        tail = show("correct", sign[1])
        if part.is_near or part.is_form:
            usual = "usual spelling: " if part.is_near else "usual form: "
            tail = tail_of(tail, join((usual, "$foreground-muted"), (part.expected, RIGHT[1])))
            row.says_what_is_right = True
        return [_put(row, sign, tail)]
    ours, theirs = (
        difference(given, part.expected) if given else ([], [TextRun(part.expected, is_common=True)])
    )
    if given:
        row.text = _shown(ours, WRONG[1])
    right = _shown(theirs, RIGHT[1])
    close = ("close", "$text-warning") if part.remark and not part.is_unread else ("", "")
    if label is not None or not part.expected:
        key = join((f"{RIGHT[0]} ", RIGHT[1]), right) if part.expected else show("wrong", sign[1])
        return [_put(row, sign, tail_of(key, close))]
    beneath = ResponseRow(part.expected)
    beneath.text = right
    yours = (YOURS if given else "", sign[1])
    return [_put(row, sign, tail_of(yours, close)), _put(beneath, RIGHT, show(CORRECT, RIGHT[1]))]


def _put(row: ResponseRow, sign: Sign, tail: Content) -> ResponseRow:
    row.put(sign=sign, tail=tail, tone=TONES[sign])
    return row


def _shown(pieces: Iterable[TextRun], style: str) -> Content:
    """Return a text in which the pieces that the other one lacks stand out, without colour too."""
    return join(*((piece.text, "" if piece.is_common else f"{style} underline") for piece in pieces))


def show_rows(box: Vertical, rows: Sequence[ResponseRow]) -> None:
    """Show these rows in a box, and no others."""
    align(rows)
    box.remove_children()
    box.mount_all(rows)
