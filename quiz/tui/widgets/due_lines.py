"""What comes back on each of the next days, drawn as lines of a width in cells."""

from __future__ import annotations

from textual.content import Content

from quiz.core.statistics.findings import due_finding
from quiz.core.statistics.forecast import Forecast
from quiz.tui.text import show
from quiz.tui.widgets.block_plots import columns

MUTED = "$foreground-muted"


def due_lines(told: Forecast, width: int, rows: int = 3) -> list[Content]:
    """Draw what comes back on each of the next days, with today's load first, in bars so many rows high."""
    head = show(due_finding(told), "bold").wrap(width)
    room = len(f"  {told.later + sum(day.items for day in told.days):,} later")
    values = [float(day.items) for day in told.days[: max(1, width - room)]]
    if not any(values):
        return head
    each = 2 if width >= len(values) * 2 + room else 1
    ticks = "today"
    for place in range(7, len(values) - 2, 7):
        ticks = f"{ticks:<{place * each}}+{place}"
    later = told.later + sum(day.items for day in told.days[len(values) :])
    if later:
        ticks = f"{ticks:<{len(values) * each}}  {later:,} later"
    bars = [show(row, "$text-due") for row in columns(values, rows, each=each)]
    return [*head, Content(), *bars, show(ticks, MUTED)]
