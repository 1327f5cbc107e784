"""The line that always says what the keys do; each key in it can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget

from quiz.config.key_bindings import is_key
from quiz.tui.available_actions import ARROWS
from quiz.tui.text import join

GAP = 2
KEYS = {sign: key for key, sign in ARROWS.items()}
"""Keys by the signs that stand for them."""


class KeyLine(Widget):
    """Shows pairs of key and effect, as many as fit; a click on one presses its key."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine { height: 1; width: 1fr; pointer: pointer; }
    """

    def __init__(self, pairs: Sequence[tuple[str, str]] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.pairs = tuple(pairs)

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show other keys."""
        self.pairs = tuple(pairs)
        self.refresh()

    def render(self) -> Content:
        """Draw the keys and what they do."""
        shown = (
            join((key, "bold $text-accent"), (f" {effect}", "$foreground-muted"))
            for key, effect in self.pairs
        )
        return Content(" " * GAP).join(shown)

    def place_of(self, key: str) -> int | None:
        """Return the cell where a key begins."""
        place = 0
        for shown, effect in self.pairs:
            if shown == key:
                return place
            place += _width(shown, effect) + GAP
        return None

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked, as if it had been pressed."""
        offset = event.get_content_offset(self)
        place = 0
        for key, effect in self.pairs:
            width = _width(key, effect)
            if offset is not None and place <= offset.x < place + width:
                pressed = KEYS.get(key, key)
                if key in KEYS or is_key(pressed):
                    event.stop()
                    self.app.simulate_key(pressed)
            place += width + GAP


def _width(key: str, effect: str) -> int:
    return Content(f"{key} {effect}").cell_length
