"""The material that an item is about: a passage, a piece of code or a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from quiz.core.content.bank import Stimulus
from quiz.core.text.projector_fit import cells
from quiz.core.text.safe_text import visible
from quiz.services.highlighting import Code
from quiz.tui.text import show_line
from quiz.tui.widgets.markdown_text import MarkdownText
from quiz.tui.widgets.marked_text import colour_soon, known_blocks
from quiz.tui.widgets.picture import Picture
from quiz.tui.widgets.text_lines import Lines, PlainLines

WIDE_FROM = 36
"""The width in cells from which material gets more than a third of the screen."""
MOST_COLOURED = 1_000
"""How many characters of a line of code are coloured: a line is drawn whole, however little of it is seen."""
LEAST_ROWS = 5
"""The rows that material keeps where it gives some to a verdict."""


class CodeLines(Lines):
    """Lines of code, as they are or wrapped to the width."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._plain = PlainLines(visible(code).split("\n"))
        self._lines: Sequence[Content] = self._plain

    def show_colours(self, code: Content) -> None:
        """Show the same code in its colours, but for lines that take long to draw with them."""
        lines = code.split("\n", allow_blank=True)
        self._lines = [line if len(line) <= MOST_COLOURED else Content(line.plain) for line in lines]
        self.lay_out_again()

    def lines(self, width: int) -> Sequence[Content]:
        """Return the lines of code, in parts where they are wrapped."""
        if self.styles.text_wrap == "nowrap":
            return self._lines
        return [part for line in self._lines for part in line.wrap(width) or [line]]

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """Return the width of the longest line."""
        return self._plain.width


class StimulusView(VerticalScroll):
    """Scrolls by itself, so that the stem stays in sight; lines of code and tables are never cut."""

    DEFAULT_CSS = """
    StimulusView {
        border: round $foreground 25%; border-title-color: $foreground;
        border-subtitle-color: $foreground-muted;
        padding: 0 1; height: auto; max-height: 50vh; overflow-x: auto;
    }
    StimulusView:focus { border: round $border; }
    StimulusView > Static, StimulusView > CodeLines { width: auto; min-width: 100%; height: auto; }
    StimulusView.-wrapped > Static, StimulusView.-wrapped > CodeLines { width: 100%; text-wrap: wrap; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "w", "wrap", "Wrap", show=False, id="item.wrap", tooltip="Wrap long lines, or show them whole"
        ),
    ]

    def __init__(self, stimulus: Stimulus, bank: str = "") -> None:
        super().__init__()
        self._stimulus = stimulus
        self._bank = bank
        if stimulus.title:
            self.border_title = show_line(stimulus.title)

    def compose(self) -> ComposeResult:
        """Show whichever it is."""
        stimulus = self._stimulus
        if stimulus.text:
            yield MarkdownText.of(stimulus.text)
        elif stimulus.code:
            yield CodeLines(stimulus.code)
        elif stimulus.image is not None:
            yield Picture(self._bank, stimulus.image)
        else:
            yield Static(table(stimulus.table))

    def on_mount(self) -> None:
        """Colour the code once it is shown, where that can be done in time."""
        if self._stimulus.code and self._stimulus.language:
            code = Code(visible(self._stimulus.code), self._stimulus.language)
            self._show_colours(code.text)
            colour_soon(self, (code,), lambda: self._show_colours(code.text))

    def _show_colours(self, code: str) -> None:
        if coloured := known_blocks(self.app).get(code):
            self.query_one(CodeLines).show_colours(coloured)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Say whether there is more than can be seen."""
        self.call_after_refresh(self._say_what_is_hidden)

    def watch_virtual_size(self) -> None:
        """Say whether there is more than can be seen."""
        self.call_after_refresh(self._say_what_is_hidden)

    def shorten(self, by: int) -> int:
        """Give up to so many rows away, which can then be scrolled to; return how many."""
        given = max(0, min(by, self.outer_size.height - LEAST_ROWS))
        if given:
            self.styles.max_height = self.outer_size.height - given
        return given

    def restore(self) -> None:
        """Have the rows back that were given away."""
        if self.is_shortened:
            self.styles.max_height = None

    @property
    def is_shortened(self) -> bool:
        """Whether rows were given away."""
        return self.styles.inline.has_rule("max_height")

    def action_wrap(self) -> None:
        """Wrap lines that are too long, or show them whole again."""
        self.toggle_class("-wrapped")
        for code in self.query(CodeLines):
            code.lay_out_again()
        self.scroll_home(animate=False)
        self.call_after_refresh(self._say_what_is_hidden)

    def _say_what_is_hidden(self) -> None:
        said = []
        if self.max_scroll_x > 0:
            said.append("longer lines: tab, then ← → or w to wrap")
        elif self.has_class("-wrapped"):
            said.append("w shows lines whole")
        if self.max_scroll_y > 0:
            said.append("more below")
        self.border_subtitle = show_line(" · ".join(said))


def needs_width(stimulus: Stimulus | None) -> bool:
    """Say whether material has lines that are better seen whole than beside a wide item."""
    if stimulus is None or not (stimulus.code or stimulus.table):
        return False
    rows = stimulus.code.splitlines() or [" " * 2 * len(row) + "".join(row) for row in stimulus.table]
    return any(cells(row) > WIDE_FROM for row in rows)


def table(rows: tuple[tuple[str, ...], ...]) -> Content:
    """Return rows of cells as aligned columns, the head in bold with a line beneath."""
    cells = [[show_line(cell) for cell in row] for row in rows]
    columns = max((len(row) for row in cells), default=0)
    widths = [max((row[i].cell_length for row in cells if i < len(row)), default=0) for i in range(columns)]
    lines = []
    for number, row in enumerate(cells):
        padded = [cell.truncate(width, pad=True) for cell, width in zip(row, widths, strict=False)]
        line = Content("  ").join(padded)
        lines.append(line.stylize("bold") if number == 0 else line)
        if number == 0:
            lines.append(Content("  ".join("─" * width for width in widths)).stylize("$foreground-muted"))
    return Content("\n").join(lines)
