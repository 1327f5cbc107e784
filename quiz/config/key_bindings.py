"""Which actions can have other keys, and the names of keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from unicodedata import lookup
from unicodedata import name as name_of

from quiz.config.key_ids import KEY_IDS

NAMED: Final = frozenset(
    {
        "escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup",
        "pagedown", "up", "down", "left", "right", "minus", "plus", "slash", "backslash", "at", "underscore",
        *(f"f{number}" for number in range(1, 25)),
    }
)  # fmt: skip
"""Keys that Textual does not name after their Unicode character."""
CHARACTERS: Final = {
    "minus": "-", "plus": "+", "slash": "/", "backslash": "\\", "at": "@", "underscore": "_"
}  # fmt: skip
"""The characters that some of these keys type."""
MODIFIERS: Final = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
OTHERS: Final = {
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup",
    "pgdn": "pagedown", "page_up": "pageup", "page_down": "pagedown", "spacebar": "space",
    "question": "question_mark", "dash": "minus", "hyphen": "minus", "dot": "full_stop",
    "period": "full_stop",
}  # fmt: skip
"""Other names of keys that people use, with Textual's names."""


def wrong_with(name: str, keys: Any) -> str:
    """Return why a binding cannot have these keys, separated by commas, or an empty text."""
    if name not in KEY_IDS:
        from difflib import get_close_matches

        close = get_close_matches(name[:80], KEY_IDS, 1)
        guess = f"Did you mean “{close[0]}”?" if close else "“quiz config keys” lists what there is."
        return f"There is no action “{name}” that can have another key. {guess}"
    if not isinstance(keys, str) or not keys.strip():
        return f"“{name}” cannot be {keys!r}: it needs keys in quotes, such as “{KEY_IDS[name][0]}”."
    for key in keys.split(","):
        if not is_key(key.strip()):
            known = _proper(key.strip())
            guess = f"Did you mean “{known}”?" if known else "For example: f10, ctrl+s, question_mark."
            return f"“{name}” cannot be {keys!r}: there is no key “{key.strip()}”. {guess}"
    return ""


def clash_of(name: str, keys: str, others: Mapping[str, str]) -> str:
    """Return a sentence on which binding of the same screen loses its key to another, or an empty text.

    `others` are all keys that were changed. Bindings that share a key by default are never active together.
    """
    screen = name.rpartition(".")[0]
    wanted = {key.strip() for key in keys.split(",")}
    before = set(KEY_IDS[name][0].split(","))
    for other, (usual, what) in KEY_IDS.items():
        if other == name or other.rpartition(".")[0] != screen:
            continue
        lost = wanted & set(others.get(other, usual).split(",")) - before
        if lost:
            return (
                f"“{min(lost)}” is also the key of “{other}” ({what}), which is left without one."
                " Give that another key as well."
            )
    return ""


def is_key(name: str) -> bool:
    """Return whether a key has this name: a character, its name or a special key, after any modifiers."""
    *modifiers, key = name.split("+") if name != "+" else ["+"]
    if not MODIFIERS.issuperset(modifiers) or len(set(modifiers)) != len(modifiers):
        return False
    return len(key) == 1 or key in NAMED or bool(_character(key))


def printed(name: str) -> str:
    """Return the character that a key types, such as “@” for at, or an empty text."""
    if len(name) == 1:
        return name
    if name in CHARACTERS:
        return CHARACTERS[name]
    return "" if name in NAMED else _character(name)


def _character(name: str) -> str:
    """Return the character of a Unicode name in lower case with underscores, or an empty text."""
    if name != name.lower() or " " in name:
        return ""
    for spelt in (name.replace("_", " "), name.replace("_", "-")):
        try:
            if name_of(lookup(spelt), "") == spelt.upper():  # control characters have only aliases
                return lookup(spelt)
        except KeyError:
            continue
    return ""


def _proper(name: str) -> str:
    """Return the name that was probably meant, or an empty text."""
    parts = name.lower().replace("control", "ctrl").replace("-", "+").split("+")
    tried = "+".join([*parts[:-1], OTHERS.get(parts[-1], parts[-1])])
    return tried if is_key(tried) else ""
