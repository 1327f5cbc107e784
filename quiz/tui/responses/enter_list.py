"""Typing a list, one entry at a time."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from quiz.core.content.grading import Entered, Response
from quiz.core.content.interaction import Enter
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.core.text.phrases import count
from quiz.tui.available_actions import key_label
from quiz.tui.bindings import key
from quiz.tui.held_keys import HeldKeyGuard
from quiz.tui.responses.base import Hint, ResponseWidget
from quiz.tui.responses.field import FieldInput
from quiz.tui.responses.row import ResponseRow, numbers
from quiz.tui.responses.verdicts import parts_of, show_rows, verdict_rows
from quiz.tui.text import show
from quiz.tui.widgets.text_field import MOST_CHARACTERS, typed

YOURS: tuple[str, str] = ("●", "bold $text-primary")


class AddLabel(Static):
    """What to click on instead of pressing enter."""

    ALLOW_SELECT = False


class EnterListResponse(ResponseWidget):
    """The entries so far, and a field for the next: enter adds it, on the empty field it submits."""

    DEFAULT_CSS = """
    EnterListResponse {
        & > .line { height: auto; padding-left: 4; }
        & > .line > .label { width: auto; margin: 1 1 0 0; color: $text-accent; text-style: bold; }
        & > .line > FieldInput { padding: 0; }
        & > .line > .add { width: auto; margin: 1 1 0 1; padding: 0 1; color: $text-primary; }
        & > .line > .add:hover { background: $foreground 10%; }
        & > .count { margin-left: 7; }
        & > .marks { display: none; height: auto; }
        & > ResponseRow.-unused { display: none; }
        &.-marked > .line, &.-marked > .count, &.-marked > ResponseRow { display: none; }
        &.-marked > .marks { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("typing.undo", "ctrl+z", "undo", "Undo", "Take back what was typed last")
    ]
    takes_text = True

    interaction: Enter
    _response: Entered

    def __init__(
        self, interaction: Enter, response: Response | None = None, markup: Markup = NO_MARKUP
    ) -> None:
        super().__init__(interaction, response, markup)
        self.field = FieldInput(self._go_on)
        self.rows = [ResponseRow("", label) for label in numbers(len(interaction.fields))]
        self.labels = numbers(self.asked_for)
        self.label = Static(classes="label")
        self._guard = HeldKeyGuard()
        self.add = AddLabel(Content("+ add"), classes="add")
        self.count = Static(classes="count")
        self.marks = Vertical(classes="marks")

    def compose(self) -> ComposeResult:
        """A row for each entry; the field; how many there are; afterwards a row for each verdict."""
        yield from self.rows
        with Horizontal(classes="line"):
            yield self.label
            yield self.field
            yield self.add
        yield self.count
        yield self.marks

    @property
    def asked_for(self) -> int:
        """How many entries are asked for."""
        return len(self.interaction.fields)

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries so far."""
        return self._response.texts

    @property
    def pending(self) -> tuple[str, ...]:
        """The entries that are being typed."""
        return self.interaction.entries_in(self.field.value)

    @property
    def is_full(self) -> bool:
        """Whether no more entries are asked for."""
        return len(self.entries) >= self.asked_for

    @property
    def hint(self) -> Hint:
        """What the keys do."""
        return ((key_label(self, "typing.undo"), "take back"),)

    @property
    def submits(self) -> str:
        """What enter does with what is being typed."""
        return "Add" if len(self.pending) == 1 else f"Add {len(self.pending)}" if self.pending else ""

    @property
    def response(self) -> Response:
        """The entries, and those that are being typed after them."""
        return Entered((*self.entries, *self.pending))

    @property
    def unready(self) -> str:
        """What is still to be done."""
        if self.is_complete:
            return ""
        return self.too_many if self.pending else "Type an answer."

    @property
    def too_many(self) -> str:
        """Say how many entries are asked for."""
        return f"Only {count(self.asked_for, 'answer is', 'answers are')} asked for."

    def fitting(self, response: Response | None) -> Entered:
        """Keep the entries that hold something, as many as are asked for."""
        texts = response.texts if isinstance(response, Entered) else ()
        kept = [typed(text)[:MOST_CHARACTERS].strip() for text in texts if text.strip()]
        return Entered(tuple(kept[: len(self.interaction.fields)]))

    def on_mount(self) -> None:
        """Take the focus."""
        self.redraw()
        if not self.is_marked:
            self.field.focus(scroll_visible=False)

    @on(Input.Changed)
    def _follow(self, message: Input.Changed) -> None:
        """Tell of what is being typed, which counts as well."""
        message.stop()
        self.changed()

    def action_submit(self) -> None:
        """Add what was typed, or hand in where nothing was."""
        if self.pending:
            self.add_entry()
        else:
            self.submit()

    def _go_on(self, _field: FieldInput, at: float) -> None:
        """Add what was typed, or hand in where nothing was."""
        now = round(at * 1000)
        if self.pending:
            self.add_entry()
            self._guard.shown(now)
        elif self.is_full or not self._guard.is_unread(now):
            self.submit()

    @on(FieldInput.BackedOut)
    def _back_out(self, message: FieldInput.BackedOut) -> None:
        """Take the last entry back."""
        message.stop()
        self.undo()

    @on(events.Click, ".add")
    def _add_by_click(self) -> None:
        """Add what was typed."""
        if self.pending:
            self.add_entry()
        self.field.focus()

    def on_response_row_pressed(self, message: ResponseRow.Pressed) -> None:
        """Take the entry that was clicked back; what was being typed takes its place."""
        message.stop()
        if self.takes_keys and message.row in self.rows:
            self._take_back(self.rows.index(message.row))

    def add_entry(self) -> None:
        """Add what was typed to the list, unless it is there or more than is asked for."""
        there = {entry.casefold() for entry in self.entries}
        for entry in self.pending:
            if entry.casefold() in there:
                self.complain(f"“{entry}” is on the list already.")
                return
            there.add(entry.casefold())
        if len(there) > self.asked_for:
            self.complain(self.too_many)
            return
        self._response = Entered((*self.entries, *self.pending))
        self.field.fill("")
        self.redraw()
        self.changed()
        self.count.scroll_visible(animate=False)

    def undo(self) -> None:
        """Clear what is being typed, or take the last entry back into the field."""
        if self.field.value:
            self.field.value = ""
        elif self.entries:
            self._take_back(len(self.entries) - 1)
        else:
            self.app.bell()

    def _take_back(self, place: int) -> None:
        entries = list(self.entries)
        text = entries[place]
        entries[place : place + 1] = self.pending
        if len(entries) > self.asked_for:
            self.complain(self.too_many)
            return
        self._response = Entered(tuple(entries))
        self.redraw()
        self.field.fill(text)
        self.field.focus()
        self.changed()

    def redraw(self) -> None:
        """Show the entries and how many there are, or the verdicts."""
        if self.is_marked:
            parts = parts_of(self.grade, self.key, self.response)
            labels = numbers(len(parts))
            rows = [
                row
                for part, label in zip(parts, labels, strict=True)
                for row in verdict_rows(part, label if part.given else "", part.given.strip())
            ]
            show_rows(self.marks, rows)
            return
        for place, row in enumerate(self.rows):
            is_used = place < len(self.entries)
            row.set_class(not is_used, "-unused")
            row.put(text=self.entries[place] if is_used else "", sign=YOURS)
        self.label.update(show(self.labels[min(len(self.entries), self.asked_for - 1)]))
        self.label.visible = not self.is_full
        self.field.is_closed = self.is_full
        self.field.placeholder = "That is all of them." if self.is_full else ""
        self.add.display = not self.is_full
        said = " · enter hands them in" if self.is_full else ""
        self.count.update(show(f"{len(self.entries)} of {self.asked_for}{said}", "$foreground-muted"))
