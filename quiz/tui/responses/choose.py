"""Choosing one or several of the options."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from quiz.core.content.grading import Chosen, Response
from quiz.core.content.interaction import Choose, Interaction
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.tui.responses.base import Hint
from quiz.tui.responses.row import RIGHT, TONES, WRONG, YOURS, ResponseRow, Sign, labels
from quiz.tui.responses.rows_base import RowsResponse
from quiz.tui.text import show

KEY, BOTH = "correct answer", "correct"


class ChooseResponse(RowsResponse):
    """Rows to choose from: a digit, a letter, space or a click chooses, enter submits."""

    interaction: Choose
    _response: Chosen

    def __init__(
        self, interaction: Choose, response: Response | None = None, markup: Markup = NO_MARKUP
    ) -> None:
        super().__init__(interaction, response, markup)
        options = interaction.options
        width = 1 if interaction.is_single else 3
        self._rows = [
            ResponseRow(option, label, sign_width=width, markup=self.markup)
            for option, label in zip(options, labels(len(options)), strict=True)
        ]
        for row in self._rows:
            row.reserved = len(KEY)
        self.cursor = next((place for place, is_on in enumerate(self.state(self._response)) if is_on), 0)

    def can_ask(self, interaction: Interaction) -> bool:
        """Return whether as many options are to be chosen from, in the same way."""
        return (
            isinstance(interaction, Choose)
            and len(interaction.options) == len(self._rows)
            and interaction.is_single == self.interaction.is_single
        )

    def renew(self) -> None:
        """Show other options in the same rows."""
        self.cursor = 0
        for row, option in zip(self._rows, self.interaction.options, strict=True):
            row.begin(option, self.markup)

    def compose(self) -> ComposeResult:
        """One row for each option."""
        yield from self._rows

    @property
    def rows(self) -> list[ResponseRow]:
        """The options' rows."""
        return self._rows

    @property
    def hint(self) -> Hint:
        """What the keys do."""
        last = self._rows[-1].label if self._rows else "1"
        return ((f"1–{last}", "choose"),)

    @property
    def unready(self) -> str:
        """What is still to be done."""
        if self.is_complete:
            return ""
        return "Choose an option." if self.interaction.is_single else "Nothing is chosen yet."

    def fitting(self, response: Response | None) -> Chosen:
        """Keep the options that there are, in their order."""
        chosen = response.options if isinstance(response, Chosen) else ()
        return Chosen(
            tuple(option for option in self.interaction.options if option in chosen)[: self.interaction.most]
        )

    def state(self, response: Response) -> tuple[object, ...]:
        """Say of each option whether it is chosen."""
        chosen = response.options if isinstance(response, Chosen) else ()
        return tuple(option in chosen for option in self.interaction.options)

    def pick(self, place: int) -> None:
        """Choose the option, or take it back where several may be chosen."""
        option, chosen = self.interaction.options[place], self._response.options
        if self.interaction.is_single:
            self.change(Chosen((option,)))
        elif option in chosen:
            self.change(Chosen(tuple(other for other in chosen if other != option)))
        elif len(chosen) < self.interaction.most:
            self.change(self.fitting(Chosen((*chosen, option))))
        else:
            self.complain(f"Choose at most {self.interaction.most}: take one back first.")

    def redraw(self) -> None:
        """Show what is chosen, or what was right."""
        keys = self.key.options if isinstance(self.key, Chosen) else ()
        for row, option in zip(self._rows, self.interaction.options, strict=True):
            is_chosen = option in self._response.options
            if self.is_marked:
                self._mark(row, is_chosen=is_chosen, is_key=option in keys)
            else:
                row.put(sign=self._sign(is_chosen=is_chosen), tone="chosen" if is_chosen else "")
        self.show_cursor()

    def _sign(self, *, is_chosen: bool) -> Sign:
        style = "bold $text-primary" if is_chosen else "$foreground-muted"
        if self.interaction.is_single:
            return ("●" if is_chosen else " ", style)
        return ("[✓]" if is_chosen else "[ ]", style)

    def _mark(self, row: ResponseRow, *, is_chosen: bool, is_key: bool) -> None:
        if not is_chosen and not is_key:
            row.put(sign=(" ", ""), tail=Content(), tone="out")
            return
        sign = RIGHT if is_key else WRONG
        word = BOTH if is_chosen and is_key else KEY if is_key else YOURS
        row.put(sign=sign, tail=show(word, sign[1]), tone=TONES[sign])
