"""The line of Home about the sessions that were left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from quiz.core.text.phrases import count
from quiz.core.text.safe_text import one_line
from quiz.tui.text import join

if TYPE_CHECKING:
    from quiz.services.left_sessions import LeftSession

LEFT = {"study": "a study session", "exam": "an exam", "drill": "a drill"}
KEY = "bold $text-accent"
LONGEST_TITLE = 60
"""How many characters of a bank's title are shown."""


class LeftLine(Static):
    """A click goes on with what was left."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "LeftLine { height: auto; margin: 1 2 0 2; padding: 0 3; pointer: pointer; }"

    def __init__(self, left: Sequence[LeftSession], resume: str, drop: str) -> None:
        """Make a line of at least one session, and the keys that go on with it and end it."""
        super().__init__(_said_of(left, resume, drop), id="left-session")

    async def on_click(self) -> None:
        """Do as the key does."""
        await self.screen.run_action("resume")


def _said_of(left: Sequence[LeftSession], resume: str, drop: str) -> Content:
    first, others = left[0], len(left) - 1
    title = one_line(first.title, LONGEST_TITLE)
    said = f"You left {LEFT[first.mode]}: {title}, {first.answered} of {first.items} answered"
    if others:
        keys = join((resume, KEY), f" All {others + 1}")
        said = f"{said}, and {count(others, 'other')}.  "
    else:
        keys = join((resume, KEY), " Continue  ", (drop, KEY), " End it")
        said = f"{said}.  "
    return join(("▶ ", "$text-accent"), said, keys)
