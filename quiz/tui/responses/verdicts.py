"""Rows that show the verdicts of what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Vertical

from quiz.core.content.grading import Entered, Grade, Part, Response
from quiz.tui.responses.row import NOTHING, RIGHT, TONES, WRONG, ResponseRow, align, key_tail, tail_of
from quiz.tui.text import join

NO_ANSWER = "no answer"


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


def verdict_row(part: Part, label: str | None, given: str) -> ResponseRow:
    """Return a row that says what was typed and what it was worth."""
    sign = RIGHT if part.is_right else WRONG if given else NOTHING
    row = ResponseRow(given or NO_ANSWER, label)
    tail = key_tail(sign, part.expected)
    if part.is_right and part.is_near:
        tail = tail_of(tail, join(("usual spelling: ", "$foreground-muted"), (part.expected, RIGHT[1])))
    elif part.is_right and part.is_form:
        tail = tail_of(tail, join(("usual form: ", "$foreground-muted"), (part.expected, RIGHT[1])))
    elif part.remark:
        tail = tail_of(tail, join(("close", "$text-warning")))
    row.put(sign=sign, tail=tail, tone=TONES[sign])
    return row


def show_rows(box: Vertical, rows: Sequence[ResponseRow]) -> None:
    """Show these rows in a box, and no others."""
    align(rows)
    box.remove_children()
    box.mount_all(rows)
