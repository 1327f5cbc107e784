"""A list of rows, each a text on the left and one on the right, that stays fast with many thousands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from quiz.tui.bindings import key


class ListRow(msgspec.Struct, frozen=True):
    """A row of the list."""

    key: str
    """What the row stands for."""
    left: Content
    right: Content = msgspec.field(default_factory=Content)
    is_enabled: bool = True


class RowList(ScrollView, can_focus=True):
    """Rows to move along and to choose from."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor", "row-list--disabled", "row-list--hover"}
    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        overflow-x: hidden;
        & > .row-list--cursor { background: $surface; text-style: bold; }
        & > .row-list--hover { background: $surface; }
        & > .row-list--disabled { color: $foreground-muted; }
        &:focus > .row-list--cursor { background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("list.up", "up,k", "move(-1)", "Up", "Move up"),
        key("list.down", "down,j", "move(1)", "Down", "Move down"),
        key("list.page-up", "pageup", "move_page(-1)", "Page up", "Move up a page"),
        key("list.page-down", "pagedown", "move_page(1)", "Page down", "Move down a page"),
        key("list.first", "home", "move_to(0)", "First", "Go to the first"),
        key("list.last", "end", "move_to(-1)", "Last", "Go to the last"),
        key("list.choose", "enter", "choose", "Choose", "Choose this"),
    ]

    cursor: reactive[int] = reactive(0, init=False)
    hover: reactive[int] = reactive(-1, init=False)

    class Told(Message):
        """Something about a row of the list."""

        def __init__(self, row_list: RowList, row: ListRow) -> None:
            super().__init__()
            self.row_list = row_list
            self.row = row

        @property
        def control(self) -> RowList:
            """The list it happened in."""
            return self.row_list

    class Highlighted(Told):
        """The cursor is on another row."""

    class Chosen(Told):
        """A row was chosen."""

    class Ended(Message):
        """The cursor was to go on from the first or the last row."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(
        self,
        rows: Sequence[ListRow] = (),
        *,
        id: str | None = None,  # noqa: A002
        skips_headings: bool = False,
    ) -> None:
        super().__init__(id=id)
        self.skips_headings = skips_headings
        """Whether the cursor passes over rows that cannot be chosen."""
        self.rows: Sequence[ListRow] = tuple(rows)
        self.set_reactive(RowList.virtual_size, self._measured())

    @property
    def current(self) -> ListRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def show_rows(self, rows: Sequence[ListRow], key: str | None = None) -> None:
        """Show other rows, with the cursor on the row of `key` or where it was."""
        keep = key if key is not None else (self.current.key if self.current else None)
        self.rows = tuple(rows)
        places = [place for place, row in enumerate(self.rows) if row.key == keep]
        self.set_reactive(RowList.cursor, places[0] if places else 0)
        self.measure()
        self.refresh()
        self._tell()

    def show_row(self, row: ListRow) -> None:
        """Show a row in place of the one with its key."""
        self.rows = tuple(row if each.key == row.key else each for each in self.rows)
        self.refresh()

    def on_mount(self) -> None:
        """Tell which row of those that were there from the start is under the cursor."""
        self._tell()

    def measure(self) -> None:
        """Count the rows anew, which a scrollbar depends on."""
        self.virtual_size = self._measured()

    def _measured(self) -> Size:
        """Return how high all rows are together; however wide the list is, they are no wider."""
        return Size(1, len(self.rows))

    def _tell(self) -> None:
        if self.current is not None:
            self.post_message(self.Highlighted(self, self.current))

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row, and off headings where those are skipped."""
        place = max(0, min(cursor, len(self.rows) - 1))
        if not self.skips_headings or not self.rows:
            return place
        near = (*range(place, len(self.rows)), *range(place, -1, -1))
        return next((each for each in near if self.rows[each].is_enabled), place)

    def watch_cursor(self) -> None:
        """Follow the cursor."""
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False)
        self.refresh()
        self._tell()

    def watch_hover(self) -> None:
        """Show what the mouse is over."""
        self.refresh()

    def action_move(self, by: int) -> None:
        """Move the cursor by a number of rows, past headings where those are skipped."""
        place = self.cursor + by
        if not 0 <= place < len(self.rows):
            self.post_message(self.Ended(by))
        while self.skips_headings and 0 <= place < len(self.rows) and not self.rows[place].is_enabled:
            place += 1 if by > 0 else -1
        if not self.skips_headings or 0 <= place < len(self.rows):
            self.cursor = place

    def action_move_page(self, by: int) -> None:
        """Move the cursor by pages."""
        before = self.cursor
        self.cursor += by * max(1, self.scrollable_content_region.height - 1)
        if self.cursor == before:
            self.post_message(self.Ended(by))

    def action_move_to(self, place: int) -> None:
        """Move the cursor to a row; -1 is the last."""
        self.cursor = place if place >= 0 else len(self.rows) - 1

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.current is not None and self.current.is_enabled:
            self.post_message(self.Chosen(self, self.current))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row that was clicked; a second click chooses it."""
        place = self._place(event)
        if place < 0:
            return
        was_there = place == self.cursor
        self.cursor = place
        if was_there or event.chain > 1:
            self.action_choose()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse."""
        self.hover = self._place(event)

    def on_leave(self) -> None:
        """Forget the mouse."""
        self.hover = -1

    def _place(self, event: events.MouseEvent) -> int:
        offset = event.get_content_offset(self)
        if offset is None:
            return -1
        place = offset.y + self.scroll_offset.y
        return place if 0 <= place < len(self.rows) else -1

    def right_of(self, place: int) -> Content:
        """Return what stands at the right of a row."""
        return self.rows[place].right

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        place = y + self.scroll_offset.y
        width = self.outer_size.width - self.gutter.width
        if width <= 0 or not 0 <= place < len(self.rows):
            return Strip.blank(max(0, width), self.visual_style.rich_style)
        row = self.rows[place]
        name = "cursor" if place == self.cursor else "hover" if place == self.hover else ""
        style = self.visual_style
        if not row.is_enabled:
            style += self.get_visual_style("row-list--disabled")
        if name:
            style += self.get_visual_style(f"row-list--{name}")
        left, right = row.left, self.right_of(place)
        is_active = place == self.cursor and self.has_focus
        lead = (
            Content.styled("▌ ", "$text-primary" if is_active else "$border")
            if name == "cursor"
            else Content("  ")
        )
        room = max(1, width - lead.cell_length - (right.cell_length + 2 if right.cell_length else 0))
        left = left.truncate(room, ellipsis=True, pad=True)
        parts = (lead, left, "  ", right) if right.cell_length else (lead, left)
        line = Content.assemble(*parts).truncate(width, pad=True)
        return Visual.to_strips(self, line, width, 1, style, apply_selection=False, pad=True)[0]
