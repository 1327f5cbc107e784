"""The week that was and the week to come, as a few lines each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from sys import maxsize

from textual.content import Content
from textual.geometry import Size

from quiz.core.statistics.activity import Day, total_of
from quiz.core.statistics.forecast import DueDay
from quiz.core.text.phrases import count, per_cent
from quiz.services.home import HomeView
from quiz.tui.text import join, show
from quiz.tui.widgets.bars import sparkline

MUTED = "$foreground-muted"
DAY_WIDTH, LEAST_DAY_WIDTH = 8, 6
WITH_WEEK = Size(80, 30)
"""The size of the terminal, in cells, from which the coming week is shown however many banks there are."""
WITH_YEAR = Size(114, 34)
"""The size of the terminal, in cells, from which the year is shown as well."""
WITH_MONTH = Size(160, 46)
"""The size of the terminal, in cells, from which thirty days are shown beneath the year, and not the week."""
TALL = 50
"""The height of the terminal, in rows, from which the bars of thirty days are higher."""
YEAR_HEIGHT, MONTH_HEIGHT = 8, 11
"""How many more rows than the week takes are taken by both, and by year and thirty days."""
LEAST_LISTED = 6
"""How many banks are in sight at least where the year or an example is shown."""
BESIDE_THE_BANKS = 19
"""The most rows that everything but the banks takes then."""
WITH_EXAMPLE = 28
"""The most rows that everything but the banks takes where a question of one of them is shown."""

NARROW = (20, 3), (22, 6), (maxsize, 11)
"""How many rows are taken by everything but the banks and the one under the cursor in a narrow terminal, by
the height beneath which that is so."""
BENEATH = 6
"""How many rows of the bank under the cursor are in sight at least where half of them are fewer."""


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
        join((" ".join(letters), MUTED), f"   {per_cent(done.accuracy)} right"),
    ]


def coming_week_lines(coming: Sequence[DueDay], today: date, width: int) -> list[Content]:
    """Draw how many items come back on each of the next days, as many of them as there is room for."""
    each = max(LEAST_DAY_WIDTH, min(DAY_WIDTH, width // max(1, len(coming))))
    shown = coming[: max(1, (width + 1) // each)]
    most = max((told.items for told in shown), default=0)
    if not most:
        return []
    blocks = [sparkline([told.items / most]) * 3 if told.items else "" for told in shown]
    figures = [str(told.items) if told.items else "·" for told in shown]
    names = ["today" if told.day == today else f"{told.day:%a}" for told in shown]
    rows = ("".join(part.ljust(each) for part in row).rstrip() for row in (blocks, figures, names))
    styles = ("$text-due", "", MUTED)
    drawn = [show(row, style) for row, style in zip(rows, styles, strict=True)]
    return [Content(), show("Coming back", "bold"), *drawn]


def has_year(view: HomeView, size: Size) -> bool:
    """Return whether the year is shown: in a terminal with room for it, once there was a first day."""
    return (
        size.width >= WITH_YEAR.width
        and size.height >= WITH_YEAR.height
        and size.height - BESIDE_THE_BANKS - YEAR_HEIGHT >= min(len(view.lines), LEAST_LISTED)
        and bool(view.by_day)
    )


def has_example(view: HomeView, size: Size) -> bool:
    """Return whether a question is shown as an example: with room for it, until the first answer."""
    return (
        size.width >= WITH_YEAR.width
        and size.height - WITH_EXAMPLE >= min(len(view.lines), LEAST_LISTED)
        and not view.by_day
    )


def has_month(view: HomeView, size: Size) -> bool:
    """Return whether thirty days are shown, in place of the week to come."""
    return has_year(view, size) and size.width >= WITH_MONTH.width and size.height >= WITH_MONTH.height


def has_week(view: HomeView, size: Size) -> bool:
    """Return whether the week to come is shown: where thirty days are not, in a terminal with room for it."""
    is_high = size.height >= WITH_WEEK.height or len(view.lines) <= size.height - BESIDE_THE_BANKS
    return size.width >= WITH_WEEK.width and is_high and not has_month(view, size)


def list_height(view: HomeView, size: Size) -> int | str:
    """Return how high the banks' list is in a terminal of a size.

    In a narrow one it leaves some rows to what is beneath it. Elsewhere it is as high as its rows where the
    week to come, the year or an example stands beneath it, or else takes all there is.
    """
    if size.width < WITH_WEEK.width:
        rest = size.height - next(taken for below, taken in NARROW if size.height < below)
        return max(1, min(len(view.lines), max(rest - BENEATH, rest // 2)))
    if has_example(view, size):
        return max(1, min(len(view.lines), size.height - WITH_EXAMPLE))
    if has_year(view, size):
        taken = BESIDE_THE_BANKS + (MONTH_HEIGHT if has_month(view, size) else YEAR_HEIGHT)
        return max(1, min(len(view.lines), size.height - taken))
    if not has_week(view, size) or not any(told.items for told in view.coming):
        return "1fr"
    return max(1, min(len(view.lines), size.height - BESIDE_THE_BANKS))
