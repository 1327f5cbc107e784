"""What will be asked about the note that is read, for a screen that has the room."""

from __future__ import annotations

from collections.abc import Sequence
from sys import maxsize

from textual.content import Content

from quiz.tui.text import join, show, show_line, wrapped
from quiz.tui.widgets.figures import Figures

MOST_ASKED, ASKED_ROWS = 4, 3
"""How many of the questions on a note are told, and in how many rows each at most."""
MUTED = "$foreground-muted"


def asked_lines(stems: Sequence[str], width: int, rows: int = maxsize) -> list[Content]:
    """List as many of some questions as there are rows for, and count the rest; none without room for one."""
    for number in range(min(len(stems), MOST_ASKED), 0, -1):
        lines = [show("What you will be asked", "bold")]
        for stem in stems[:number]:
            first, *more = wrapped(show_line(stem, MUTED), max(1, width - 2), ASKED_ROWS)
            lines += [Content(), join(("· ", MUTED), first), *(join("  ", part) for part in more)]
        if len(stems) > number:
            lines += [Content(), show(f"… and {len(stems) - number} more", MUTED)]
        if len(lines) <= rows:
            return lines
    return []


class AskedPanel(Figures):
    """The questions that cite a note, without their answers."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(lambda width: asked_lines(self._stems, width), id=id)
        self._stems: Sequence[str] = ()

    def show_stems(self, stems: Sequence[str]) -> None:
        """Show other questions, or without any nothing at all, where the panel has its own ground."""
        self._stems = stems
        self.visible = bool(stems)
        self.refresh(layout=True)

    def render(self) -> Content:
        """Draw as many of them as the panel is high for."""
        return Content("\n").join(asked_lines(self._stems, *self.size))
