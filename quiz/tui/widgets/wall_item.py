"""An item as a class reads it from the wall: stem and options large, the key only once it is revealed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from quiz.core.gist import gist
from quiz.core.interaction import Choose, Enter, Interaction, Match, Order, Sort
from quiz.core.sessions.common import Placed
from quiz.core.wall import lines_of
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.stimulus_view import StimulusView
from quiz.tui.widgets.wall_option import OptionView, WallOption

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOTE_LENGTH = 220
"""How many characters of a cited note are shown; `r` reads all of it."""
WIDEST = 110
"""How long a line is at most, in cells."""
STIMULUS_ROWS = 8


class WallItem(VerticalScroll):
    """One item at a time, or a card with a few words in its place."""

    can_focus = False
    DEFAULT_CSS = """
    WallItem {
        padding: 1 3;
        & > .column { height: auto; width: 100%; max-width: 110; }
        & .topic { color: $foreground-muted; }
        & .stem { text-style: bold; margin-bottom: 1; }
        & .options { height: auto; }
        & WallOption { margin-bottom: 1; }
        & .said { margin-top: 0; padding-left: 1; border-left: thick $success; }
        & .note { color: $foreground-muted; margin-top: 1; }
        & StimulusView { max-height: 8; margin-bottom: 1; }
        &.-revealed WallOption, &.-tight WallOption { margin-bottom: 0; }
        &.-revealed .options { margin-bottom: 1; }
    }
    """

    _shown: tuple[object, ...] | None = None
    """What is there now, the item first."""

    def compose(self) -> ComposeResult:
        """Keep the lines short enough to read."""
        yield Vertical(classes="column")

    async def put_card(self, *parts: Widget) -> None:
        """Show something else than an item."""
        self._shown = None
        column = self.query_one(".column", Vertical)
        await column.remove_children()
        await column.mount(*parts)
        self.scroll_home(animate=False)

    async def put(
        self, placed: Placed, asked: Interaction, options: Sequence[OptionView], *, is_revealed: bool
    ) -> None:
        """Show an item. Its options are changed in place where it is the one that stands there already."""
        self.set_class(is_revealed, "-revealed")
        shown = list(self.query(WallOption))
        key = (placed.ref, asked, is_revealed, [view.laid_out for view in options])
        if key == self._shown:
            for option, view in zip(shown, options, strict=True):
                option.show_view(view)
            return
        if self._shown is None or self._shown[0] != placed.ref:
            self.screen.remove_class("-crowded")
        with self.app.batch_update():
            await self.put_card(*self._parts(placed, asked, options, is_revealed=is_revealed))
        self._shown = key
        self._fit()

    def on_resize(self) -> None:
        """Leave out empty lines where there is no room for them."""
        self._fit()

    def _fit(self) -> None:
        """Leave out the empty lines between the options where all would not be seen at once."""
        region = self.scrollable_content_region
        width = max(1, min(region.width, WIDEST))
        column = self.query_one(".column", Vertical)
        texts = [str(part.content) for part in column.query_children(Static)]
        options = self.query(WallOption)
        rows = sum(lines_of(text, width) for text in texts) + len(texts)
        rows += sum(option.rows(width) + 1 for option in options)
        rows += sum(STIMULUS_ROWS + 1 for _ in self.query(StimulusView))
        self.set_class(rows > region.height, "-tight")
        if rows - len(options) > region.height > 0:
            self.screen.add_class("-crowded")

    @staticmethod
    def _parts(
        placed: Placed, asked: Interaction, options: Sequence[OptionView], *, is_revealed: bool
    ) -> list[Widget]:
        item, bank = placed.item, placed.bank
        parts: list[Widget] = []
        if placed.topic:
            parts.append(Static(show_line(placed.topic), classes="topic"))
        stimulus = bank.stimuli.get(item.stimulus)
        if stimulus is not None:
            parts.append(StimulusView(stimulus))
        parts.append(Static(show(item.stem), classes="stem"))
        task = task_lines(asked)
        if task:
            parts.append(Static(Content("\n").join(task), classes="task"))
        if options:
            listed = [WallOption(place, view) for place, view in enumerate(options)]
            parts.append(Vertical(*listed, classes="options"))
        if is_revealed:
            parts += _said(placed, has_key_row=any(view.mark == "key" for view in options))
        return parts


def _said(placed: Placed, *, has_key_row: bool) -> list[Widget]:
    """Return the key where no option shows it, the rationale, and the cited note in short."""
    item, bank = placed.item, placed.bank
    parts: list[Widget] = []
    if not has_key_row:
        parts.append(
            Static(join(("✓ Key  ", "bold $text-success"), (item.key_text(), "bold")), classes="said")
        )
    if item.rationale:
        parts.append(Static(show(item.rationale), classes="said"))
    for name in item.cites[:1]:
        note = bank.notes.get(name)
        if note is not None:
            where = f" · {note.where}" if note.where else ""
            head = (f"{note.title}{where}: ", "bold")
            parts.append(Static(join(head, gist(note.text, NOTE_LENGTH)), classes="note"))
    return parts


def task_lines(asked: Interaction) -> list[Content]:
    """Return what a class needs to see of a task without option keys, none of it in the key's order."""
    match asked:
        case Choose(options=options) if not asked.is_single or len(options) > len(LETTERS):
            return [*(join(("▢  ", "$text-accent"), text) for text in options), Content()]
        case Enter(around=around) if around:
            return [show("______".join(around)), Content()]
        case Order(entries=entries):
            return [*_lettered(entries), Content()]
        case Match(lefts=lefts, rights=rights):
            numbered = [join((f"{n}  ", "bold $text-accent"), text) for n, text in enumerate(lefts, 1)]
            return [*numbered, Content(), *_lettered(rights), Content()]
        case Sort(members=members, bins=bins):
            into = join(("into  ", "$foreground-muted"), (" · ".join(bins), "bold"))
            return [*(join(("•  ", "$text-accent"), text) for text in members), Content(), into, Content()]
    return []


def _lettered(texts: Sequence[str]) -> list[Content]:
    letters = [LETTERS[place % len(LETTERS)] for place in range(len(texts))]
    return [
        join((f"{letter}  ", "bold $text-accent"), text) for letter, text in zip(letters, texts, strict=True)
    ]
