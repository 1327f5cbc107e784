"""What the responses made of rows have in common: a cursor, keys, clicks and undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType

from quiz.core.content.grading import Response
from quiz.core.content.interaction import Interaction
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.tui.bindings import bar_key, key
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.responses.folding_rows import FoldingRows
from quiz.tui.responses.row import NO_SIGN, ResponseRow, Sign

CURSOR: Sign = ("▌", "$primary")
RESTING: Sign = ("▏", "$foreground-muted")
"""Where the cursor was when the focus or the other side took it."""


class RowsResponse(ResponseWidget, can_focus=True):
    """A response made of rows; the cursor is on one of them."""

    DEFAULT_CSS = """
    RowsResponse.-apart > ResponseRow { margin-bottom: 1; }
    RowsResponse.-apart > ResponseRow.-last { margin-bottom: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("answer.up", "up,k", "move(-1)", "Up", "Move up"),
        key("answer.down", "down,j", "move(1)", "Down", "Move down"),
        key("answer.first", "home", "move_to(0)", "First", "Go to the first"),
        key("answer.last", "end", "move_to(-1)", "Last", "Go to the last"),
        key("answer.pick", "space", "pick", "Pick", "Pick this, or take it back"),
        bar_key("answer.submit", "enter", "submit", "Answer", "Hand the answer in", "⏎"),
        key("answer.undo", "ctrl+z,backspace", "undo", "Undo", "Take back the last change of the answer"),
    ]

    def __init__(
        self, interaction: Interaction, response: Response | None = None, markup: Markup = NO_MARKUP
    ) -> None:
        super().__init__(interaction, response, markup)
        self.cursor = 0
        self.folding: FoldingRows | None = None
        """The rows that are folded where there is little room for a verdict."""

    @property
    def rows(self) -> Sequence[ResponseRow]:
        """The rows that the cursor moves along."""
        raise NotImplementedError

    def spread(self, width: int, room: int) -> int:
        """Set the rows a row apart where there is room for it; return how many rows that takes."""
        taken = sum(len(row.lines_in(width)) for row in self.rows)
        apart = taken + len(self.rows) - 1
        is_apart = apart <= room
        self.set_class(is_apart, "-apart")
        last = next(reversed(self.children), None)  # none while the rows are on their way
        for row in self.rows:
            row.set_class(row is last, "-last")
        return apart if is_apart else taken

    def fit(self, width: int, room: int, spare: int) -> int:
        """Draw the rows together, then fold them, where they take more than so many rows of the screen."""
        if self.folding is None:
            return 0
        rows = self.folding.fit(max(1, width - 1), room)
        apart = rows + len(self.folding.rows)
        if apart <= room - spare and self.has_class("-apart"):
            return apart
        self.remove_class("-apart")
        return rows

    def walk(self, by: int) -> bool:
        """Open the row after or before the one that is open; say whether there is one."""
        if self.folding is None or not self.folding.walk(by):
            return False
        if self.folding.at_hand is not None:
            self.folding.at_hand.scroll_visible(animate=False)
        return True

    @property
    def folds(self) -> str:
        """How many rows were missed, while they are folded."""
        if self.folding is None or self.folding.at_hand is None:
            return ""
        missed, telling = self.folding.missed, self.folding.telling
        return f"{len(missed)} missed" if missed == telling else "other rows"

    @property
    def label_keys(self) -> frozenset[str]:
        """The keys that labels take from the screen while there is something to answer."""
        return frozenset(row.label for row in self.labelled if row.label) if self.takes_keys else frozenset()

    @property
    def labelled(self) -> Sequence[ResponseRow]:
        """The rows whose labels can be pressed."""
        return self.rows

    def pick(self, place: int) -> None:
        """Do what a space or a click on a row does."""
        raise NotImplementedError

    def click(self, row: ResponseRow) -> None:
        """Do what a click on a row does."""
        place = self.rows.index(row)
        self.move_to(place)
        self.pick(place)

    def press(self, label: str) -> bool:
        """Do what the key of a label does; say whether it is one."""
        for place, row in enumerate(self.rows):
            if row.label == label:
                self.move_to(place)
                self.pick(place)
                return True
        return False

    def state(self, response: Response) -> tuple[object, ...]:
        """Return what a response says of each row, so that undo can show where something changed."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Take the focus, without scrolling the stem away."""
        self.redraw()
        if not self.is_marked:
            self.focus(scroll_visible=False)

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: ARG002
        """Show whether keys come here; no rule of a sheet asks for it, so nothing is styled anew."""
        if self.is_mounted:
            self.show_cursor()

    def show_cursor(self) -> None:
        """Show the cursor on its row."""
        for place, row in enumerate(self.rows):
            is_here = place == self.cursor and not self.is_marked
            row.set_class(is_here and self.has_focus, "-cursor")
            row.put(pointer=(CURSOR if self.has_focus else RESTING) if is_here else NO_SIGN)

    def move_to(self, place: int) -> None:
        """Move the cursor to a row and scroll it into view."""
        if self.rows:
            self.cursor = max(0, min(place, len(self.rows) - 1))
            self.show_cursor()
            if not self.screen.can_view_entire(self.rows[self.cursor]):
                self.rows[self.cursor].scroll_visible(animate=False)

    def undo(self) -> None:
        """Bring the response back that there was before, with the cursor where it differs."""
        after = self.state(self.response)
        super().undo()
        for place, (now, then) in enumerate(zip(self.state(self.response), after, strict=True)):
            if now != then:
                self.move_to(place)
                break

    def action_move(self, by: int) -> None:
        """Move the cursor; beyond the first and the last row the screen scrolls instead."""
        if not 0 <= self.cursor + by < len(self.rows):
            raise SkipAction
        self.move_to(self.cursor + by)

    def action_move_to(self, place: int) -> None:
        """Move the cursor to the first or the last row."""
        self.move_to(place if place >= 0 else len(self.rows) - 1)

    def action_pick(self) -> None:
        """Pick the row under the cursor."""
        self.pick(self.cursor)

    def on_key(self, event: events.Key) -> None:
        """Take the keys that are labels."""
        if event.character and self.takes_keys and self.press(event.character):
            event.stop()
            event.prevent_default()

    def on_response_row_pressed(self, message: ResponseRow.Pressed) -> None:
        """Do what a click does; one handler for all, as Textual would call those of every class."""
        message.stop()
        if self.takes_keys:
            self.click(message.row)
