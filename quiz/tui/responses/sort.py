"""Sorting members into bins."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quiz.core.content.grading import Sorted
from quiz.core.content.interaction import Sort
from quiz.core.text.markup import Markup
from quiz.tui.responses.base import Hint
from quiz.tui.responses.pairing import PairsResponse
from quiz.tui.responses.row import DIGITS, LABEL_STYLE, ResponseRow, labels
from quiz.tui.text import show, show_marked

BOX = 5
"""The cells that a bin needs beside its text: for the border, the padding and its number."""
EMPTY_BOX = 3
"""The rows that a box takes with nothing in it."""
GAP = 3
"""The cells between the members and the bins."""


class BinRow(ResponseRow):
    """A bin with what is in it: a box where there is room, a row with a count where there is not."""

    DEFAULT_CSS = """
    BinRow { border: round $foreground 30%; padding: 0 0 0 1; }
    BinRow.-cursor { border: round $primary; }
    BinRow:hover, BinRow.-cursor { background: $background; }
    Bin.-row, Bin.-row.-cursor { border: none; padding: 0 1 0 0; }
    """

    def __init__(self, text: str, label: str, markup: Markup) -> None:
        super().__init__(text, label, sign_width=0, markup=markup)
        self.members: tuple[str, ...] = ()

    def head(self) -> Content:
        """The bin's number; in a box the border is the cursor."""
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
        & > .rights { layout: grid; grid-gutter: 0 1; grid-rows: auto; }
        &.-stacked > .rights { layout: vertical; }
    }
    """
    interaction: Sort
    _response: Sorted
    right_rows: Sequence[BinRow]

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
        if self.is_marked or self.has_class("-stacked"):
            return taken
        left = min(width // 2, max((row.natural_width for row in self.left_rows), default=0))
        columns = self._columns(width)
        each = max(1, (width - left - GAP) // columns - BOX)
        members = sum(len(show_marked(member, self.markup).wrap(each)) for member in self.lefts)
        return max(taken, members + -(-len(self.rights) // columns) * EMPTY_BOX)

    def _columns(self, width: int) -> int:
        """Return how many bins stand side by side in a width, in cells."""
        room = width - (self.left_rows[0].natural_width if self.left_rows else 0)
        least = max(len(word) for name in self.rights for word in name.split()) + BOX + 1
        return max(1, min(len(self.rights), room // least))

    def action_go(self, right: bool, is_tab: bool = False) -> None:
        """Move to the other side, or by arrows along the bins where they stand side by side."""
        place = self.cursor + (1 if right else -1)
        is_along = self.is_at_right and not is_tab and not self.has_class("-stacked")
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
