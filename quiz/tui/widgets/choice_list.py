"""Lists to set something up with: values to step through or type, and boxes to tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from quiz.tui.bindings import bar_key, key
from quiz.tui.widgets.row_list import RowList

MOST_DIGITS = 4
NO_ARROWS: Final = str.maketrans("◂▸", "  ")


class ChoiceList(RowList):
    """Rows whose values the arrows change; digits type one, space turns one, a click does what it is on."""

    DEFAULT_CSS = """
    ChoiceList {
        background: $surface; border: blank;
        border-title-color: $foreground-muted; border-title-style: bold;
        & > .row-list--hover { background: $panel; }
        &:focus { border-title-color: $text-accent; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("set-up.less", "left,minus", "step(-1)", "Less", "Make it less"),
        key("set-up.more", "right,plus", "step(1)", "More", "Make it more"),
        key("set-up.turn", "space", "turn", "Turn", "Tick it, or take the next value"),
        key("set-up.erase", "backspace,delete", "erase", "Erase", "Erase what was typed"),
        bar_key("set-up.start", "enter", "screen.start", "Start", "Begin with what is set", "⏎"),
    ]

    @dataclass
    class Stepped(Message):
        """A value is to be more or less."""

        choice_list: ChoiceList
        key: str
        by: int

    @dataclass
    class Turned(Message):
        """A row was ticked, or its value is to be the next one."""

        choice_list: ChoiceList
        key: str

    @dataclass
    class Typed(Message):
        """A number was typed; empty where it was erased."""

        choice_list: ChoiceList
        key: str
        digits: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, skips_headings=True)
        self._digits = ""

    def watch_cursor(self) -> None:
        """Follow the cursor; what was typed belongs to the row it left."""
        self._digits = ""
        super().watch_cursor()

    def action_step(self, by: int) -> None:
        """Make the value more or less."""
        self._digits = ""
        if self.current is not None and self.current.is_enabled:
            self.post_message(self.Stepped(self, self.current.key, by))

    def action_turn(self) -> None:
        """Tick the row, or take the next value."""
        self._digits = ""
        if self.current is not None and self.current.is_enabled:
            self.post_message(self.Turned(self, self.current.key))

    def action_erase(self) -> None:
        """Erase what was typed."""
        self._type(self._digits[:-1])

    def on_key(self, event: events.Key) -> None:
        """Take digits."""
        if event.character is not None and event.character in "0123456789":
            event.stop()
            event.prevent_default()
            self._type((self._digits + event.character)[-MOST_DIGITS:])

    def _type(self, digits: str) -> None:
        self._digits = digits
        if self.current is not None and self.current.is_enabled:
            self.post_message(self.Typed(self, self.current.key, digits))

    def right_of(self, place: int) -> Content:
        """Show the arrows of a value, and its colour, where the cursor is."""
        right = self.rows[place].right
        if place == self.cursor and self.has_focus:
            return right.stylize("$text-accent")
        return Content(right.plain.translate(NO_ARROWS), list(right.spans))

    def on_click(self, event: events.Click) -> None:
        """Step by the arrows of a value, turn the row elsewhere."""
        event.prevent_default()
        place = self._place(event)
        offset = event.get_content_offset(self)
        if place < 0 or offset is None or not self.rows[place].is_enabled:
            return
        self.cursor = place
        right = self.rows[place].right
        start = self.scrollable_content_region.width - right.cell_length
        arrow = right.plain[offset.x - start : offset.x - start + 1] if offset.x >= start else ""
        if arrow in {"◂", "▸"}:
            self.action_step(-1 if arrow == "◂" else 1)
        else:
            self.action_turn()
