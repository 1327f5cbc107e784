"""How far two colours stand apart."""

from __future__ import annotations

from textual.color import Color


def contrast_of(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours, by WCAG's definition."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
