"""Marked rows of which those with more to say are opened one after the other, where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.tui.responses.folding import GAP, MISSED, Fold
from quiz.tui.responses.row import ResponseRow


class FoldingRows:
    """Rows of which those with more to say are looked at one after the other."""

    def __init__(self, rows: Sequence[ResponseRow]) -> None:
        self.rows = rows
        self._at = -1
        """The place of the row at hand; -1 while nothing is folded."""
        self._width = self._room = 0

    @property
    def missed(self) -> list[int]:
        """The places of the rows that were not answered right."""
        return [place for place, row in enumerate(self.rows) if row.tone in MISSED]

    @property
    def telling(self) -> list[int]:
        """The places of the rows that were missed, or that have something said of them."""
        return [place for place, row in enumerate(self.rows) if row.tone in MISSED or row.note]

    @property
    def at_hand(self) -> ResponseRow | None:
        """The row that says everything; none while all do."""
        return self.rows[self._at] if self._at >= 0 else None

    def fit(self, width: int, room: int) -> int:
        """Fold the rows where they take more than so many rows of the screen; return how many they take.

        They are so many cells wide.
        """
        self._width, self._room = width, room
        for row in self.rows:
            row.put_fold(None)
            row.display = True
        telling = self.telling
        if not telling or sum(row.least_lines(width) for row in self.rows) <= room:
            taken = sum(len(row.lines(width)) for row in self.rows)
            if not telling or taken <= room:
                self._at = -1
                return taken
        self._at = self._at if self._at in telling else (self.missed or telling)[0]
        return self._fold()

    def walk(self, by: int) -> bool:
        """Go to the row after or before the one at hand that has more to say; say whether there is one."""
        telling = self.telling
        if self._at not in telling or not 0 <= telling.index(self._at) + by < len(telling):
            return False
        self._at = telling[telling.index(self._at) + by]
        self._fold()
        return True

    def _fold(self) -> int:
        room = max(1, self._width - max(row.head().cell_length for row in self.rows))
        text, whole, brief = (
            max(content.cell_length for content in contents)
            for contents in zip(*((row.text, row.tail, row.brief) for row in self.rows), strict=True)
        )
        is_whole = text + GAP + whole <= room
        end = whole if is_whole else min(brief, room // 2)
        fold = Fold(max(1, min(text, room - GAP - end)), end, is_whole, is_open=False)
        for place, row in enumerate(self.rows):
            row.put_fold(fold._replace(is_open=place == self._at))
        return self._leave_out()

    def _leave_out(self) -> int:
        """Leave out what there is no room for: what is right first, then what is far from the row at hand.

        Return how many rows of the screen the others take.
        """
        taken = len(self.rows) - 1 + len(self.rows[self._at].lines(self._width))
        others = [place for place in range(len(self.rows)) if place != self._at]
        others.sort(
            key=lambda place: (self.rows[place].tone not in MISSED, abs(place - self._at)), reverse=True
        )
        gone = set(others[: max(0, taken - self._room)])
        for place, row in enumerate(self.rows):
            row.display = place not in gone
        return taken - len(gone)
