"""Today: what there is to do, how long it takes, how far it has come, and the key that begins it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive, var

from quiz.core.statistics.streak import Streak
from quiz.core.text.phrases import count, spent
from quiz.services.home import HomeView
from quiz.services.study.daily_limits import TEN_MORE
from quiz.tui.available_actions import key_label, key_sign
from quiz.tui.home.week_lines import past_week_lines
from quiz.tui.text import height_of, join, show
from quiz.tui.widgets.bars import MOVES_FOR, bar
from quiz.tui.widgets.large_digits import large_digits
from quiz.tui.widgets.lead_card import BUTTON, LeadCard, beside_digits

WITH_WEEK, WEEK_WIDTH = 100, 30
"""The width in cells from which the last week is told as well, and how many it takes."""
MUTED = "$foreground-muted"


def top_words(today: date, streak: Streak, where: str, room: int) -> str:
    """Tell the day, the streak and where the record goes, in as many words as fit into some cells."""
    day = f"{today:%A} {today.day} {today:%B}"
    ways = (day, streak.in_words, where), (day, streak.in_short, where), (streak.in_short or day, where)
    told = [" · ".join(filter(None, parts)) for parts in ways]
    return next((said for said in told if len(said) <= room), told[-1])


class TodayCard(LeadCard):
    """The first thing on the home screen."""

    auto_links = var(False)
    """It holds no links, whose colours Textual would work out for every line."""
    share: reactive[float] = reactive(0.0)
    """How much of today is done, 0 to 1, as the bar shows it."""

    def __init__(self, view: HomeView, *, is_low: bool = False) -> None:
        super().__init__(classes="-low" if is_low else None)
        self._view = view
        self._last: tuple[object, Sequence[Content]] | None = None
        """What was drawn last, and what that depends on: the height needs it, and then the picture."""
        self.set_reactive(TodayCard.share, view.share_done)

    def show_view(self, view: HomeView) -> None:
        """Show how things stand now. The bar grows from where it stood."""
        self._view, self._last = view, None
        self.animate("share", view.share_done, duration=MOVES_FOR)
        self.refresh(layout=True)

    async def on_click(self) -> None:
        """Do what the button says."""
        await self.screen.run_action("study_all" if self._view.today.items else "study_more")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines it takes."""
        return sum(height_of(line, max(1, width)) for line in self._drawn(width))

    def render(self) -> Content:
        """Draw it in the present width, without asking for a layout."""
        return Content("\n").join(self._drawn(self.outer_size.width - self.gutter.width))

    def _drawn(self, width: int) -> Sequence[Content]:
        state = width, self.share, self.classes
        if self._last is None or self._last[0] != state:
            self._last = state, self._draw(width)
        return self._last[1]

    def _draw(self, width: int) -> Sequence[Content]:
        """Draw it: on a low screen in one line, else with the number in large digits."""
        if self.has_class("-low"):
            whole = join(self._headline(), "  ", self._button())
            fits = whole.cell_length <= width or not self._view.today.items
            return [
                whole if fits else join((f"{self._view.today.items} today", "bold"), "  ", self._button())
            ]
        lines = [self._headline(), self._progress(width), self._shares(), self._button()]
        lines = self._beside_the_week(lines, width)
        number = self._view.today.items
        large = [f"{row}  " for row in large_digits(str(number))] if number else [""]
        return beside_digits(large, lines, "bold $foreground")

    def _beside_the_week(self, lines: list[Content], width: int) -> list[Content]:
        """Put what was done in the last week to the right of the lines, where there is room."""
        week = past_week_lines(self._view.week)
        if width < WITH_WEEK or not week:
            return lines
        room = width - WEEK_WIDTH - 3 * len(str(self._view.today.items)) - 2
        beside = [*week, Content()]
        return [join(line.truncate(room, pad=True), told) for line, told in zip(lines, beside, strict=True)]

    def _headline(self) -> Content:
        view = self._view
        if not view.lines:
            return show("No bank yet. Put a YAML file into your banks folder, or open one with quiz FILE.")
        if view.today.items:
            number = f"{view.today.items} " if self.has_class("-low") else ""
            time = count(view.minutes, "minute") if view.minutes < 60 else spent(view.minutes * 60_000)
            return join((f"{number}to do today", "bold"), f", about {time}")
        if view.is_day_complete:
            return join(("✓ ", "bold $text-success"), ("The day is complete.", "bold"))
        return show("Nothing to do today.", "bold")

    def _progress(self, width: int) -> Content:
        view = self._view
        whole = view.done + view.today.items
        if not whole:
            return Content()
        told = f"  {view.done} of {whole} done"
        return join(bar(self.share, max(8, min(40, width - len(told) - 16))), (told, MUTED))

    def _shares(self) -> Content:
        today = self._view.today
        parts = [show(f"{today.due} due", "$text-due")] if today.due else []
        parts += [show(f"{today.new} new", "$text-new")] if today.new else []
        parts += [show(today.waiting_in_words, MUTED)] if today.waiting_in_words else []
        return join(" · ").join(parts)

    def _button(self) -> Content:
        view, today = self._view, self._view.today
        more = key_label(self, "home.study-more")
        if today.items:
            does, what = (
                ("Continue", "where you left off")
                if view.is_begun
                else ("Study", "all banks, new and due mixed")
            )
            start = join((f" {key_sign(self, 'list.choose')}  {does} ", BUTTON))
            if self.has_class("-low"):
                return start
            if view.is_tour_offered:
                help_key = (key_label(self, "help"), "bold $text-accent")
                return join(start, ("   new here? ", MUTED), help_key, (" shows you round", MUTED))
            return join(start, (f"   {what}", MUTED))
        if today.new_waiting:
            number = min(TEN_MORE, today.new_waiting)
            return join((f" {more}  {number} more new ", BUTTON))
        return show(view.streak.in_words, MUTED)
