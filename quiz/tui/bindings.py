"""Bindings in one line each: id, keys, action, name, and effect for help."""

from __future__ import annotations

from textual.binding import Binding


def bar_key(
    name: str, keys: str, action: str, title: str, effect: str, shown_as: str | None = None
) -> Binding:
    """Return a binding that the key bar shows, by its first key or as `shown_as` says."""
    return Binding(keys, action, title, key_display=shown_as, id=name, tooltip=effect)


def key(
    name: str,
    keys: str,
    action: str,
    title: str,
    effect: str,
    shown_as: str | None = None,
    *,
    is_first: bool = False,
) -> Binding:
    """Return a binding that only help and the palette show.

    With `is_first` it comes before those of whatever has the focus.
    """
    return Binding(
        keys, action, title, show=False, key_display=shown_as, priority=is_first, id=name, tooltip=effect
    )
