"""A calendar of a year's activity: a column for each week, two days in each cell."""

from __future__ import annotations

from datetime import date, timedelta

from textual.app import RenderResult
from textual.color import Color
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from quiz.core.statistics.activity import LEVELS, Calendar
from quiz.tui.text import join, show

LABELS = ("Mo", "We", "Fr", "Su")
NOTHING = "·"
"""Two days without activity."""
MARGIN = 3
"""How many cells the names of the weekdays take."""
_STRENGTH = (0.4, 0.6, 0.8, 1.0)
"""The strength of the colour of each level from 1."""


class CalendarMap(Widget):
    """A calendar in half blocks, Monday at the top; brighter halves were busier.

    It can be read without colours: an upper or lower half block is an active day, a larger block is two, and
    a dot stands for two days without activity.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "CalendarMap { height: auto; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.calendar: Calendar | None = None

    def show(self, calendar: Calendar) -> None:
        """Show another calendar, as many of its last weeks as fit."""
        self.calendar = calendar
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return one line for the months and four for the days."""
        return 1 + len(LABELS)

    def render(self) -> RenderResult:
        """Draw as many weeks as there is room for."""
        calendar = self.calendar
        if calendar is None:
            return Content()
        weeks = calendar.weeks[-max(1, self.size.width - MARGIN) :]
        skipped = len(calendar.weeks) - len(weeks)
        first = calendar.first + timedelta(weeks=skipped)
        lines = [show(" " * MARGIN + _months(first, len(weeks)), "$foreground-muted")]
        for row, label in enumerate(LABELS):
            cells = [self._cell(week[2 * row], week[2 * row + 1] if row < 3 else None) for week in weeks]
            lines.append(join((f"{label:<{MARGIN}}", "$foreground-muted"), *cells))
        return Content("\n").join(lines)

    def legend(self) -> Content:
        """Return a legend of the map's signs."""
        colours = dict.fromkeys(self._colour(level) for level in range(1, LEVELS + 1))
        blocks = [("██", colour) for colour in colours]
        muted = "$foreground-muted"
        return join((f"{NOTHING} none  ▀ ▄ ", muted), *blocks, (" busier", muted))

    def _cell(self, upper: int | None, lower: int | None) -> tuple[str, str]:
        """Return the sign and the style for two days."""
        if not upper and not lower:
            return (" " if upper is None else NOTHING, "$foreground-muted")
        if not upper or not lower:
            return ("▀" if upper else "▄", self._colour(upper or lower or 0))
        above, below = self._colour(upper), self._colour(lower)
        return ("█", above) if above == below else ("▅", f"{below} on {above}")

    def _colour(self, level: int) -> str:
        """Return a level's colour: a step to the theme's colour, or one of two of the terminal's."""
        if self.app.native_ansi_color:
            is_bright = (level > LEVELS / 2) == self.app.current_theme.dark
            return "ansi_bright_green" if is_bright else "ansi_green"
        ground = self.background_colors[1]
        full = Color.parse(self.app.theme_variables["success"])
        return ground.blend(Color(*full.rgb), _STRENGTH[level - 1]).hex


def _months(first: date, weeks: int) -> str:
    """Return the names of the months, each above its first week."""
    line = ""
    month = None
    for week in range(weeks):
        day = first + timedelta(weeks=week)
        if day.month != month and len(line) <= week:
            if month is not None or day.day <= 14:
                line = f"{line:<{week}}{day:%b} "
            month = day.month
    return line.rstrip()[: max(weeks, 3)]
