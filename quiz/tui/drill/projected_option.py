"""An option as projected for a class, with its hands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.core.text.phrases import whole_per_cent
from quiz.tui.text import join, show, show_marked
from quiz.tui.widgets.bars import block_bar
from quiz.tui.widgets.marked_text import NO_BLOCKS, Blocks, code_in, colour_soon, known_blocks
from quiz.tui.widgets.text_lines import Lines

ROUNDS = ("1st", "2nd")
"""The names of the votes."""
LABEL_WIDTH = 5
SIGNS = {"key": "✓", "wrong": "✗", "out": "✗"}
LABEL_STYLES = {
    "": "bold $text-primary on $panel",
    "key": "bold auto 90% on $success",
    "wrong": "bold auto 90% on $error",
    "out": "bold $foreground-muted on $surface",
    "off": "bold $foreground-muted on $surface",
    "current": "bold auto 90% on $accent",
}
TEXT_STYLES = {
    "": "bold",
    "key": "bold $text-success",
    "wrong": "bold $text-error",
    "out": "$foreground-muted",
    "off": "$foreground-muted",
}


def bars_of(place: int, tallies: Sequence[tuple[int, ...]]) -> tuple[tuple[int, float], ...]:
    """Return how many chose an option in each vote, and their share of all, from the tallies of the votes."""
    return tuple((tally[place], tally[place] / sum(tally) if sum(tally) else 0.0) for tally in tallies)


@dataclass(frozen=True)
class OptionView:
    """How an option is shown."""

    label: str
    """Its label: the key to press, or the letter to call out."""
    text: str
    mark: str = ""
    """`key`, `wrong`, `out` if it was tried, `off` if it no longer matters; or empty."""
    count: str = ""
    """The hands typed so far; empty if none are counted."""
    is_current: bool = False
    """Whether hands are being typed for it."""
    bars: tuple[tuple[int, float], ...] = ()
    """The hands in each vote and their share of all, 0 to 1, first vote first."""
    is_brief: bool = False
    """Whether only the last vote has a bar."""
    keeps_bar: bool = False
    """Whether rows are kept for a bar that is yet to come, where there is room."""
    bar_rows: int = 1
    """How many rows high a bar is, and as many more its label."""
    note: str = ""
    """A word after the text."""
    markup: Markup = NO_MARKUP
    """The markup in its text."""
    rounds: tuple[str, ...] = ROUNDS
    """The names of the votes, in the language of the wall."""

    def lines(self, width: int, blocks: Blocks = NO_BLOCKS) -> list[Content]:
        """Return the lines for a width in cells: label, text and tail, then a bar for each vote."""
        tail = self._tail()
        room = max(1, width - LABEL_WIDTH - 2 - tail.cell_length)
        shown = show_marked(self.text, self.markup, TEXT_STYLES[self.mark], blocks)
        text = shown.wrap(room) or [Content()]
        sign = SIGNS.get(self.mark, "▸" if self.is_current else " ")
        label = show(f"{sign} {self.label} ".ljust(LABEL_WIDTH), self._label_style)
        first = join(label, " ", text[0].pad_right(max(0, room - text[0].cell_length)), " ", tail)
        indent = join(self.beneath_label(), " ")
        return [
            first,
            *(join(indent, line) for line in text[1:]),
            *(join(indent, line) for line in self._bars(width - indent.cell_length)),
        ]

    @property
    def _label_style(self) -> str:
        return LABEL_STYLES["current" if self.is_current else self.mark]

    def beneath_label(self) -> Content:
        """Return what stands beneath the label: its colour where bars are high, so that both grow."""
        return show(" " * LABEL_WIDTH, self._label_style if self.bar_rows > 1 else "")

    def _tail(self) -> Content:
        if self.count:
            is_current = self.is_current
            style = LABEL_STYLES["current"] if is_current else "bold on $panel"
            return show(f" {self.count:>4}  ", style)
        return show(self.note, TEXT_STYLES[self.mark])

    def _bars(self, width: int) -> list[Content]:
        """Return the lines of each vote that is shown: the number of hands, and their share of all."""
        lines = []
        last = len(self.bars) - 1
        for place in range(last if self.is_brief else 0, last + 1):
            hands, share = self.bars[place]
            name = f"{self.rounds[place]} " if last and not self.is_brief else ""
            gain = hands - self.bars[place - 1][0] if place else 0
            change = f"  {gain:+d}".replace("-", "−") if gain else ""
            tail = f" {hands:>3}  {whole_per_cent(share):>3} %{change:>5}"
            style = "$text-success" if self.mark == "key" and place == last else "$foreground-muted"
            drawn = block_bar(share, max(4, width - len(name) - len(tail)), style)
            figures = (tail, "bold" if place == last else "")
            lines.append(join((name, "$foreground-muted"), drawn, figures))
            lines += [join(" " * len(name), drawn)] * (self.bar_rows - 1)
        return lines


class ProjectedOption(Lines):
    """A label, the option's text, and its result. It is one widget, so that an item appears at once."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "ProjectedOption { height: auto; width: 1fr; }"

    @dataclass
    class Clicked(Message):
        """The option was clicked."""

        place: int

    def __init__(self, place: int, view: OptionView) -> None:
        super().__init__()
        self.place = place
        self._view = view
        self.is_kept = False
        """Whether there is room for rows that are kept."""

    def show_view(self, view: OptionView) -> None:
        """Show another state of the option, or another option."""
        if view != self._view:
            self._view = view
            self._mind_bars()
            self.lay_out_again()
            self._colour_code()

    def keep(self, is_kept: bool) -> None:
        """Keep rows for the bar that is yet to come, or do without."""
        if is_kept != self.is_kept:
            self.is_kept = is_kept
            self.draw_again()

    def on_mount(self) -> None:
        """Highlight code."""
        self._mind_bars()
        self._colour_code()

    def _mind_bars(self) -> None:
        """Let a second bar take the empty row beneath."""
        self.set_class(len(self._view.bars) > 1 and not self._view.is_brief, "-with-both")

    def _colour_code(self) -> None:
        colour_soon(self, code_in((self._view.text,), self._view.markup), self.lay_out_again)

    @property
    def _rows_to_keep(self) -> int:
        """How many rows may be kept for a bar."""
        return self._view.bar_rows if self._view.keeps_bar and not self._view.bars else 0

    def lines(self, width: int) -> list[Content]:
        """Return what is shown in a width in cells: the text, the bars, and rows that are kept."""
        blocks = known_blocks(self.app) if self._view.markup else NO_BLOCKS
        lines = self._view.lines(width, blocks)
        return lines + [self._view.beneath_label()] * (self._rows_to_keep if self.is_kept else 0)

    def rows(self, width: int, *, is_kept: bool) -> int:
        """Return how many rows it takes in a width, in cells, with or without rows that are kept."""
        return len(self.lines_in(width)) + self._rows_to_keep * (is_kept - self.is_kept)

    def on_click(self, event: events.Click) -> None:
        """Tell that it was clicked."""
        event.stop()
        self.post_message(self.Clicked(self.place))
