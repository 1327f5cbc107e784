"""The items of an exam in one line: which are answered, empty or flagged, and which one is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from quiz.core.exam.session import AnswerState

MARKS: dict[AnswerState, tuple[str, str]] = {
    AnswerState.ANSWERED: ("●", "$text-primary"),
    AnswerState.BEGUN: ("◐", "$text-primary"),
    AnswerState.EMPTY: ("○", "$foreground-muted"),
}
"""The symbol and the colour of each standing; in lists its word stands beside them."""
FLAG = ("⚑", "$text-warning")
CLOSED = ("×", "$foreground-muted")


@dataclass(frozen=True)
class Mark:
    """An item on the map."""

    standing: AnswerState
    is_flagged: bool = False
    is_open: bool = True
    """Whether it can be gone to."""

    @property
    def sign(self) -> tuple[str, str]:
        """Its symbol and style: a flag comes before everything else."""
        if self.is_flagged:
            return FLAG
        return MARKS[self.standing] if self.is_open or self.standing is not AnswerState.EMPTY else CLOSED


class ItemMap(Widget):
    """A symbol for each item; a click on one goes there."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "ItemMap { height: 1; width: 1fr; padding: 0 1; pointer: pointer; }"

    @dataclass
    class Chosen(Message):
        """An item was clicked."""

        place: int
        """Which, from 0."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: tuple[Mark, ...] = ()
        self.current = 0

    def show_marks(self, marks: Sequence[Mark], current: int) -> None:
        """Show how the items stand and which one is before the learner."""
        if (tuple(marks), current) != (self.marks, self.current):
            self.marks, self.current = tuple(marks), current
            self.refresh()

    def _window(self) -> tuple[int, int, int]:
        """Return the first item shown, how many are, and how many cells each takes."""
        width = max(1, self.content_size.width)
        for cells in (3, 2, 1):
            if len(self.marks) * cells <= width:
                return 0, len(self.marks), cells
        count = max(1, width - 2)
        first = max(0, min(self.current - count // 2, len(self.marks) - count))
        return first, count, 1

    def render(self) -> RenderResult:
        """Draw the line; where not all items fit, those around the current one with signs of more."""
        first, count, cells = self._window()
        is_part = count < len(self.marks)
        pieces = [("‹" if first else " ", "$foreground-muted")] if is_part else []
        for place, mark in enumerate(self.marks[first : first + count], first):
            sign, style = mark.sign
            if place == self.current:
                style = "bold $block-cursor-foreground on $block-cursor-background"
            pieces.append((f"{sign:^{cells}}" if cells != 2 else f"{sign} ", style))
        if is_part:
            pieces.append(("›" if first + count < len(self.marks) else " ", "$foreground-muted"))
        return Content.assemble(*pieces)

    def on_click(self, event: events.Click) -> None:
        """Go to the item that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        first, count, cells = self._window()
        place = first + (offset.x - (count < len(self.marks))) // cells
        if first <= place < first + count and self.marks[place].is_open:
            self.post_message(self.Chosen(place))
