"""Putting entries in order."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from quiz.core.content.grading import Ordered, Response
from quiz.core.content.interaction import Order
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.tui.available_actions import key_label
from quiz.tui.bindings import key
from quiz.tui.responses.base import Hint
from quiz.tui.responses.folding_rows import FoldingRows
from quiz.tui.responses.row import DIGITS, RIGHT, TONES, WRONG, ResponseRow, Sign, align, key_tail, numbers
from quiz.tui.responses.rows_base import RowsResponse

GRIP: Sign = ("≡", "$foreground-muted")
IN_HAND: Sign = ("↕", "bold $text-primary")


class OrderResponse(RowsResponse):
    """Places with an entry in each: space picks one up, arrows move it; so do a drag or two clicks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("answer.carry-up", "K,shift+up", "shift(-1)", "Move up", "Move this up"),
        key("answer.carry-down", "J,shift+down", "shift(1)", "Move down", "Move this down"),
    ]
    interaction: Order
    _response: Ordered

    def __init__(
        self, interaction: Order, response: Response | None = None, markup: Markup = NO_MARKUP
    ) -> None:
        super().__init__(interaction, response, markup)
        entries = self._response.entries
        self._rows = [
            ResponseRow(entry, label, markup=self.markup)
            for entry, label in zip(entries, numbers(len(entries)), strict=True)
        ]
        self.folding = FoldingRows(self._rows)
        self._before: Ordered | None = None
        """The order before an entry was picked up; none is in hand without it."""
        self._is_dragging = False
        self._grabbed: int | None = None

    def compose(self) -> ComposeResult:
        """One row for each place."""
        yield from self._rows

    @property
    def rows(self) -> list[ResponseRow]:
        """The places' rows."""
        return self._rows

    @property
    def hint(self) -> Hint:
        """What the keys do."""
        if self.is_in_hand:
            return (
                ("↑ ↓", "move"),
                (key_label(self, "answer.pick"), "put down"),
            )
        return (
            (key_label(self, "answer.pick"), "pick up"),
            (f"{key_label(self, 'answer.carry-up')} {key_label(self, 'answer.carry-down')}", "move"),
        )

    @property
    def unready(self) -> str:
        """Any order can be handed in."""
        return ""

    @property
    def is_in_hand(self) -> bool:
        """Whether an entry was picked up and moves with the cursor."""
        return self._before is not None

    def fitting(self, response: Response | None) -> Ordered:
        """Keep an order of the same entries."""
        fits = isinstance(response, Ordered) and self.interaction.is_complete(response)
        return response if fits and isinstance(response, Ordered) else Ordered(self.interaction.entries)

    def state(self, response: Response) -> tuple[object, ...]:
        """Say which entry is at each place."""
        return response.entries if isinstance(response, Ordered) else ()

    def press(self, label: str) -> bool:
        """Put the entry under the cursor at the place of that number."""
        if label not in DIGITS[: len(self._rows)]:
            return False
        self.shift_to(int(label) - 1)
        return True

    def pick(self, place: int) -> None:  # noqa: ARG002
        """Pick the entry under the cursor up, or put it down."""
        if self.is_in_hand:
            self._put_down()
        else:
            self._before = self._response
            self.redraw()
            self.post_message(self.HintChanged())

    @property
    def can_undo(self) -> bool:
        """Whether something is in hand or was moved."""
        return super().can_undo or self.is_in_hand

    def shift_to(self, place: int) -> None:
        """Move the entry under the cursor to a place, and the cursor with it."""
        place = max(0, min(place, len(self._rows) - 1))
        entries = list(self._response.entries)
        entries.insert(place, entries.pop(self.cursor))
        self.cursor = place
        if self.is_in_hand and tuple(entries) != self._response.entries:
            self._response = Ordered(tuple(entries))
            self.redraw()
            self.changed()
        else:
            self.change(Ordered(tuple(entries)))
        self.move_to(place)

    def submit(self) -> None:
        """Put down what is in hand, then hand the order in."""
        self._put_down()
        super().submit()

    def undo(self) -> None:
        """Put back what is in hand, or undo the last move."""
        if self._before is not None:
            before, self._before = self._before, None
            place = before.entries.index(self._response.entries[self.cursor])
            has_moved, self._response = before != self._response, before
            self.redraw()
            self.post_message(self.HintChanged())
            self.move_to(place)
            if has_moved:
                self.changed()
        else:
            super().undo()

    def _put_down(self) -> None:
        if self._before is not None:
            if self._before != self._response:
                self._past.append(self._before)
            self._before = None
            self.redraw()
            self.post_message(self.HintChanged())

    def action_move(self, by: int) -> None:
        """Move the cursor, and the entry in hand with it."""
        if self.is_in_hand:
            self.shift_to(self.cursor + by)
        else:
            super().action_move(by)

    def action_move_to(self, place: int) -> None:
        """Move the cursor, or the entry in hand, to the first or the last place."""
        if self.is_in_hand:
            self.shift_to(place if place >= 0 else len(self._rows) - 1)
        else:
            super().action_move_to(place)

    def action_shift(self, by: int) -> None:
        """Move the entry under the cursor by a place."""
        self.shift_to(self.cursor + by)

    def click(self, row: ResponseRow) -> None:
        """Pick up by a click; put down at the place of the next."""
        if self.is_in_hand:
            self.shift_to(self._rows.index(row))
            self._put_down()
        elif not self._is_dragging:
            super().click(row)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a drag may begin."""
        self._is_dragging = False
        self._grabbed = None if self.is_in_hand else self._place_at(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the dragged entry follow the mouse."""
        place = self._place_at(event)
        if not event.button or self._grabbed is None or self.is_marked:
            self._end_drag()
        elif place is not None and (self._is_dragging or place != self._grabbed):
            if not self._is_dragging:
                self._is_dragging = True
                self.move_to(self._grabbed)
                self.pick(self._grabbed)
            if place != self.cursor:
                self.shift_to(place)

    def on_mouse_up(self) -> None:
        """Put the dragged entry down."""
        self._end_drag()

    def _end_drag(self) -> None:
        if self._grabbed is not None and self._is_dragging:
            self._put_down()
        self._grabbed = None

    def _place_at(self, event: events.MouseEvent) -> int | None:
        """Return the place under the mouse."""
        for place, row in enumerate(self._rows):
            if row.region.contains(event.screen_x, event.screen_y):
                return place
        return None

    def redraw(self) -> None:
        """Show the order, or where each entry belongs."""
        right = self.key.entries if isinstance(self.key, Ordered) else ()
        for place, (row, entry) in enumerate(zip(self._rows, self._response.entries, strict=True)):
            row.put(text=entry)
            if self.is_marked:
                expected = right[place] if place < len(right) else ""
                sign = RIGHT if entry == expected else WRONG
                row.brief = key_tail(sign, expected, self.markup)
                row.put(sign=sign, tail=row.brief, tone=TONES[sign])
            else:
                is_held = self.is_in_hand and place == self.cursor
                row.put(sign=IN_HAND if is_held else GRIP, tone="picked" if is_held else "")
        align(self._rows)
        self.show_cursor()
