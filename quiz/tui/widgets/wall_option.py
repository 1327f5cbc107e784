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

from quiz.tui.text import join, show
from quiz.tui.widgets.bars import bar

ROUNDS = ("1st", "2nd")


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
    note: str = ""
    """A word at its end."""


class VoteBars(Widget):
    """A line for each vote: how many hands, and which share of all they were."""

    DEFAULT_CSS = "VoteBars { height: auto; width: 1fr; }"

    def __init__(self, bars: tuple[tuple[int, float], ...]) -> None:
        super().__init__()
        self._bars = bars

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Take a line for each vote."""
        return max(1, len(self._bars))

    def render(self) -> RenderResult:
        """Draw the bars as wide as there is room."""
        lines = []
        for place, (hands, share) in enumerate(self._bars):
            is_last = place == len(self._bars) - 1
            name = f"{ROUNDS[place]} " if len(self._bars) > 1 else ""
            gain = hands - self._bars[place - 1][0] if place else 0
            change = f"  {gain:+d}".replace("-", "−") if place else ""
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
                yield VoteBars(self._view.bars)
        yield Static(classes="tail")

    def on_mount(self) -> None:
        """Show what became of it."""
        self.show_view(self._view)

    def show_view(self, view: OptionView) -> None:
        """Show another state of the same option."""
        self._view = view
        for mark in ("key", "wrong", "out", "off"):
            self.set_class(view.mark == mark, f"-{mark}")
        self.set_class(view.is_current, "-current")
        self.set_class(bool(view.count), "-counted")
        sign = {"key": "✓", "wrong": "✗", "out": "✗"}.get(view.mark, " ")
        self.query_one(".label", Static).update(show(f" {sign}{view.label} "))
        tail = self.query_one(".tail", Static)
        tail.update(show(f" {view.count} " if view.count else view.note))
        tail.display = bool(view.count or view.note)

    @property
    def needs(self) -> tuple[str, int]:
        """What it was laid out for; another one needs another widget."""
        return self._view.text, len(self._view.bars)

    def on_click(self, event: events.Click) -> None:
        """Tell that it was clicked."""
        event.stop()
        self.post_message(self.Clicked(self.place))
