"""Everything that can be done where one stands: what help and the palette list."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from textual.binding import ActiveBinding
from textual.dom import DOMNode
from textual.screen import Screen

TEXTUALS: Final = {
    "app.focus_next": ("Next field", "Go to the next thing to fill in, choose or press"),
    "app.focus_previous": ("Field before", "Go to the thing before it"),
    "screen.copy_text": ("Copy", "Copy what is selected with the mouse"),
}
"""What Textual binds by itself on every screen, and what it does. Its keys for moving about in a text that is
being typed are those of every such field and are not told."""


CHOOSE: Final = "list.choose"
"""The binding of every list that chooses a row; a screen's `choosing` says what that does there."""


class Action(msgspec.Struct):
    """Something that can be done, with the keys that do it."""

    name: str
    """What it is called, in a word or two."""
    effect: str
    """What it does."""
    action: str
    node: DOMNode
    """Whose action it is."""
    is_shown: bool
    """Whether it is one of those that matter most."""
    keys: list[str]
    """The keys that do it, by their names."""

    def shown(self, screen: Screen[Any]) -> list[str]:
        """Return its keys as they are shown."""
        by_key = {active.binding.key: active.binding for active in screen.active_bindings.values()}
        return list(dict.fromkeys(screen.app.get_key_display(by_key[key]) for key in self.keys))


def key_label(node: DOMNode, name: str, usual: str) -> str:
    """Return a binding's key as a sentence tells it: the usual one, or the first of the person's own."""
    own: dict[str, str] = getattr(node.app, "own_keys", {}) if node.is_attached else {}
    return own.get(name, usual).partition(",")[0].strip()


def available_actions(screen: Screen[Any]) -> list[Action]:
    """Return what can be done on a screen as it stands, what matters most first.

    Several keys of one binding are one deed; the same action of two widgets is two.
    """
    found: dict[tuple[int, str, str], Action] = {}
    for active in screen.active_bindings.values():
        name, effect = _told(active)
        if active.binding.id == CHOOSE:
            effect = getattr(screen, "choosing", effect)
        if not active.enabled or not name:
            continue
        same = (id(active.node), active.binding.action, effect)
        if same not in found:
            binding = active.binding
            found[same] = Action(name, effect, binding.action, active.node, binding.show, [])
        found[same].keys.append(active.binding.key)
    return sorted(found.values(), key=lambda deed: _rank(deed, screen))


def _rank(deed: Action, screen: Screen[Any]) -> int:
    """Return how late a deed is told: what the bar shows, then the screen's, a widget's, and the app's."""
    if deed.is_shown:
        return 0
    return (
        1 if deed.node is screen and deed.action not in TEXTUALS else 2 if deed.node is not screen.app else 3
    )


def _told(active: ActiveBinding) -> tuple[str, str]:
    """Return what a binding is called and what it does; empty for one that is not told."""
    binding = active.binding
    if binding.id:
        return binding.description, active.tooltip or binding.description
    return TEXTUALS.get(binding.action, ("", ""))
