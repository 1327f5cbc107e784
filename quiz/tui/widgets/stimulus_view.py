"""The material that an item is about: a passage, a piece of code or a table."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quiz.core.content.bank import Stimulus
from quiz.tui.text import markdown, show, show_line


class StimulusView(VerticalScroll):
    """Scrolls by itself, so that the stem stays in sight."""

    DEFAULT_CSS = """
    StimulusView {
        border: round $foreground 25%; border-title-color: $foreground;
        padding: 0 1; height: auto; max-height: 12;
    }
    StimulusView:focus { border: round $border; }
    StimulusView Markdown { margin: 0; padding: 0; background: transparent; }
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
            from textual.widgets import Markdown

            yield Markdown(markdown(stimulus.text), open_links=False)
        elif stimulus.code:
            from textual.highlight import highlight

            code = show(stimulus.code).plain
            yield Static(highlight(code, language=stimulus.language or None))
        else:
            yield Static(table(stimulus.table))


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
