"""The material that an item is about: a passage, a piece of code or a table."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content, Span
from textual.widgets import Static

from quiz.core.content.bank import Stimulus
from quiz.services.highlighting import coloured_parts
from quiz.tui.text import show, show_line
from quiz.tui.widgets.markdown_text import MarkdownText


class StimulusView(VerticalScroll):
    """Scrolls by itself, so that the stem stays in sight."""

    DEFAULT_CSS = """
    StimulusView {
        border: round $foreground 25%; border-title-color: $foreground;
        padding: 0 1; height: auto; max-height: 12;
    }
    StimulusView:focus { border: round $border; }
    StimulusView > Static { width: auto; min-width: 100%; }
    """

    def __init__(self, stimulus: Stimulus) -> None:
        super().__init__()
        self._stimulus = stimulus
        if stimulus.title:
            self.border_title = show_line(stimulus.title)

    def compose(self) -> ComposeResult:
        """Show whichever of the three it is."""
        stimulus = self._stimulus
        if stimulus.text:
            yield MarkdownText(stimulus.text)
        elif stimulus.code:
            yield Static(show(stimulus.code), id="code")
        else:
            yield Static(table(stimulus.table))

    async def on_mount(self) -> None:
        """Colour the code once it is shown, where that can be done in time."""
        if self._stimulus.code and self._stimulus.language:
            self.run_worker(self._colour(), exit_on_error=False)

    async def _colour(self) -> None:
        code = show(self._stimulus.code).plain
        parts = await coloured_parts(code, self._stimulus.language)
        if parts:
            self.query_one("#code", Static).update(coloured(code, parts))


def coloured(code: str, parts: Iterable[tuple[str, int]]) -> Content:
    """Return code with the styles of its parts, given as Pygments names their kinds."""
    from pygments.token import string_to_tokentype  # type: ignore[import-untyped]
    from textual.highlight import HighlightTheme

    spans, start = [], 0
    for name, length in parts:
        kind = string_to_tokentype(name.removeprefix("Token."))
        while kind is not None and kind not in HighlightTheme.STYLES:
            kind = kind.parent
        if kind is not None:
            spans.append(Span(start, start + length, HighlightTheme.STYLES[kind]))
        start += length
    return Content(code, spans)


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
