"""What matching and sorting have in common: each thing on the left gets one of those on the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from quiz.core.content.grading import Grade, Matched, Response, Sorted
from quiz.core.content.interaction import Match, Sort
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.tui.bindings import key
from quiz.tui.responses.folding_rows import FoldingRows
from quiz.tui.responses.row import (
    NO_SIGN,
    NOTHING,
    RIGHT,
    TONES,
    WRONG,
    YOURS,
    ResponseRow,
    align,
    key_tail,
    tail_of,
)
from quiz.tui.responses.rows_base import RESTING, RowsResponse
from quiz.tui.text import join, show, show_marked


class PairsResponse(RowsResponse):
    """Two sides: the key or a click of a right side gives it to the left one that the cursor is on."""

    DEFAULT_CSS = """
    PairsResponse {
        layout: horizontal;
        & > Vertical { width: 1fr; height: auto; }
        & > .rights { margin-left: 3; }
        &.-stacked { layout: vertical; }
        &.-stacked > .rights { margin: 1 0 0 0; }
        &.-marked > .rights { display: none; }
        &.-apart > .lefts > ResponseRow { margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("answer.right", "right", "go(True)", "Right side", "Go to the right side"),
        key("answer.left", "left", "go(False)", "Left side", "Go to the left side"),
        key("answer.right-then-out", "tab", "go(True, True)", "Right side", "Go to the right side, then on"),
        key(
            "answer.left-then-out",
            "shift+tab",
            "go(False, True)",
            "Left side",
            "Go to the left side, then back",
        ),
    ]
    interaction: Match | Sort
    gives: ClassVar[str]
    """What giving a right side to a left one is called."""

    def __init__(
        self, interaction: Match | Sort, response: Response | None = None, markup: Markup = NO_MARKUP
    ) -> None:
        super().__init__(interaction, response, markup)
        self.is_at_right = False
        self._left = 0
        self.left_rows: Sequence[ResponseRow] = self.make_left_rows()
        self.right_rows: Sequence[ResponseRow] = self.make_right_rows()
        self.left_box = Vertical(*self.left_rows, classes="lefts")
        self.right_box = Vertical(*self.right_rows, classes="rights")
        self.folding = FoldingRows(self.left_rows)
        self._left = self.cursor = self._next_open(0)

    @property
    def lefts(self) -> tuple[str, ...]:
        """What is paired or sorted."""
        raise NotImplementedError

    @property
    def rights(self) -> tuple[str, ...]:
        """What it is paired with or sorted into."""
        raise NotImplementedError

    @property
    def given(self) -> Mapping[str, str]:
        """The right side that each left side has so far."""
        return _mapping(self._response)

    @property
    def submits(self) -> str:
        """What enter does on the right side."""
        return self.gives if self.is_at_right and self.takes_keys else ""

    def make_response(self, given: dict[str, str]) -> Matched | Sorted:
        """Return the response that says this."""
        raise NotImplementedError

    def make_left_rows(self) -> Sequence[ResponseRow]:
        """Return a row for each left side."""
        raise NotImplementedError

    def make_right_rows(self) -> Sequence[ResponseRow]:
        """Return a row for each right side."""
        raise NotImplementedError

    def show_right(self, row: ResponseRow, holders: Sequence[int]) -> None:
        """Show which left sides a right side has."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The two sides."""
        yield self.left_box
        yield self.right_box

    @property
    def rows(self) -> Sequence[ResponseRow]:
        """The rows of the side that the cursor is on."""
        return self.right_rows if self.is_at_right else self.left_rows

    @property
    def labelled(self) -> Sequence[ResponseRow]:
        """The rows of both sides."""
        return [*self.left_rows, *self.right_rows]

    @property
    def open_count(self) -> int:
        """How many left sides have nothing yet."""
        return len(self.lefts) - len(self.given)

    def spread(self, width: int, room: int) -> int:
        """Set the left side's rows apart where there is room; return how many rows that takes."""
        each = max(1, min(width // 2, max((row.natural_width for row in self.left_rows), default=1)))
        taken = sum(len(row.lines(each)) for row in self.left_rows)
        apart = taken + len(self.left_rows) - 1
        self.set_class(apart <= room, "-apart")
        return max(apart if apart <= room else taken, len(self.right_rows) * 2)

    def fitting(self, response: Response | None) -> Matched | Sorted:
        """Keep what is on both sides."""
        given = _mapping(response)
        return self.make_response(
            {left: given[left] for left in self.lefts if given.get(left) in self.rights}
        )

    def state(self, response: Response) -> tuple[object, ...]:
        """Say what each left side has."""
        given = _mapping(response)
        return tuple(given.get(left) for left in self.lefts)

    def go_to(self, *, right: bool) -> None:
        """Move the cursor to a side."""
        if right != self.is_at_right:
            if right:
                self._left = self.cursor
            self.is_at_right = right
            has = self.given.get(self.lefts[self._left])
            self.cursor = (self.rights.index(has) if has else 0) if right else self._left
        self.move_to(self.cursor)

    def pair(self, right: int) -> None:
        """Give a right side to the left one at hand, and go on to the next that has none."""
        if not self.is_at_right:
            self._left = self.cursor
        self.is_at_right = False
        self.cursor = self._left
        self.change(self.make_response({**self.given, self.lefts[self._left]: self.rights[right]}))
        self.move_to(self._next_open(self._left))

    def pick(self, place: int) -> None:
        """Pick a left side, or give a right side to the one picked."""
        if self.is_at_right:
            self.pair(place)
        else:
            self.go_to(right=True)

    def undo(self) -> None:
        """Undo, back on the left."""
        self.go_to(right=False)
        super().undo()

    def press(self, label: str) -> bool:
        """Give the right side of that label, or go to the left side of it."""
        for place, row in enumerate(self.right_rows):
            if row.label == label:
                self.pair(place)
                return True
        for place, row in enumerate(self.left_rows):
            if row.label and row.label.strip() == label:
                self.go_to(right=False)
                self.move_to(place)
                return True
        return False

    def click(self, row: ResponseRow) -> None:
        """Go to the left side that was clicked, or give it the right side that was."""
        if row in self.left_rows:
            self.go_to(right=False)
            self.move_to(self.left_rows.index(row))
        else:
            self.pair(self.right_rows.index(row))

    def action_go(self, right: bool, is_tab: bool = False) -> None:  # noqa: ARG002
        """Move to the other side; from there tab leaves."""
        if right == self.is_at_right:
            raise SkipAction
        self.go_to(right=right)

    def action_submit(self) -> None:
        """Give the right side under the cursor, or hand the response in."""
        if self.is_at_right:
            self.pair(self.cursor)
        else:
            self.submit()

    def show_cursor(self) -> None:
        """Show the cursor, and on the left what it was moved from."""
        super().show_cursor()
        others = self.left_rows if self.is_at_right else self.right_rows
        for place, row in enumerate(others):
            is_held = self.is_at_right and place == self._left and not self.is_marked
            row.set_class(is_held, "-cursor")
            row.put(pointer=RESTING if is_held else NO_SIGN)
        self.tell_of_enter()

    def redraw(self) -> None:
        """Show the pairs, or what was right."""
        for row, left in zip(self.left_rows, self.lefts, strict=True):
            right = self.given.get(left)
            if self.is_marked:
                self._mark(row, right, _mapping(self.key).get(left, ""))
            else:
                sign = ("●", "bold $text-primary") if right else ("○", "$foreground-muted")
                row.put(sign=sign, tail=self.name_right(right))
        for right, row in zip(self.rights, self.right_rows, strict=True):
            self.show_right(
                row, [place for place, left in enumerate(self.lefts) if self.given.get(left) == right]
            )
        align(self.left_rows, reserve=len("→ a"))
        align(self.right_rows)
        self._share_width()
        self.show_cursor()

    def explain(self, grade: Grade) -> frozenset[str]:
        """Let each explanation stand beneath what it is about, but for one that is about several things."""
        times = Counter(part.feedback for part in grade.parts)
        said = {part.label: part.feedback for part in grade.parts if times[part.feedback] == 1}
        for row, left in zip(self.left_rows, self.lefts, strict=True):
            row.note = show_marked(said.get(left, ""), self.markup, "$foreground-muted")
        return frozenset(said.values())

    def _share_width(self) -> None:
        """Make the left side as wide as its texts, at most half, so that both sides are near each other."""
        is_beside = not self.is_marked and not self.has_class("-stacked")
        widest = max((row.natural_width for row in self.left_rows), default=0)
        self.left_box.styles.width = min(widest, self.size.width // 2) if is_beside and widest else "1fr"

    def name_right(self, right: str | None) -> Content:
        """Name a right side beside a left one: by its label, and by its text where that is not in sight."""
        if not right:
            return show("→ ·", "$foreground-muted")
        label = self.right_rows[self.rights.index(right)].label or ""
        in_words = not label or self.has_class("-stacked")
        arrow = show(f"→ {label} " if in_words else f"→ {label}", "$text-primary")
        return arrow + show_marked(right, self.markup, "$text-primary") if in_words else arrow

    def _mark(self, row: ResponseRow, given: str | None, expected: str) -> None:
        sign = RIGHT if given == expected else WRONG if given else NOTHING
        said = show_marked(given or "", self.markup, sign[1])
        row.brief = key_tail(sign, expected, self.markup)
        row.given = join((f"{YOURS}  ", "$foreground-muted"), said) if sign == WRONG else Content()
        row.put(sign=sign, tail=tail_of(said, row.brief), tone=TONES[sign])

    def _next_open(self, after: int) -> int:
        """Return the next left side that has nothing, from a place on and around; that place if all have."""
        count = len(self.lefts)
        places = [(after + step) % count for step in range(count)]
        return next((place for place in places if self.lefts[place] not in self.given), after)


def _mapping(response: Response | None) -> Mapping[str, str]:
    if isinstance(response, Matched):
        return response.pairs
    return response.bins if isinstance(response, Sorted) else {}
