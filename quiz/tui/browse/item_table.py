"""The list of found items: a row is made when it is drawn, so that there may be a hundred thousand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, overload

from textual.binding import BindingType
from textual.content import Content

from quiz.core.content.item_ref import ItemRef
from quiz.core.text.phrases import per_cent
from quiz.services.browse.catalogue import BrowsedItem, Column, Facts
from quiz.tui.bindings import key
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.row_list import ListRow, RowList

COLUMNS = {
    Column.DUE: ("Due", 10),
    Column.RIGHT: ("Right", 6),
    Column.STABILITY: ("Stable", 8),
    Column.LAST: ("Last", 10),
}
"""The columns with their heads and widths in cells."""
NARROW = (Column.DUE, Column.RIGHT)
"""The columns where there is little room."""
WIDE = 80
"""From how many cells on all columns are shown."""


class FoundRows(Sequence[ListRow]):
    """Rows that are made when they are asked for."""

    def __init__(self, items: Sequence[BrowsedItem], row: Callable[[BrowsedItem], ListRow]) -> None:
        self.items = items
        self._row = row

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, place: int) -> ListRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[ListRow]: ...
    def __getitem__(self, place: int | slice) -> ListRow | Sequence[ListRow]:
        if isinstance(place, slice):
            return FoundRows(self.items[place], self._row)
        return self._row(self.items[place])


class ItemTable(RowList):
    """Items with columns, any number of them marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("browse.mark", "space", "mark", "Mark", "Mark this question, or take the mark away"),
        key("browse.mark-all", "A", "mark_all", "Mark all", "Mark all that are found, or none"),
    ]

    def __init__(self, facts: Callable[[ItemRef], Facts], day: Callable[[int], str]) -> None:
        """`facts` says what is on record of an item, `day` what a time in milliseconds is called."""
        super().__init__()
        self._facts = facts
        self._day = day
        self.found: Sequence[BrowsedItem] = ()
        self.marked: set[ItemRef] = set()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns there is room for."""
        return tuple(COLUMNS) if self.size.width >= WIDE else NARROW

    @property
    def item(self) -> BrowsedItem | None:
        """The item under the cursor."""
        return self.found[self.cursor] if 0 <= self.cursor < len(self.found) else None

    def show_found(self, found: Sequence[BrowsedItem], *, keeps_place: bool = False) -> None:
        """Show other items, the cursor on the first, or on the same item if it keeps its place."""
        before = self.item.ref if self.item is not None and keeps_place else None
        self.found = found
        self.rows = FoundRows(found, self._row)
        places = (place for place, item in enumerate(found) if item.ref == before)
        self.set_reactive(RowList.cursor, next(places, 0) if before is not None else 0)
        self.measure()
        self.scroll_to(y=max(0, self.cursor - self.size.height // 2), animate=False)
        self.refresh()
        self._tell()

    def those_meant(self) -> list[ItemRef]:
        """Return the marked items that are found, or else the one under the cursor."""
        marked = [item.ref for item in self.found if item.ref in self.marked] if self.marked else []
        return marked or ([self.item.ref] if self.item is not None else [])

    def action_mark(self) -> None:
        """Mark the item under the cursor, or take its mark away, and go on to the next."""
        if self.item is not None:
            self.marked ^= {self.item.ref}
            self.refresh()
            self.action_move(1)
            self._tell()

    def action_mark_all(self) -> None:
        """Mark all items that are found; none where all are marked."""
        found = {item.ref for item in self.found}
        self.marked = set() if found <= self.marked else self.marked | found
        self.refresh()
        self._tell()

    def _row(self, item: BrowsedItem) -> ListRow:
        facts = self._facts(item.ref)
        mark = ("● ", "$text-accent") if item.ref in self.marked else ""
        flag = ("⚑ ", "$text-warning") if facts.memory is not None and facts.memory.is_flagged else ""
        cells = [f"{self._cell(column, facts):>{COLUMNS[column][1]}}" for column in self.columns]
        style = "$foreground-muted" if facts.memory is not None and facts.memory.is_suspended else ""
        right = show("".join(cells), "$foreground-muted")
        return ListRow("", join(mark, flag, show_line(item.shown, style)), right)

    def _cell(self, column: Column, facts: Facts) -> str:
        memory = facts.memory
        match column:
            case Column.DUE:
                if memory is not None and memory.is_suspended:
                    return "suspended"
                return "new" if facts.due is None else self._day(facts.due)
            case Column.RIGHT:
                return "" if facts.right is None else per_cent(facts.right)
            case Column.STABILITY:
                return "" if facts.stability is None else f"{facts.stability:,.0f} d"
            case Column.LAST:
                return "" if facts.last is None else self._day(facts.last)
        return ""

    def heads(self, column: Column, *, is_reversed: bool) -> Content:
        """Return the heads of the columns, with an arrow at the one that is sorted by."""
        parts = []
        for each in self.columns:
            name, width = COLUMNS[each]
            arrow = ("▾" if is_reversed else "▴") if each is column else ""
            parts.append((f"{name + arrow:>{width}}", "bold $text-accent" if arrow else "$foreground-muted"))
        return join(*parts)
