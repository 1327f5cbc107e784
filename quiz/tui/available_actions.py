"""Actions available on the current screen, as help, the palette and hints name them."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.screen import Screen

from quiz.config.key_bindings import printed
from quiz.config.key_ids import KEY_IDS

TEXTUALS: Final = {
    "app.focus_next": ("Next field", "Go to the next thing to fill in, choose or press"),
    "app.focus_previous": ("Field before", "Go to the thing before it"),
    "screen.copy_text": ("Copy", "Copy what is selected with the mouse"),
}
"""Textual's own bindings that help lists: name and effect. Its editing keys in fields are left out."""
CHOOSE: Final = "list.choose"
"""The binding of every list that chooses a row; a screen's `choosing` says what that does there."""
SUBMITS: Final = frozenset({"answer.submit", "typing.submit"})
"""The bindings that hand an answer in; the `submits` of what has the focus says what else they do."""
MOVEMENT_KEYS: Final = frozenset(
    {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab"}
    | {"shift+tab", "shift+up", "shift+down"}
)


ENTER: Final = "⏎"
SHORT: Final = {"enter": ENTER, "escape": "esc"}
ARROWS: Final = {"right": "→", "left": "←", "up": "↑", "down": "↓"}


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
    """Whether the key bar shows it."""
    keys: list[str]
    """The keys that do it, by their names."""
    shown: list[str]
    """Its keys as they are shown."""

    @property
    def is_movement(self) -> bool:
        """Whether it moves a cursor or scrolls, by a key that does so everywhere."""
        return self.keys[0] in MOVEMENT_KEYS


class HelpGroup(msgspec.Struct, frozen=True):
    """Keys that count in the same place."""

    title: str
    keys: tuple[tuple[str, str], ...]
    """The keys, as they are shown, and what each does."""


def key_label(node: DOMNode, name: str) -> str:
    """Return the key of a binding as a hint names it: the person's own, or else the usual one.

    While a text is being typed it is the first key that is not typed itself.
    """
    own: dict[str, str] = getattr(node.app, "own_keys", {}) if node.is_attached else {}
    keys = [key.strip() for key in own.get(name, KEY_IDS[name][0]).split(",")]
    if node.is_attached and getattr(node.screen, "is_typing", False):
        keys = [key for key in keys if not printed(key)] or keys
    return printed(keys[0]) or ARROWS.get(keys[0], keys[0])


def key_sign(node: DOMNode, name: str) -> str:
    """Return the key of a binding as a button or the key bar names it: enter by its sign, escape in short."""
    label = key_label(node, name)
    return SHORT.get(label, label)


def title_of(screen: Screen[Any], binding: Binding) -> str:
    """Return what a binding is called on a screen.

    One that goes back may say where that leads, and one that hands an answer in what else it does just now.
    """
    if binding.id in SUBMITS:
        return getattr(screen.focused, "submits", "") or binding.description
    way_back: str = getattr(screen, "way_back", "") if binding.action == "close" else ""
    return way_back or binding.description


def free_bindings(screen: Screen[Any]) -> list[ActiveBinding]:
    """Return a screen's bindings without the keys that choose a labelled row just now."""
    taken: frozenset[str] = getattr(screen.focused, "label_keys", frozenset())
    return [active for active in screen.active_bindings.values() if active.binding.key not in taken]


def available_actions(screen: Screen[Any]) -> list[Action]:
    """Return what can be done on a screen as it stands, what matters most first.

    Several keys of one binding are one action; the same action of two widgets is two.
    """
    found: dict[tuple[int, str, str], Action] = {}
    for active in free_bindings(screen):
        name, effect = _named(active, screen)
        if active.binding.id == CHOOSE:
            effect = getattr(screen, "choosing", effect)
        if not active.enabled or not name:
            continue
        same = (id(active.node), active.binding.action, effect)
        if same not in found:
            binding = active.binding
            found[same] = Action(name, effect, binding.action, active.node, binding.show, [], [])
        found[same].keys.append(active.binding.key)
        shown = screen.app.get_key_display(active.binding)
        if shown not in found[same].shown:
            found[same].shown.append(shown)
    return sorted(found.values(), key=lambda action: _rank(action, screen))


def commands(screen: Screen[Any]) -> list[Action]:
    """Return the actions that the palette lists: each once, without those that only move about."""
    listed: dict[str, Action] = {}
    for action in available_actions(screen):
        if not action.is_movement and action.action != "command_palette":
            listed.setdefault(action.effect, action)
    return list(listed.values())


def help_groups(screen: Screen[Any]) -> list[HelpGroup]:
    """Return the keys of a screen with what each does, grouped by where they count.

    What is done where the focus is comes first, then what the screen does, then how one moves about, and last
    what is the same everywhere. Each effect is listed once, with all its keys.
    """
    actions = available_actions(screen)
    known = {key for action in actions for key in (*action.keys, *action.shown)}
    here, there, about, everywhere = "Where the cursor is", "On this screen", "Moving about", "Everywhere"
    found: dict[str, dict[str, list[str]]] = {here: {}, there: {}, about: {}, everywhere: {}}
    nodes = screen.focused.ancestors_with_self if screen.focused is not None else ()
    for key, effect in (pair for node in nodes for pair in getattr(node, "hint", ())):
        if not known.issuperset(key.split()):  # labels, which are no bindings
            found[here][f"{effect[:1].upper()}{effect[1:]}"] = [key]
    for action in actions:
        is_app = action.node is screen.app or action.action in TEXTUALS
        place = there if action.node is screen else here
        where = everywhere if is_app else about if action.is_movement else place
        group = next((told for told in found.values() if action.effect in told), found[where])
        keys = group.setdefault(action.effect, [])
        keys += [key for key in action.shown if key not in keys]
    return [
        HelpGroup(title, tuple((" ".join(keys), effect) for effect, keys in told.items()))
        for title, told in found.items()
        if told
    ]


def _rank(action: Action, screen: Screen[Any]) -> int:
    """Return how late an action is listed: those of the bar, the screen, a widget, the app."""
    if action.is_shown:
        return 0
    if action.node is screen and action.action not in TEXTUALS:
        return 1
    return 2 if action.node is not screen.app else 3


def _named(active: ActiveBinding, screen: Screen[Any]) -> tuple[str, str]:
    """Return what a binding is called and what it does; empty for one that is not listed."""
    binding = active.binding
    if binding.id:
        return title_of(screen, binding), active.tooltip or binding.description
    return TEXTUALS.get(binding.action, ("", ""))
