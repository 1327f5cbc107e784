"""The overview of a record as lines of a width in cells."""

from __future__ import annotations

from textual.content import Content

from quiz.core.statistics.findings import due_finding
from quiz.core.statistics.overview import BankKnowledge, LearnerOverview
from quiz.core.text.phrases import count, day_name, spent
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.bars import bar, percent

MUTED = "$foreground-muted"
LISTED = 30
"""How many of the last days are listed."""
ROOMY, WIDE = 100, 64
"""The widths in cells from which a bank's line has all its columns, and most of them."""


def listed_day_lines(view: LearnerOverview, width: int, most: int) -> list[Content]:
    """List the last active days, at most so many, the newest first: how many answers, how many right."""
    active = [day for day in reversed(view.recent[-LISTED:]) if day.attempts]
    has_time = width >= 42
    lines = [show(f"{'':<10}{'answers':>10}{'right':>8}{'time' if has_time else '':>12}".rstrip(), MUTED)]
    for day in active[:most]:
        share = percent(day.accuracy or 0.0).strip()
        took = f"{spent(day.duration_ms):>12}" if has_time else ""
        lines.append(join(f"{day.day:%a %d %b}{day.attempts:>10,}{share:>8}", (took, MUTED)))
    idle = LISTED - len(active)
    if idle:
        lines.append(show(f"{count(idle, 'day')} of {LISTED} without answers", MUTED))
    return lines


def listed_due_lines(view: LearnerOverview, width: int, most: int) -> list[Content]:
    """List the days, at most so many, on which something comes back."""
    told = view.forecast
    busy = [day for day in told.days if day.items]
    if not busy:
        return show(due_finding(told), MUTED).wrap(width)
    largest = max(day.items for day in busy)
    room = max(0, min(24, width - 31))
    lines = [show(f"{'':<22}{'items':>7}", MUTED)]
    for day in busy[:most]:
        name = day_name(day.day, view.today)
        size = bar(day.items / largest, room, "$accent", "$background") if room > 2 else show("")
        lines.append(join(f"{day.day:%a %d %b}  ", (f"{name:<10}", MUTED), f"{day.items:>7,}  ", size))
    if told.overdue:
        lines.append(show(f"{told.overdue:,} of today's are overdue", MUTED))
    return [*lines, show(f"{told.later:,} come back later", MUTED)]


def bank_head(width: int) -> Content:
    """Return the head of the banks' columns."""
    return show(_columns("known", "learning", "new", "right", "time", width).rjust(width))


def bank_row(line: BankKnowledge, width: int) -> Content:
    """Return the right end of a bank's line."""
    known, learning, new = line.knowledge.whole
    share = percent(line.knowledge.share).strip()
    if width < WIDE:
        return join(_stack(line, 8), f"{share:>6}")
    right = "–" if line.accuracy is None else percent(line.accuracy).strip()
    time = "–" if line.accuracy is None else spent(line.duration_ms)
    cells = _columns(f"{known:,}", f"{learning:,}", f"{new:,}", right, time, width)
    return join(_stack(line, 24 if width >= ROOMY else 8), cells)


def _columns(known: str, learning: str, new: str, right: str, time: str, width: int) -> str:
    if width < WIDE:
        return f"{known:>6}"
    text = f"{known:>7}{learning:>10}{new:>7}{right:>7}"
    return f"{text}{time:>13}" if width >= ROOMY else text


def _stack(line: BankKnowledge, width: int) -> Content:
    """Draw what is known heavy, what is being learnt dashed, and what is new thin."""
    known = line.knowledge
    if not known.items:
        return show(" " * width)
    solid = round(known.known / known.items * width)
    dashed = round((known.known + known.learning) / known.items * width) - solid
    return join(
        ("━" * solid, "$text-success"),
        ("╍" * dashed, "$text-warning"),
        ("─" * (width - solid - dashed), "$border"),
    )


def named(text: str, width: int) -> Content:
    """Return a name padded or cut to a width in cells."""
    return show_line(text).truncate(width, ellipsis=True, pad=True)
