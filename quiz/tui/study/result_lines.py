"""The end of a study session as lines of a width in cells."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from quiz.core.study.result import StudyResult, WorthAnother
from quiz.core.text.phrases import day_name
from quiz.services.study.outcome import StudyOutcome
from quiz.tui.text import SIGNS, join, show, show_line, wrapped
from quiz.tui.widgets.bars import bar

MUTED = "$foreground-muted"
MOST_ROWS = 3
"""How many rows a question, or its answer, takes at most."""
DAY_WIDTH, ALL_WIDTH, OWN_WIDTH, LONGEST_BAR = 10, 6, 10, 16


def learned_lines(result: StudyResult) -> list[Content]:
    """Say what was learned, in figures that add up to the questions that were answered."""
    head, comma, rest = result.in_words.partition(",")
    lines = [join((head, "bold"), comma + rest)]
    if not result.asked:
        return lines
    lines.append(show(result.work_in_words, MUTED))
    more = [f"{result.overrides} counted as right by you"] if result.overrides else []
    if result.sure:
        more.append(f"sure and right {result.sure_and_right} of {result.sure} times")
    return [*lines, show(" · ".join(more), MUTED)] if more else lines


def worth_lines(worth: tuple[WorthAnother, ...], width: int, *, is_roomy: bool, rows: int) -> list[Content]:
    """List what is worth another look: each question, and beneath it the right answer.

    Each text takes a row, two where `is_roomy`, and up to MOST_ROWS as far as some rows in all have room.
    """
    if not worth:
        return [join(("✓ ", "$text-success"), "Nothing was missed.")]
    lines: list[Content] = [show("Worth another look", "bold")]
    least = 2 if is_roomy else 1
    free = rows - 1 - (3 if is_roomy else 2) * len(worth)
    for item in worth:
        if is_roomy:
            lines.append(Content())
        sign = SIGNS[item.verdict.value] if item.verdict else ("⚑", "$text-warning")
        marks = "".join(f"  {mark}" for mark in _marks(item))
        room = max(1, width - 2 - Content(marks).cell_length)
        first, *more = wrapped(show_line(item.stem, "bold"), room, max(least, min(MOST_ROWS, 1 + free)))
        free -= len(more)
        lines.append(join((f"{sign[0]} ", sign[1]), first, (marks, "$text-warning")))
        lines += [join("  ", row) for row in more]
        answer = _answer(item, width, max(least, min(MOST_ROWS, 1 + free)))
        free -= len(answer) - 1
        lines += answer
    return lines


def right_lines(result: StudyResult, width: int, rows: int) -> list[Content]:
    """List what was right the first time, a row each, as far as some rows in all have room for it."""
    room = rows - 2
    if not result.right_stems or room < 1:
        return []
    shown = result.right_stems if len(result.right_stems) <= room else result.right_stems[: room - 1]
    lines = [show("Right the first time", "bold"), Content()]
    lines += [
        join(("✓ ", "$text-success"), show_line(stem, MUTED)).truncate(width, ellipsis=True) for stem in shown
    ]
    left = len(result.right_stems) - len(shown)
    return [*lines, show(f"… and {left} more", MUTED)] if left else lines


def _answer(item: WorthAnother, width: int, most: int) -> list[Content]:
    """Return the part that was missed, or the right answer, in at most so many rows."""
    if item.missed:
        sign, text = ("◐ ", "$text-warning"), show_line(item.missed)
    else:
        sign, text = ("✓ ", "$text-success"), show_line(item.key, "$text-success")
    first, *more = wrapped(text, max(1, width - 4), most)
    return [join("  ", sign, first), *(join("    ", row) for row in more)]


def _marks(item: WorthAnother) -> list[str]:
    """Return what is remarkable about an item."""
    marks = {
        f"{item.misses}×": item.misses > 1,
        "sure": item.was_sure,
        "⚑": item.is_flagged and item.misses > 0,
        "will not stick": item.is_leech,
    }
    return [mark for mark, is_so in marks.items() if is_so]


def coming_lines(outcome: StudyOutcome, today: date, width: int) -> list[Content]:
    """List on which days how many questions come back: of all banks, and of this session."""
    rows = [(_day(told.day, today), told.items, told.of_session) for told in outcome.coming if told.items]
    if not rows and not outcome.later:
        return [show("Comes back", "bold"), show("Nothing yet.", MUTED)]
    most = max((items for _, items, _ in rows), default=0)
    size = max(0, min(LONGEST_BAR, width - DAY_WIDTH - ALL_WIDTH - OWN_WIDTH))
    lines = [_columns("Comes back", show(" " * size), "all", "of these", "bold")]
    for name, items, own in rows:
        drawn = bar(items / most, size, "$text-due", "$panel") if size else Content()
        lines.append(_columns(name, drawn, f"{items:,}", f"{own:,}" if own else "·", MUTED))
    if outcome.later:
        part = f"{outcome.later_of_session:,}" if outcome.later_of_session else "·"
        lines.append(_columns("later", show(" " * size), f"{outcome.later:,}", part, MUTED))
    if outcome.suspended:
        lines.append(_columns("suspended", show(" " * size), "", f"{outcome.suspended:,}", MUTED))
    of_session = f"{outcome.coming_of_session + outcome.suspended:,}"
    return [*lines, _columns("in all", show(" " * size), f"{outcome.coming_items:,}", of_session, MUTED)]


def _columns(name: str, drawn: Content, items: str, own: str, style: str) -> Content:
    figures = (f"{items:>{ALL_WIDTH}}", ""), (f"{own:>{OWN_WIDTH}}", MUTED)
    return join((f"{name:<{DAY_WIDTH}}", style), drawn, *figures)


def _day(day: date, today: date) -> str:
    return day_name(day, today) if (day - today).days < 2 else f"{day:%A}"


def next_lines(outcome: StudyOutcome, keys: dict[str, str]) -> list[Content]:
    """List what can be done next, with the keys by their effects."""
    lines = [show(outcome.today.waiting_in_words, "$text-new")] if outcome.today.waiting_in_words else []
    return lines + [join((key, "bold $text-accent"), f" {effect}") for effect, key in keys.items()]
