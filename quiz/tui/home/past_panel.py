"""The last sessions, for a screen that has the room: on the bank under the cursor, or on all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from quiz.core.scheduling.study_day import DAY_STARTS_AT, day_of
from quiz.core.text.phrases import in_words, past_day
from quiz.tui.home.bank_detail import BankDetail
from quiz.tui.statistics.session_rows import session_title
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.bars import percent
from quiz.tui.widgets.figures import Figures

if TYPE_CHECKING:
    from quiz.record.interface import Record
    from quiz.record.read_models import SessionSummary
    from quiz.services.home import HomeView
    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"
MOST, MOST_OF_ALL = 8, 24
"""How many sessions on a bank, and on all banks, are listed at most."""
LOOKED_AT = 200
"""How many sessions are looked at, at most: a teacher answers nothing in the drills of a class."""
MODE_WIDTH, ANSWERS_WIDTH, SHARE_WIDTH = 7, 9, 8
"""How many cells the mode, the number of answers and the share that was right take."""
LEAST_TITLE = 16
"""The number of answers is left out where it would leave fewer cells for the title of a bank."""
EMPTY = 2
"""How many rows above and below stay empty."""
HEAD = 2
"""How many rows the heading and the empty line above it take."""


def last_answered(record: Record, learner: str, bank: str | None, most: int) -> Sequence[SessionSummary]:
    """Return the last sessions with answers of a learner, reading no more of them than it takes."""
    found: list[SessionSummary] = []
    before = None
    for _ in range(0, LOOKED_AT, most):
        read = record.sessions(learner, bank, limit=most, before=before)
        found += [one for one in read if one.answers]
        if len(found) >= most or len(read) < most:
            break
        before = read[-1].id
    return found[:most]


def past_lines(
    sessions: Sequence[SessionSummary],
    titles: Mapping[str, str] | None,
    today: date,
    width: int,
    starts_at: int = DAY_STARTS_AT,
) -> list[Content]:
    """List sessions beneath a heading, newest first: on which study day, what, how it went, on which bank.

    With titles of banks; None where all are on one bank, which is named elsewhere. `starts_at` is the local
    hour at which a study day begins.
    """
    days = [day_of(one.started, one.zone, starts_at) for one in sessions]
    said = [in_words(past_day(day, today).removeprefix("on ")) for day in days]
    left = max(map(len, said), default=0)
    room = width - left - MODE_WIDTH - 2 - ANSWERS_WIDTH - SHARE_WIDTH
    has_answers = titles is None or room >= LEAST_TITLE

    def tail(answers: str, share: str) -> str:
        return (f"{answers:>{ANSWERS_WIDTH}}" if has_answers else "") + f"{share:>{SHARE_WIDTH}}"

    named = show("Last sessions", "bold")
    heads = tail("answers", "right").rjust(max(0, width - named.cell_length))
    lines = [join(named, (heads, MUTED)).truncate(width)]
    for when, one in zip(said, sessions, strict=True):
        told = tail(f"{one.answers:,}", percent(one.share))
        title = session_title(one, titles) if titles is not None else ""
        mode = f"{one.mode.word:<{MODE_WIDTH}}"
        head = join(f"{when:<{left}}  ", (mode, MUTED), show_line(title))
        lines.append(join(head.truncate(max(1, width - len(told)), ellipsis=True, pad=True), told))
    return lines


class PastPanel(Figures):
    """As many of the last sessions as there is room for: a bank's beneath it, or all in a column."""

    DEFAULT_CSS = """
    PastPanel { height: auto; width: 100%; }
    PastPanel.-column { width: 5fr; margin-left: 2; padding: 1 3; background: $surface; }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(self._listed)
        self._workspace = workspace
        self._view: HomeView | None = None
        """How things stood when the sessions were read."""
        self._bank: str | None = None
        """Whose sessions are shown; None for those of all."""
        self._sessions: Sequence[SessionSummary] = ()
        self._titles: Mapping[str, str] | None = None
        """The titles of the banks; None where those of one bank are shown."""

    def show_view(self, view: HomeView, bank: str | None) -> None:
        """Show the sessions on a bank, or in a column of its own those on all, as things stand now."""
        is_column = self.parent is self.screen.query_one("#body")
        self.set_class(is_column, "-column")
        if is_column:
            bank = None
        if (self._view is view and self._bank == bank) or (bank is None and not is_column):
            return
        self._bank, self._view = bank, view
        self._titles = {line.key: line.title for line in view.lines} if bank is None else None
        record, learner = self._workspace.record, self._workspace.learner.id
        self._sessions = last_answered(record, learner, bank, MOST if bank is not None else MOST_OF_ALL)
        self.refresh(layout=True)

    def _listed(self, width: int) -> list[Content]:
        above = 0 if self._bank is None else self.screen.query_one(BankDetail).height_in(width) + 1
        room = self.screen.query_one("#body").size.height - EMPTY - above - HEAD
        if room < 1 or not self._sessions:
            return []
        starts_at = self._workspace.config.day_starts_at
        lines = past_lines(self._sessions[:room], self._titles, self._workspace.today, width, starts_at)
        return [Content(), *lines] if above else lines
