"""The week that was and the week to come, as a few lines each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.geometry import Size

from quiz.core.statistics.activity import Day, total_of
from quiz.core.statistics.forecast import DueDay
from quiz.core.text.phrases import count
from quiz.services.home import HomeView
from quiz.tui.text import join, show
from quiz.tui.widgets.bars import sparkline

MUTED = "$foreground-muted"
DAY_WIDTH = 8
WITH_WEEK = 30
"""The height of the terminal, in rows, from which the coming week is shown."""
WITH_YEAR = Size(160, 46)
"""The size of the terminal, in cells, from which the year and thirty days are shown instead."""
YEAR_HEIGHT = 12
"""How many more rows these take."""
BESIDE_THE_BANKS = 19
"""The most rows that everything but the banks takes then."""


def past_week_lines(week: Sequence[Day]) -> list[Content]:
    """Draw how many answers were given on each of the last days; beside it, all of them together."""
    done = total_of(week, week[-1].day)
    if not done.attempts or done.accuracy is None:
        return []
    most = max(day.attempts for day in week)
    bars = [sparkline([day.attempts / most]) if day.attempts else "·" for day in week]
    letters = [f"{day.day:%a}"[0] for day in week]
    return [
        join(("last 7 days", MUTED)),
        join((" ".join(bars), "$text-primary"), f"   {count(done.attempts, 'answer')}"),
        join((" ".join(letters), MUTED), f"   {round(done.accuracy * 100)} % right"),
    ]


def coming_week_lines(coming: Sequence[DueDay], today: date, width: int) -> list[Content]:
    """Draw how many items come back on each of the next days, as many of them as there is room for."""
    shown = coming[: max(1, width // DAY_WIDTH)]
    most = max((told.items for told in shown), default=0)
    if not most:
        return []
    blocks = [sparkline([told.items / most]) * 3 if told.items else "" for told in shown]
    figures = [str(told.items) if told.items else "·" for told in shown]
    names = ["today" if told.day == today else f"{told.day:%a}" for told in shown]
    rows = ("".join(part.ljust(DAY_WIDTH) for part in row) for row in (blocks, figures, names))
    styles = ("$text-due", "", MUTED)
    return [show("Coming back", "bold"), *(show(row, style) for row, style in zip(rows, styles, strict=True))]


def has_year(view: HomeView, size: Size) -> bool:
    """Return whether the year is shown: in a terminal with room for it, once there was a first day."""
    return size.width >= WITH_YEAR.width and size.height >= WITH_YEAR.height and bool(view.by_day)


def list_height(view: HomeView, size: Size) -> int | str:
    """Return how high the banks' list is in a terminal of a size.

    It is as high as its rows where the week to come or the year stands beneath it, and takes all there is
    elsewhere.
    """
    if has_year(view, size):
        return max(1, min(len(view.lines), size.height - BESIDE_THE_BANKS - YEAR_HEIGHT))
    if size.height < WITH_WEEK or not any(told.items for told in view.coming):
        return "1fr"
    return max(1, min(len(view.lines), size.height - BESIDE_THE_BANKS))
