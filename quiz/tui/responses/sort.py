"""Sorting members into bins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from quiz.core.content.grading import Sorted
from quiz.core.content.interaction import Sort
from quiz.core.text.markup import Markup
from quiz.tui.responses.base import Hint
from quiz.tui.responses.pairing import PairsResponse
from quiz.tui.responses.row import DIGITS, LABEL_STYLE, ResponseRow, labels
from quiz.tui.text import show, show_marked

BOX = 5
"""The cells that a bin needs beside its text: for its edges, the cell between two and its number."""
EMPTY_BOX = 2
"""The rows that a box takes with nothing in it, and the one between it and the next."""
END = 7
"""The cells that a member's bin takes at its end."""
SPARE = 6
"""How many of the rows that are kept for the verdict may be used before it comes."""
GAP = 3
"""The cells between the members and the bins."""


class BinRow(ResponseRow):
    """A bin with what is in it: a box where there is room, a row with a count where there is not."""

    DEFAULT_CSS = """
    BinRow { background: $surface; padding: 0 1; }
    BinRow:hover, BinRow.-cursor { background: $panel; }
    BinRow.-row { background: $background; padding: 0 1 0 0; }
    BinRow.-row:hover { background: $surface; }
    BinRow.-row.-cursor { background: $panel; }
    """

    def __init__(self, text: str, label: str, markup: Markup) -> None:
        super().__init__(text, label, sign_width=0, markup=markup)
        self.text = show_marked(text, markup, "bold")
        self.members: tuple[str, ...] = ()

    def head(self) -> Content:
        """The bin's number; in a box its ground is the cursor."""
        return super().head() if self.has_class("-row") else Content.assemble((f"{self.label} ", LABEL_STYLE))

    def put_members(self, members: tuple[str, ...], *, as_list: bool) -> None:
        """Show what is in the bin: as a list, or as a count."""
        count = show(
            str(len(members)) if members else "·", "$text-primary" if members else "$foreground-muted"
        )
        self.set_class(not as_list, "-row")
        self.put(tail=Content() if as_list else count)
        listed = members if as_list else ()
        if listed != self.members:
            self.members = listed
            self.lay_out_again()

    def lines(self, width: int) -> list[Content]:
        """Return the bin's name and what is in it."""
        indent = Content.blank(2)
        room = max(1, width - 2)
        listed = [
            (Content("• ") if place == 0 else indent) + line
            for member in self.members
            for place, line in enumerate(show_marked(member, self.markup).wrap(room))
        ]
        return super().lines(width) + listed


class SortResponse(PairsResponse):
    """Members on the left, bins on the right: a digit or a click puts the member at hand into a bin."""

    DEFAULT_CSS = """
    SortResponse {
        & > .rights { layout: grid; grid-gutter: 1 1; grid-rows: auto; }
        &.-stacked > .rights { layout: vertical; }
    }
    """
    interaction: Sort
    gives: ClassVar[str] = "Sort"
    _response: Sorted
    right_rows: Sequence[BinRow]
    _is_crowded = False
    """Whether boxes would take more rows than there are."""

    @property
    def lefts(self) -> tuple[str, ...]:
        """The members."""
        return self.interaction.members

    @property
    def rights(self) -> tuple[str, ...]:
        """The bins."""
        return self.interaction.bins

    @property
    def hint(self) -> Hint:
        """What the keys do."""
        return ((f"1–{len(self.rights)}", "sort"),)

    @property
    def unready(self) -> str:
        """Say how many members are unsorted."""
        count = self.open_count
        return (
            f"{count} of {len(self.lefts)} {'is' if count == 1 else 'are'} not sorted yet." if count else ""
        )

    def make_response(self, given: dict[str, str]) -> Sorted:
        """Return the bins."""
        return Sorted(given)

    def make_left_rows(self) -> list[ResponseRow]:
        """List the members; digits belong to the bins."""
        return [ResponseRow(member, markup=self.markup) for member in self.lefts]

    def make_right_rows(self) -> list[BinRow]:
        """Number the bins."""
        return [
            BinRow(name, label, self.markup)
            for name, label in zip(self.rights, labels(len(self.rights), DIGITS), strict=True)
        ]

    def spread(self, width: int, room: int) -> int:
        """Set the members apart where there is room; return the rows that they take, or full bins."""
        taken = super().spread(width, room)
        if self.is_marked:
            return taken
        boxes = self._boxes(width, self._columns(width))
        self._is_crowded = boxes > room + SPARE
        self.set_class(self.is_stacked(width), "-stacked")
        if self.has_class("-stacked"):
            return len(self.left_rows) + 1 + len(self.right_rows)
        return max(taken, boxes)

    def is_stacked(self, width: int) -> bool:
        """Stack the bins beneath the members as well where boxes would not all be in sight."""
        return self._is_crowded or super().is_stacked(width)

    def _boxes(self, width: int, columns: int) -> int:
        """Return about how many rows the bins take as boxes in so many columns.

        Where all stand side by side, two thirds of the members may be in one.
        """
        each = max(1, (width - min(width // 2, self._members_width) - GAP) // columns - BOX)
        members = sum(len(show_marked(member, self.markup).wrap(each)) for member in self.lefts)
        names = max(len(show_marked(name, self.markup).wrap(each)) for name in self.rights)
        if columns == len(self.rights):
            members = -(-members * 2 // 3)
        return members + names - 1 + -(-len(self.rights) // columns) * EMPTY_BOX

    @property
    def _members_width(self) -> int:
        """How many cells the members take where they need not wrap, each with the bin that it is in."""
        return max((row.head().cell_length + row.text.cell_length for row in self.left_rows), default=0) + END

    def _columns(self, width: int) -> int:
        """Return how many bins stand side by side in so many cells: all, or as many as take fewest rows."""
        room = width - self._members_width
        least = max(len(word) for name in self.rights for word in name.split()) + BOX + 1
        most = max(1, min(len(self.rights), room // least))
        if most == len(self.rights):
            return most
        return min(range(most, 0, -1), key=lambda columns: self._boxes(width, columns))

    def action_go(self, right: bool, is_tab: bool = False) -> None:
        """Move to the other side, or by arrows along the bins where they stand side by side."""
        place = self.cursor + (1 if right else -1)
        is_beside = not self.has_class("-stacked") and self._columns(self.size.width) > 1
        is_along = self.is_at_right and not is_tab and is_beside
        if is_along and 0 <= place < len(self.right_rows):
            self.move_to(place)
        else:
            super().action_go(right, is_tab)

    def show_right(self, row: ResponseRow, holders: Sequence[int]) -> None:
        """Show the members that are in it."""
        if isinstance(row, BinRow):
            row.put_members(
                tuple(self.lefts[place] for place in holders), as_list=not self.has_class("-stacked")
            )

    def redraw(self) -> None:
        """Show the bins side by side, as high as the members' list, so that nothing jumps when they fill."""
        super().redraw()
        columns = self._columns(self.size.width)
        self.right_box.styles.grid_size_columns = columns
        high = max(len(self.lefts), min(len(self.lefts) + 3, 8))
        is_one_line = columns == len(self.rights) and not self.has_class("-stacked")
        for row in self.right_rows:
            row.styles.min_height = high if is_one_line else 1
