"""The bar at the bottom: the keys that matter where one stands. Each can be clicked.

One widget that draws a line; Textual's own footer mounts a widget for every key, each time anew, which costs
a quarter of the start and a moment at every change of focus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import msgspec
from textual import events
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from quiz.config.key_bindings import is_key
from quiz.tui.available_actions import ARROWS, free_bindings, title_of
from quiz.tui.text import join

GAP = 2
SIGNS = {sign: key for key, sign in ARROWS.items()}
"""Keys by the signs that stand for them."""
BACK = "escape"
"""The key that leads back, which has a place before others that come earlier."""
LAST = "help"
"""The id of the binding that is shown however little room there is."""


Hint: TypeAlias = list[tuple[str, str]]
"""What labels do, as pairs of key and effect."""


class Key(msgspec.Struct, frozen=True):
    """A key of the bar."""

    shown: str
    pressed: str
    effect: str
    is_enabled: bool
    is_last: bool
    tooltip: str

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return Content(f"{self.shown} {self.effect}").cell_length


class KeyBar(Widget):
    """As many keys as fit; the ways back and to help, which tells the others, come before most others."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 100%; padding: 0 2; background: $surface; pointer: pointer; }
    """

    _drawn: Sequence[Key] = ()
    """The keys that were drawn last."""
    _found: tuple[int, Sequence[Key]] | None = None
    """The keys to be drawn next, and the width that they were found for."""
    auto_links = var(False)
    """What is clicked is a key."""

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: Screen[object]) -> None:
        if not self.screen.is_current or not self.size:
            self._found = None
            self.refresh()
            return
        keys = self.keys()
        if keys != (self._found[1] if self._found is not None else self._drawn):
            self._found = self.size.width, keys
            self.refresh()

    def keys(self) -> list[Key]:
        """Return what is shown: the keys that fit, the one that leads back among them, then help."""
        found: dict[str, Key] = {}
        labels = self._labels()
        first = 1 + len(labels)
        worded: Callable[[str], str] = getattr(self.screen, "bar_title", str)
        for _, binding, is_enabled, tooltip in free_bindings(self.screen):
            if binding.show and binding.description and binding.action not in found:
                found[binding.action] = Key(
                    self.app.get_key_display(binding),
                    binding.key,
                    worded(title_of(self.screen, binding)),
                    is_enabled,
                    binding.id == LAST,
                    tooltip or binding.description,
                )
                labels = self._add_labels(found, labels)
        self._add_labels(found, labels)
        return fitting(tuple(found.values()), self.outer_size.width - self.gutter.width, first)

    @staticmethod
    def _add_labels(found: dict[str, Key], labels: Hint) -> Hint:
        """Add what labels do, after the first key; return what is left to add."""
        for key, effect in labels:
            said = f"{effect[:1].upper()}{effect[1:]}"
            found[f"label {key}"] = Key(key, SIGNS.get(key, key), said, True, False, said)
        return []

    def _labels(self) -> Hint:
        """Return what labels do where the focus is, such as the numbers of options."""
        focused = self.screen.focused
        nodes = focused.ancestors_with_self if focused is not None else ()
        return [pair for node in nodes for pair in getattr(node, "hint", ())]

    def render(self) -> Content:
        """Draw the line."""
        width, keys = self._found or (0, ())
        self._drawn = keys if width == self.size.width else self.keys()
        self._found = None
        pieces: list[tuple[str, str]] = []
        for key in self._drawn:
            pieces += [
                (" " * GAP if pieces else "", ""),
                (key.shown, "bold $footer-key-foreground" if key.is_enabled else "$foreground-disabled"),
                (f" {key.effect}", "" if key.is_enabled else "$foreground-disabled"),
            ]
        return join(*pieces)

    def keys_by_cell(self) -> Iterator[tuple[range, Key]]:
        """Yield each key with the cells that it takes."""
        at = 0
        for key in self.keys():
            yield range(at, at + key.width), key
            at += key.width + GAP

    def key_at(self, event: events.MouseEvent) -> Key | None:
        """Return the key under the mouse."""
        offset = event.get_content_offset(self)
        return next(
            (key for cells, key in self.keys_by_cell() if offset is not None and offset.x in cells), None
        )

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        key = self.key_at(event)
        if key is not None and key.is_enabled and is_key(key.pressed):
            event.stop()
            self.app.simulate_key(key.pressed)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say in full what the key under the mouse does."""
        key = self.key_at(event)
        self.tooltip = join(key.tooltip) if key is not None else None


def fitting(keys: Sequence[Key], room: int, first: int = 1) -> list[Key]:
    """Return the keys that fit into some cells, those that lead back and to help last.

    Escape's has a place unless it would take that of one of the `first` keys.
    """
    last = [key for key in keys if key.is_last]
    room -= sum(key.width + GAP for key in last)
    needed = sum(key.width + GAP for key in keys[:first] if key.pressed != BACK)
    back = next((key for key in keys if key.pressed == BACK and needed + key.width <= room), None)
    room -= back.width + GAP if back is not None else 0
    kept, is_full = [], False
    for key in keys:
        if key is not back and not key.is_last and not is_full:
            is_full = key.width > room
            if not is_full:
                kept.append(key)
                room -= key.width + GAP
    return kept + ([back] if back is not None else []) + last
