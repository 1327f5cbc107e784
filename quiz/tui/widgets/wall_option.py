"""An option as it is read from the last row, with the hands it got."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from quiz.core.wall import lines_of
from quiz.tui.text import join, show
from quiz.tui.widgets.bars import bar

ROUNDS = ("1st", "2nd")
LABEL_WIDTH = 5


@dataclass(frozen=True)
class OptionView:
    """What is to be seen of an option."""

    label: str
    """What stands for it: the key to press, or the letter to call out."""
    text: str
    mark: str = ""
    """`key`, `wrong`, `out` for one that was tried, `off` for one that no longer matters; or empty."""
    count: str = ""
    """The hands typed so far; empty where none are counted."""
    is_current: bool = False
    """Whether hands are being typed for it."""
    bars: tuple[tuple[int, float], ...] = ()
    """The hands of each vote and their share of all, 0 to 1, first vote first."""
    is_brief: bool = False
    """Whether only the last vote has a bar."""
    note: str = ""
    """A word at its end."""

    @property
    def laid_out(self) -> object:
        """What cannot be changed in place."""
        return self.text, self.bars, self.is_brief


class VoteBars(Widget):
    """A line for each vote: how many hands, and which share of all they were."""

    DEFAULT_CSS = "VoteBars { height: auto; width: 1fr; }"

    def __init__(self, bars: tuple[tuple[int, float], ...], *, is_brief: bool = False) -> None:
        super().__init__()
        self._bars = bars
        self._is_brief = is_brief

    @property
    def _places(self) -> range:
        return range(len(self._bars) - 1 if self._is_brief else 0, len(self._bars))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Take a line for each vote."""
        return len(self._places)

    def render(self) -> RenderResult:
        """Draw the bars as wide as there is room."""
        lines = []
        for place in self._places:
            hands, share = self._bars[place]
            is_last = place == len(self._bars) - 1
            name = f"{ROUNDS[place]} " if len(self._places) > 1 else ""
            gain = hands - self._bars[place - 1][0] if place else 0
            change = f"  {gain:+d}".replace("-", "−") if gain else ""
            tail = f" {hands:>3}  {round(share * 100):>3} %{change:<5}"
            width = max(4, self.size.width - len(name) - len(tail))
            style = "$text-accent" if is_last else "$foreground-muted"
            drawn = bar(share, width, style, "$surface-lighten-2")
            lines.append(join((name, "$foreground-muted"), drawn, (tail, "bold" if is_last else "")))
        return Content("\n").join(lines)


class WallOption(Horizontal):
    """A label, the option's text, and what became of it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    WallOption {
        height: auto;
        & > .label { width: 5; text-style: bold; color: $block-cursor-foreground; background: $primary; }
        & > .what { height: auto; width: 1fr; padding: 0 1; }
        & > .what > .text { text-style: bold; }
        & > .tail { width: auto; padding: 0 1; text-style: bold; }
        &.-key > .label { background: $success; color: $success-darken-3; }
        &.-key > .what > .text, &.-key > .tail { color: $text-success; }
        &.-wrong > .label { background: $error; color: $text; }
        &.-wrong > .what > .text, &.-wrong > .tail { color: $text-error; }
        &.-out > .label, &.-off > .label { background: $surface-lighten-2; color: $foreground-muted; }
        &.-out > .what > .text, &.-off > .what > .text {
            color: $foreground-muted; text-style: none;
        }
        &.-current > .label { background: $accent; color: $block-cursor-foreground; }
        &.-current > .tail { background: $accent; color: $block-cursor-foreground; }
        &.-counted > .tail { min-width: 7; text-align: right; background: $surface-lighten-1; }
        &.-counted.-current > .tail { background: $accent; }
    }
    """

    @dataclass
    class Clicked(Message):
        """The option was clicked."""

        place: int

    def __init__(self, place: int, view: OptionView) -> None:
        super().__init__()
        self.place = place
        self._view = view

    def compose(self) -> ComposeResult:
        """Lay out label, text and tail."""
        yield Static(classes="label")
        with Vertical(classes="what"):
            yield Static(show(self._view.text), classes="text")
            if self._view.bars:
                yield VoteBars(self._view.bars, is_brief=self._view.is_brief)
        yield Static(classes="tail")

    def on_mount(self) -> None:
        """Show what became of it."""
        self.show_view(self._view)

    def rows(self, width: int) -> int:
        """Return how many rows it takes in a width, in cells."""
        room = max(1, width - LABEL_WIDTH - 2)
        bars = self._view.bars
        return lines_of(self._view.text, room) + (1 if self._view.is_brief else len(bars))

    def show_view(self, view: OptionView) -> None:
        """Show another state of the same option."""
        self._view = view
        for mark in ("key", "wrong", "out", "off"):
            self.set_class(view.mark == mark, f"-{mark}")
        self.set_class(view.is_current, "-current")
        self.set_class(bool(view.count), "-counted")
        sign = {"key": "✓", "wrong": "✗", "out": "✗"}.get(view.mark, "▸" if view.is_current else " ")
        self.query_one(".label", Static).update(show(f" {sign}{view.label} "))
        tail = self.query_one(".tail", Static)
        tail.update(show(f" {view.count} " if view.count else view.note))
        tail.display = bool(view.count or view.note)

    @property
    def laid_out(self) -> object:
        """What it was laid out for; for anything else it needs another widget."""
        return self._view.laid_out

    def on_click(self, event: events.Click) -> None:
        """Tell that it was clicked."""
        event.stop()
        self.post_message(self.Clicked(self.place))
