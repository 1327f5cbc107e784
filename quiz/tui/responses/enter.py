"""Typing into one or several fields."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from quiz.core.content.grading import Entered, Response
from quiz.core.content.interaction import Enter
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.tui.bindings import key
from quiz.tui.responses.base import Hint, ResponseWidget
from quiz.tui.responses.field import FieldInput
from quiz.tui.responses.row import RIGHT, WRONG, numbers
from quiz.tui.responses.verdicts import parts_of, show_rows, verdict_rows
from quiz.tui.text import join, show, show_marked
from quiz.tui.widgets.text_field import MOST_CHARACTERS, typed

GAP = "____"


class EnterResponse(ResponseWidget):
    """Fields in tab order, with the text around them where there is one; enter in the last one submits."""

    DEFAULT_CSS = """
    EnterResponse {
        & > .around { margin: 0 1 1 2; }
        & > .line { height: auto; padding-left: 4; }
        &.-alone > .line { padding-left: 2; }
        & > .line > .label { width: auto; margin-right: 1; color: $text-accent; text-style: bold; }
        & > .line > .unit { width: auto; margin-left: 2; }
        &.-alone > .line > .unit { margin-top: 1; }
        & > .marks { display: none; height: auto; }
        &.-alone > .marks { padding: 1 0; }
        &.-marked > .line { display: none; }
        &.-marked > .marks { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("typing.before", "up", "go(-1)", "Field before", "Go to the field before"),
        key("typing.next", "down", "go(1)", "Next field", "Go to the next field"),
        key("typing.undo", "ctrl+z", "undo", "Undo", "Take back what was typed last"),
    ]
    takes_text = True

    interaction: Enter
    _response: Entered

    def __init__(
        self, interaction: Enter, response: Response | None = None, markup: Markup = NO_MARKUP
    ) -> None:
        super().__init__(interaction, response, markup)
        count = len(interaction.fields)
        self.is_alone = count == 1
        self.set_class(self.is_alone, "-alone")
        self.fields = [FieldInput(self._go_on, compact=not self.is_alone) for _ in interaction.fields]
        self.labels: tuple[str, ...] = ("",) if self.is_alone else numbers(count)
        self.around = Static(classes="around")
        self.marks = Vertical(classes="marks")
        self._run: tuple[FieldInput, int] | None = None
        """Where single characters are being typed or deleted, which undo takes back together."""

    def compose(self) -> ComposeResult:
        """The text with its gaps; a line for each field; afterwards a row for each verdict."""
        if self.interaction.around:
            yield self.around
        for field, label, asked in zip(self.fields, self.labels, self.interaction.fields, strict=True):
            with Horizontal(classes="line"):
                if label:
                    yield Static(show(label), classes="label")
                yield field
                if asked.unit or asked.options:
                    yield Static(show_marked(asked.unit or asked.choices, self.markup), classes="unit")
        yield self.marks

    @property
    def hint(self) -> Hint:
        """What the keys do."""
        return () if self.is_alone or self.submits else (("tab", "next gap"),)

    @property
    def response(self) -> Response:
        """What stands in the fields."""
        is_filled = self.is_mounted
        texts = self._response.texts
        if is_filled:
            fields = zip(self.fields, self.interaction.fields, strict=True)
            texts = tuple(asked.given(field.value.strip()) for field, asked in fields)
        return Entered(texts if any(texts) else ())

    @property
    def _at_hand(self) -> FieldInput:
        """The field with the focus, or the last."""
        return next((field for field in self.fields if field.has_focus), self.fields[-1])

    @property
    def submits(self) -> str:
        """What enter does in a field that is not the last."""
        return "Next gap" if self._at_hand is not self.fields[-1] else ""

    @property
    def unready(self) -> str:
        """What is still to be done."""
        if self.is_complete:
            return ""
        given = self.response.texts if isinstance(self.response, Entered) else ()
        if any(not asked.takes(text) for asked, text in zip(self.interaction.fields, given, strict=False)):
            return "Type the number of an option."
        return "Type an answer."

    def fitting(self, response: Response | None) -> Entered:
        """Keep as many texts as there are fields."""
        texts = response.texts if isinstance(response, Entered) else ()
        return Entered(tuple(typed(text)[:MOST_CHARACTERS] for text in texts[: len(self.interaction.fields)]))

    def on_mount(self) -> None:
        """Show what was typed before, and take the focus, in the first field that is empty."""
        for field, text in zip(self.fields, self._padded(), strict=True):
            field.fill(text)
        self.redraw()
        if not self.is_marked:
            empty = [field for field in self.fields if not field.value]
            (empty or self.fields)[0].focus(scroll_visible=False)

    @on(Input.Changed)
    def _follow(self, message: Input.Changed) -> None:
        """Keep what was there before, a run of typing as one step, and show the text with its gaps."""
        message.stop()
        now = Entered(tuple(field.value for field in self.fields))
        before = Entered(self._padded())
        if now == before or not isinstance(message.input, FieldInput):
            return
        place = self.fields.index(message.input)
        grown = len(now.texts[place]) - len(before.texts[place])
        run = (message.input, grown) if abs(grown) == 1 else None
        if run is None or run != self._run:
            self._past.append(before)
        self._run = run
        self._response = now
        self.redraw()
        self.changed()

    def action_submit(self) -> None:
        """Do what enter does in the field with the focus."""
        self._go_on(self._at_hand)

    def _go_on(self, field: FieldInput, _at: float = 0) -> None:
        """Go to the next field, or hand in from the last."""
        if field is self.fields[-1]:
            self.submit()
        else:
            self.fields[self.fields.index(field) + 1].focus()

    def undo(self) -> None:
        """Bring the texts back that there were before."""
        self._run = None
        super().undo()
        for field, text in zip(self.fields, self._padded(), strict=True):
            if field.value != text:
                field.fill(text)
                field.focus()
        self.redraw()

    def action_go(self, by: int) -> None:
        """Go to another field."""
        place = next((place for place, field in enumerate(self.fields) if field.has_focus), 0) + by
        if 0 <= place < len(self.fields):
            self.fields[place].focus()

    def on_descendant_focus(self) -> None:
        """Show which gap is being filled."""
        self.redraw()
        self.tell_of_enter()

    def redraw(self) -> None:
        """Show the text with what stands in its gaps, or the verdicts."""
        if self.interaction.around:
            self.around.update(self._text())
        if self.is_marked:
            self._show_marks()

    def _text(self) -> Content:
        """Return the text with its gaps, numbered where there are several."""
        around = self.interaction.around
        parts = parts_of(self.grade, self.key, self._response) if self.is_marked else ()
        pieces = [show_marked(around[0].lstrip(), self.markup)]
        for place, (field, label) in enumerate(zip(self.fields, self.labels, strict=True)):
            style = "bold $text-accent" if field.has_focus else "$text-accent"
            if place < len(parts):
                style = (RIGHT if parts[place].is_right else WRONG)[1]
            gap = show(
                self.interaction.fields[place].given(field.value.strip()) or GAP,
                f"{style} underline" if field.value else style,
            )
            pieces.append(join((f"[{label}]" if label else "", style), gap))
            pieces.append(show_marked(around[place + 1] if place + 1 < len(around) else "", self.markup))
        return Content.assemble(*pieces).rstrip()

    def _show_marks(self) -> None:
        parts = parts_of(self.grade, self.key, self._response)
        rows = []
        for part, label, asked in zip(parts, self.labels, self.interaction.fields, strict=False):
            given = part.given.strip()
            if given and asked.unit and not part.is_unread:
                given = asked.with_unit(given)
            rows += verdict_rows(part, label or None, given)
        show_rows(self.marks, rows)

    def _padded(self) -> tuple[str, ...]:
        texts = self._response.texts
        return (*texts, *[""] * (len(self.interaction.fields) - len(texts)))
