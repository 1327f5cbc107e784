"""What an exam came to, as lines of a width in cells."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quiz.core.content.grading import Verdict
from quiz.core.exam.certainty_marks import PAYS_FROM
from quiz.core.exam.result import ExamResult
from quiz.core.item_result import ItemResult, points_text
from quiz.core.text.phrases import clock, whole_per_cent
from quiz.tui.text import SIGNS, join, show, show_line
from quiz.tui.widgets.bars import bar, percent, sparkline

SURENESS = {"sure": "sure", "fairly": "fairly sure", "guess": "guessed"}
MUTED = "$foreground-muted"
STEM_ROWS = 2
"""How many rows of a question are shown at most."""
MOST_TIMES = 10
"""How many of the questions that took longest are listed."""


def flowed(pieces: Sequence[Content], width: int, gap: int = 3) -> list[Content]:
    """Put pieces side by side in as many lines as they need, none of them broken."""
    lines: list[Content] = []
    for piece in pieces:
        if lines and lines[-1].cell_length + gap + piece.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], " " * gap, piece)
        else:
            lines.append(piece)
    return lines


def topic_lines(result: ExamResult, width: int) -> list[Content]:
    """Show a bar for each topic, the weakest first."""
    lines = [show("By topic, weakest first", "bold"), Content()]
    for part in sorted(result.topics, key=lambda part: part.share):
        name = show_line(part.name or "Other").truncate(width - 8, ellipsis=True, pad=True)
        lines += [join(name, "  ", percent(part.share)), bar(part.share, width)]
    return lines


def earlier_lines(result: ExamResult, width: int) -> list[Content]:
    """Show the earlier exams on the same banks and this one, oldest first."""
    lines = [show("Your exams on this" if len(result.banks) == 1 else "Your exams on these banks", "bold")]
    if not result.earlier:
        return [*lines, show("This was the first.", MUTED)]
    shares = (*result.earlier, result.share)[-max(1, width) :]
    sparks = (sparkline(shares[:-1]), "$text-primary"), (sparkline(shares[-1:]), "bold $text-accent")
    last, best = (f"{whole_per_cent(share)} %" for share in (result.earlier[-1], max(result.earlier)))
    return [*lines, join(*sparks), show(f"before: last {last}, best {best}", MUTED)]


def certainty_lines(result: ExamResult, width: int) -> list[Content]:  # noqa: ARG001
    """Show the certainty-based marks, and how well being sure went with being right."""
    total = f"{points_text(result.mark)} of {points_text(result.best_mark)}"
    lines = [join(("Certainty-based marks  ", "bold"), (total, "bold $text-accent"))]
    lines.append(show(f"{'':<14}{'right':>6}{'mark':>6}", MUTED))
    for part in result.certainty:
        is_too_sure = part.share < PAYS_FROM[part.confidence]
        lines.append(
            join(
                f"{SURENESS[part.confidence.value]:<11}",
                (f"{part.items:>3}", MUTED),
                f"{percent(part.share)}{part.mark:>+6.3g}",
                ("  too sure" if is_too_sure else "", "$text-warning"),
            )
        )
    lines.append(show("right +1 +2 +3, wrong 0 −2 −6", MUTED))
    return lines


def question_lines(result: ExamResult, width: int) -> list[Content]:
    """Show the questions in rows of cells, each with its sign over its number."""
    if not result.items:
        return [show("Nothing was handed in.", MUTED)]
    digits = len(str(len(result.items)))
    each = max(digits + 1, min(digits + 4, (width + 1) // len(result.items) - 1))
    rows = -(-len(result.items) // max(1, (width + 1) // (each + 1)))
    in_a_row = -(-len(result.items) // rows)
    lines = [show("Question by question", "bold"), Content()]
    for start in range(0, len(result.items), in_a_row):
        row = result.items[start : start + in_a_row]
        signs = [join((f"{SIGNS[item.verdict.value][0]:^{each}}", _cell_style(item))) for item in row]
        numbers = [f"{f'{item.number}⚑' if item.is_flagged else item.number:^{each}}" for item in row]
        lines += [Content(" ").join(signs), show(" ".join(numbers), MUTED)]
    return lines


def _cell_style(item: ItemResult) -> str:
    tint = {Verdict.CORRECT: "success", Verdict.PARTIAL: "warning", Verdict.INCORRECT: "error"}.get(
        item.verdict
    )
    style = SIGNS[item.verdict.value][1]
    return f"{style} on ${tint}-muted" if tint else f"{style} on $surface"


def missed_lines(result: ExamResult, width: int, *, is_roomy: bool) -> list[Content]:
    """List what was missed: the question, what was answered and what is right."""
    missed = [item for item in result.items if item.is_missed]
    if not missed:
        return [join(("✓ ", "bold $text-success"), ("Nothing was missed.", "bold"))] if result.items else []
    lines = [show("Missed", "bold"), *([Content()] if is_roomy else [])]
    for item in missed:
        sign, style = SIGNS[item.verdict.value]
        head = join((f"{sign} ", style), (f"{item.number:>3}  ", MUTED))
        stem = show_line(item.stem or "This question is no longer in its bank.")
        told = stem.wrap(max(1, width - head.cell_length))[:STEM_ROWS]
        if stem.cell_length > sum(line.cell_length + 1 for line in told):
            told[-1] = (told[-1] + "…").truncate(max(1, width - head.cell_length), ellipsis=True)
        indent = Content.blank(head.cell_length)
        lines += [(indent if row else head) + line for row, line in enumerate(told)]
        lines += [*_answers(item, width), Content()]
    return lines[:-1]


def _answers(item: ItemResult, width: int) -> list[Content]:
    """Return what was answered beside what is right, or above it where both do not fit on a line."""
    indent = Content.blank(7)
    given = show_line(item.response_text or "left empty", SIGNS[item.verdict.value][1])
    key = join(("✓ ", "$text-success"), show_line(item.key, "$text-success")) if item.key else Content()
    room = max(1, width - indent.cell_length)
    half = room // 2
    if given.cell_length <= half - 2 and half + key.cell_length <= room:
        return [indent + given.pad_right(half - given.cell_length) + key]
    return [indent + part.truncate(room, ellipsis=True) for part in (given, key) if part]


def time_lines(result: ExamResult, width: int) -> list[Content]:
    """Show the time that each question took, the longest first, beside its verdict."""
    if not result.items:
        return []
    slowest = sorted(result.items, key=lambda item: -item.duration_ms)[:MOST_TIMES]
    longest = slowest[0].duration_ms or 1
    said = f"Half of the questions took longer than {clock(result.median_ms)}."
    room = max(3, min(16, width // 5))
    return [show(said, "bold"), Content(), *(_time_line(item, longest, room, width) for item in slowest)]


def _time_line(item: ItemResult, longest: int, room: int, width: int) -> Content:
    sign, style = SIGNS[item.verdict.value]
    head = join((f"{sign} ", style), (f"{item.number:>3}  ", MUTED))
    stem = show_line(item.stem or "no longer in its bank")
    length = max(1, round(item.duration_ms / longest * room))
    tail = join(f"  {clock(item.duration_ms):>6} ", ("━" * length, "$text-accent"), " " * (room - length))
    space = max(1, width - head.cell_length - tail.cell_length)
    return Content.assemble(head, stem.truncate(space, ellipsis=True, pad=True), tail)
