"""The band across a drill's screen: who may answer, what comes next, and the clock."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from quiz.tui.text import show_line

MOST_DIGITS = 5
"""How many signs of a time are shown as large digits: up to 59:59."""
HURRY_MS = 10_000
"""From this many milliseconds before its end, time is running out."""


@dataclass(frozen=True)
class Status:
    """The content of the band."""

    who: Content
    """Who may answer, or what is going on, in a few words."""
    hint: Content = field(default_factory=Content)
    """What comes next."""
    tone: str = ""
    """`right`, `wrong`, `partial` or `seat`; or empty."""
    figure: str = ""
    """Digits shown instead of the clock, such as points won."""


class DrillBand(Horizontal):
    """Words on the left, digits on the right."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    DrillBand {
        height: 4; padding: 0 3; background: $surface; align-horizontal: center;
        & > .words { width: 1fr; height: 100%; max-width: 94; }
        & > .words > .who {
            text-style: bold; height: 3; padding: 1 0; width: auto; max-width: 100%;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & > .words > .hint { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > .clock { width: 17; height: 100%; padding-left: 2; }
        &.-seat > .words > .who {
            background: $block-cursor-background; color: $block-cursor-foreground; padding: 1 4;
        }
        & Digits { width: 100%; text-style: bold; text-align: right; }
        & .time { display: none; text-style: bold; width: 100%; text-align: right; }
        & .state { width: 100%; height: 1; text-align: right; color: $foreground-muted; }
        &.-right .who, &.-right Digits { color: $text-success; }
        &.-wrong .who { color: $text-error; }
        &.-partial .who, &.-partial Digits { color: $text-warning; }
        &.-hurry Digits, &.-hurry .time { color: $text-warning; }
        &.-over Digits, &.-over .time, &.-over .state { color: $text-error; text-style: bold; }
        &.-still Digits, &.-still .time { color: $foreground-muted; }
        &.-no-clock > .clock { display: none; }
        &.-long Digits { display: none; }
        &.-long .time { display: block; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out words and clock."""
        with Vertical(classes="words"):
            yield Static(classes="who")
            yield Static(classes="hint")
        with Vertical(classes="clock"):
            yield Digits("")
            yield Static(classes="time")
            yield Static(classes="state")

    _status: Status | None = None
    _figure: tuple[object, ...] | None = None

    def show_status(self, status: Status) -> None:
        """Say whose turn it is and what comes next."""
        if status == self._status:
            return
        self._status = status
        self.query_one(".who", Static).update(status.who)
        self.query_one(".hint", Static).update(status.hint)
        for tone in ("right", "wrong", "partial", "seat"):
            self.set_class(status.tone == tone, f"-{tone}")

    def show_figure(self, figure: str, state: str = "") -> None:
        """Show a figure in the clock's place, or nothing if it is empty."""
        if self._figure == (figure, state):
            return
        self._figure = (figure, state)
        self.set_class(not figure, "-no-clock")
        for name in ("-hurry", "-over", "-still"):
            self.remove_class(name)
        self._write(figure, state)

    def show_time(self, text: str, *, state: str, left_ms: int | None, is_going: bool) -> None:
        """Show the clock with a word on its state; `left_ms` is None without a limit."""
        if self._figure == (text, state, left_ms == 0, is_going):
            return
        self._figure = (text, state, left_ms == 0, is_going)
        self.remove_class("-no-clock")
        is_over = left_ms == 0
        self.set_class(is_over, "-over")
        self.set_class(not is_over and left_ms is not None and left_ms <= HURRY_MS, "-hurry")
        self.set_class(not is_going and not is_over, "-still")
        self._write(text, state)

    def _write(self, text: str, state: str) -> None:
        self.set_class(len(text) > MOST_DIGITS, "-long")
        self.query_one(Digits).update(text)
        self.query_one(".time", Static).update(show_line(text))
        self.query_one(".state", Static).update(show_line(state))
