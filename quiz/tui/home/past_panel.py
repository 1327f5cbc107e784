"""The last sessions, for a screen that has the room: on the bank under the cursor, or on all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.text.phrases import count, in_words, past_day, whole_per_cent
from quiz.tui.home.bank_detail import BankDetail
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.figures import Figures

if TYPE_CHECKING:
    from quiz.record.read_models import SessionSummary
    from quiz.services.home import HomeView
    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"
MOST, MOST_OF_ALL = 8, 24
"""How many sessions on a bank, and on all banks, are listed at most."""
LOOKED_AT = 200
"""How many sessions are looked at: a teacher answers nothing in the drills of a class."""
TAIL_WIDTH = 9, 8
"""How many cells the numbers of answers and their share take."""
EMPTY = 2
"""How many rows above and below stay empty."""
HEAD = 2
"""How many rows the heading and the empty line above it take."""


def past_lines(
    sessions: Sequence[SessionSummary], titles: Mapping[str, str], today: date, width: int
) -> list[Content]:
    """List sessions beneath a heading, newest first: when, what, on which bank if titled, how it went."""
    days = [moment(one.started).astimezone(zone_of(one.zone)).date() for one in sessions]
    said = [in_words(past_day(day, today).removeprefix("on ")) for day in days]
    left = max(map(len, said), default=0)
    named = show("Last sessions", "bold")
    heads = f"{'answers':>{TAIL_WIDTH[0]}}{'right':>{TAIL_WIDTH[1]}}"
    lines = [join(named, (heads.rjust(max(0, width - named.cell_length)), MUTED)).truncate(width)]
    for when, one in zip(said, sessions, strict=True):
        share = f"{whole_per_cent(one.score / one.answers)} %"
        tail = join(f"{one.answers:>{TAIL_WIDTH[0]},}{share:>{TAIL_WIDTH[1]}}")
        head = join(f"{when:<{left}}  ", (f"{one.mode.word:<5}  ", MUTED), show_line(_title(one, titles)))
        room = max(1, width - tail.cell_length)
        lines.append(join(head.truncate(room, ellipsis=True, pad=True), tail))
    return lines


def _title(one: SessionSummary, titles: Mapping[str, str]) -> str:
    if not titles:
        return ""
    return titles.get(one.banks[0], one.banks[0]) if len(one.banks) == 1 else count(len(one.banks), "bank")


class PastPanel(Figures):
    """As many of the last sessions as there is room for: a bank's beneath it, or all in a column."""

    DEFAULT_CSS = "PastPanel { height: auto; width: 100%; }"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(self._listed)
        self._workspace = workspace
        self._view: HomeView | None = None
        """How things stood when the sessions were read."""
        self._bank: str | None = None
        """Whose sessions are shown; None for those of all."""
        self._sessions: Sequence[SessionSummary] = ()
        self._titles: Mapping[str, str] = {}

    def show_bank(self, bank: str | None, view: HomeView) -> None:
        """Show the sessions on a bank, or for None those on all; `view` is how things stand."""
        if self._bank == bank and self._view is view:
            return
        self._bank, self._view = bank, view
        self._titles = {line.key: line.title for line in view.lines} if bank is None else {}
        record, learner = self._workspace.record, self._workspace.learner.id
        most = MOST if bank is not None else MOST_OF_ALL
        found = record.sessions(learner, bank, limit=LOOKED_AT)
        self._sessions = [one for one in found if one.answers][:most]
        self.refresh(layout=True)

    def _listed(self, width: int) -> list[Content]:
        above = 0 if self._titles else self.screen.query_one(BankDetail).height_in(width) + 1
        room = self.screen.query_one("#body").size.height - EMPTY - above - HEAD
        if room < 1 or not self._sessions:
            return []
        lines = past_lines(self._sessions[:room], self._titles, self._workspace.today, width)
        return [Content(), *lines] if above else lines
