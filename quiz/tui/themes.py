"""The themes of quiz's own: two that read as well as anything can.

Each text has a contrast of at least 7 to 1 to what it stands on (WCAG 2.2, criterion 1.4.6, level AAA).
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

HIGH_CONTRAST: Final = Theme(
    name="high-contrast",
    dark=True,
    primary="#5cc8ff",
    secondary="#9fd8ff",
    accent="#ffe14d",
    success="#4dff88",
    warning="#ffb84d",
    error="#ff9c9c",
    foreground="#ffffff",
    background="#000000",
    surface="#101010",
    panel="#1c1c1c",
    variables={
        "foreground-muted": "#d6d6d6",
        "foreground-disabled": "#b8b8b8",
        "text-muted": "#d6d6d6",
        "text-disabled": "#b8b8b8",
        "text-primary": "#5cc8ff",
        "text-secondary": "#9fd8ff",
        "text-accent": "#ffe14d",
        "text-success": "#4dff88",
        "text-warning": "#ffb84d",
        "text-error": "#ff9c9c",
        "primary-muted": "#00324d",
        "accent-muted": "#333000",
        "success-muted": "#003314",
        "warning-muted": "#332200",
        "error-muted": "#400000",
        "block-cursor-background": "#ffe14d",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#3a3a3a",
        "footer-key-foreground": "#ffe14d",
        "input-selection-background": "#00324d",
        "button-focus-text-style": "bold underline",
        "border": "#ffffff",
        "border-blurred": "#b8b8b8",
    },
)
"""White and bright colours on black."""

HIGH_CONTRAST_LIGHT: Final = Theme(
    name="high-contrast-light",
    dark=False,
    primary="#003d80",
    secondary="#1a4a7a",
    accent="#6b0073",
    success="#00491c",
    warning="#5c3a00",
    error="#8a0000",
    foreground="#000000",
    background="#ffffff",
    surface="#f2f2f2",
    panel="#e6e6e6",
    variables={
        "foreground-muted": "#333333",
        "foreground-disabled": "#454545",
        "text-muted": "#333333",
        "text-disabled": "#454545",
        "text-primary": "#003d80",
        "text-secondary": "#1a4a7a",
        "text-accent": "#6b0073",
        "text-success": "#00491c",
        "text-warning": "#5c3a00",
        "text-error": "#8a0000",
        "primary-muted": "#d6e8ff",
        "accent-muted": "#f7dcfa",
        "success-muted": "#d4f5df",
        "warning-muted": "#fbe9cc",
        "error-muted": "#ffdede",
        "block-cursor-background": "#003d80",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#cccccc",
        "footer-key-foreground": "#6b0073",
        "input-selection-background": "#b8d8ff",
        "button-focus-text-style": "bold underline",
        "border": "#000000",
        "border-blurred": "#454545",
    },
)
"""Black and dark colours on white."""

THEMES: Final = (HIGH_CONTRAST, HIGH_CONTRAST_LIGHT)
