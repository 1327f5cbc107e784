"""What an exam came to, as lines of a width in cells."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quiz.core.content.grading import Verdict
from quiz.core.exam.certainty_marks import PAYS_FROM
from quiz.core.exam.result import ExamResult, clock_remark
from quiz.core.exam.session import By
from quiz.core.item_result import ItemResult, points_text
from quiz.core.text.phrases import clock, count
from quiz.tui.text import SIGNS, join, show, show_line
from quiz.tui.widgets.bars import bar, percent, sparkline

WORDS = {
    Verdict.CORRECT: "correct",
    Verdict.PARTIAL: "partly right",
    Verdict.INCORRECT: "incorrect",
    Verdict.SKIPPED: "empty",
}
SURENESS = {"sure": "sure", "fairly": "fairly sure", "guess": "guessed"}
MUTED = "$foreground-muted"
LABEL_WIDTH, BAR_WIDTH = 24, 30
"""The most cells that a label and a bar take."""


def summary_lines(result: ExamResult, width: int) -> list[Content]:
    """Say whether it was passed, how many items got which verdict, and how long it took."""
    lines = []
    settings = result.settings
    if result.has_passed is not None:
        verdict = Verdict.CORRECT if result.has_passed else Verdict.INCORRECT
        sign, style = SIGNS[verdict.value]
        word = "Passed" if result.has_passed else "Not passed"
        lines.append(
            join((f"{sign} {word}", f"bold {style}"), (f"   pass mark {settings.pass_mark} %", MUTED))
        )
    counted = []
    for verdict, word in WORDS.items():
        if number := result.count(verdict):
            sign, style = SIGNS[verdict.value]
            counted.append(join((f"{sign} ", style), f"{number} {word}"))
    lines += flowed(counted, width)
    limit = f" of {clock(settings.limit_ms)}" if settings.limit_ms else ""
    said = [f"{clock(result.duration_ms)}{limit}", f"form {settings.form}" if settings.form else ""]
    said.append("handed in when time was over" if result.by is By.CLOCK else "")
    remark = clock_remark(result)
    lines += flowed([show(part, MUTED) for part in said if part], width)
    return [*lines, show(remark, "$text-warning")] if remark else lines


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
    """Show a bar for each topic."""
    label = min(LABEL_WIDTH, width // 2)
    room = max(3, min(BAR_WIDTH, width - label - 8))
    lines = [show("By topic", "bold")]
    for part in result.topics:
        name = show_line(part.name or "Other").truncate(label, ellipsis=True, pad=True)
        lines.append(join(name, " ", bar(part.share, room), percent(part.share)))
    return lines


def earlier_lines(result: ExamResult, width: int) -> list[Content]:
    """Show the earlier exams on the same banks and this one, oldest first."""
    lines = [show("Your exams on this" if len(result.banks) == 1 else "Your exams on these banks", "bold")]
    if not result.earlier:
        return [*lines, show("This was the first.", MUTED)]
    shares = (*result.earlier, result.share)[-max(1, width) :]
    sparks = (sparkline(shares[:-1]), "$text-primary"), (sparkline(shares[-1:]), "bold $text-accent")
    last, best = (f"{round(share * 100)} %" for share in (result.earlier[-1], max(result.earlier)))
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


def item_lines(result: ExamResult, width: int) -> list[Content]:
    """Show the time that each item took, beside its verdict."""
    if not result.items:
        return [show("No item was handed in.", MUTED)]
    longest = max(item.duration_ms for item in result.items) or 1
    head = join(("Time per item  ", "bold"), (f"median {clock(result.median_ms)}", MUTED))
    room = max(3, min(16, width // 5))
    return [head, *(_item_line(item, longest, room, width) for item in result.items)]


def _item_line(item: ItemResult, longest: int, room: int, width: int) -> Content:
    sign, style = SIGNS[item.verdict.value]
    flag = ("⚑ " if item.is_flagged else "", "$text-warning")
    head = join((f"{item.number:>3} ", MUTED), (f"{sign} ", style), flag)
    stem = show_line(item.stem or f"{item.ref.item} (no longer in its bank)")
    length = round(item.duration_ms / longest * room)
    tail = join(f" {clock(item.duration_ms):>6} ", ("━" * length, "$text-accent"), " " * (room - length))
    space = max(1, width - head.cell_length - tail.cell_length)
    return Content.assemble(head, stem.truncate(space, ellipsis=True, pad=True), tail)


def missed_line(result: ExamResult) -> Content:
    """Say what to do next."""
    if not result.missed:
        return join(("✓ ", "$text-success"), "Nothing was missed.")
    return join(
        f"{count(len(result.missed), 'item')} missed: ",
        ("r", "bold $text-accent"),
        " practises them now, ",
        ("enter", "bold $text-accent"),
        " looks at every item.",
    )
