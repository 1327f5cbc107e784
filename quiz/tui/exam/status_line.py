"""The top line of an exam: where one is in it, and how much time is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.core.exam.clock import WARN_MS
from quiz.core.text.phrases import clock
from quiz.tui.text import join
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.exam.live import LiveExam

ANNOUNCED_MS = 10_000
"""How long an announcement of the time stands in the line."""
HURRY_MS = 10_000
"""When the time for one item is nearly over."""
TONES = ("", "$text-warning", "bold $text-error")
"""The time's colour, by how many of its last announcements have passed."""


class ExamStatusLine(TopLine):
    """Announcements take the title's place for a while, so that they cover nothing."""

    _announced = ""
    _until = 0

    def announce(self, words: str, at: int) -> None:
        """Show an announcement from a time on, in milliseconds by the exam's clock."""
        self._announced, self._until = words, at + ANNOUNCED_MS

    def show_test(self, live: LiveExam) -> None:
        """Show where an exam stands now."""
        session, at = live.session, live.now()
        if self._announced and at < self._until:
            self.left = join(("⏱ ", "$text-warning"), (self._announced, "bold $text-warning"))
        else:
            titles = {*session.lookup.titles.values()}
            title = next(iter(titles)) if len(titles) == 1 else f"{len(titles)} banks"
            self.left = join((title, "bold $foreground"), (" · exam", "$foreground-muted"))
        flag = ("⚑ " if session.ref in session.flagged else "", "$text-warning")
        self.right = join(flag, f"{session.place + 1} of {len(session.items)}   ", _time(live, at))


def _time(live: LiveExam, at: int) -> tuple[str, str]:
    """Return how much time is left, for the item or for the whole exam, or how much has passed."""
    timing = live.session.timing
    item_left, left = timing.item_left_ms(live.session.ref, at), timing.left_ms(at)
    if item_left is not None:
        return (f"{clock(item_left + 999)} for this item", TONES[2] if item_left <= HURRY_MS else "")
    if left is not None:
        return (f"{clock(left + 999)} left", TONES[sum(left <= mark for mark in WARN_MS)])
    return (clock(at - live.session.header.started), "$foreground-muted")
