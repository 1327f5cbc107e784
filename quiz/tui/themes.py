"""The themes of quiz's own: Verdigris, dark and light, two of high contrast, two of the terminal's colours.

Text has a contrast of at least 7 to 1 to its background (WCAG 2.2, criterion 1.4.6); muted text in Verdigris
has 5 to 1. Beside Textual's colours there are two of our own: `$text-due` for what is due and `$text-new` for
what was never asked. What the terminal's own 16 colours look like is for the terminal to say.
"""

from __future__ import annotations

from typing import Any, Final

from textual.theme import Theme

VERDIGRIS: Final = Theme(
    name="verdigris",
    dark=True,
    primary="#62cbc0",
    secondary="#a6b7f7",
    accent="#62cbc0",
    success="#a3d27c",
    warning="#e2cf6b",
    error="#f48a9c",
    foreground="#ece6d9",
    background="#101820",
    surface="#16212b",
    panel="#1e2b36",
    variables={
        "foreground-muted": "#a3adb0",
        "foreground-disabled": "#8d989c",
        "text-muted": "#a3adb0",
        "text-disabled": "#8d989c",
        "text-primary": "#62cbc0",
        "text-secondary": "#a6b7f7",
        "text-accent": "#62cbc0",
        "text-success": "#a3d27c",
        "text-warning": "#e2cf6b",
        "text-error": "#f48a9c",
        "text-due": "#f2a566",
        "text-new": "#a6b7f7",
        "primary-muted": "#1d3a3d",
        "accent-muted": "#1d3a3d",
        "success-muted": "#1f3124",
        "warning-muted": "#332f1c",
        "error-muted": "#3a222c",
        "button-color-foreground": "#101820",
        "block-cursor-background": "#1e2b36",
        "block-cursor-foreground": "#ece6d9",
        "block-cursor-blurred-background": "#16212b",
        "footer-key-foreground": "#62cbc0",
        "input-cursor-background": "#ece6d9",
        "input-cursor-foreground": "#101820",
        "input-selection-background": "#2b4d50",
        "border": "#5d7080",
        "border-blurred": "#2c3b47",
    },
)
"""Ink slate, paper text, and one teal for what to do now."""

VERDIGRIS_LIGHT: Final = Theme(
    name="verdigris-light",
    dark=False,
    primary="#0a625e",
    secondary="#38469f",
    accent="#0a625e",
    success="#3a6600",
    warning="#685000",
    error="#8e1038",
    foreground="#20272c",
    background="#f7f2e8",
    surface="#f0eadd",
    panel="#e7dfcf",
    variables={
        "foreground-muted": "#54595a",
        "foreground-disabled": "#61676a",
        "text-muted": "#54595a",
        "text-disabled": "#61676a",
        "text-primary": "#0a625e",
        "text-secondary": "#38469f",
        "text-accent": "#0a625e",
        "text-success": "#3a6600",
        "text-warning": "#685000",
        "text-error": "#8e1038",
        "text-due": "#843f00",
        "text-new": "#38469f",
        "primary-muted": "#cfe3dd",
        "accent-muted": "#cfe3dd",
        "success-muted": "#dde8cf",
        "warning-muted": "#efe4bd",
        "error-muted": "#f3d8da",
        "button-color-foreground": "#f7f2e8",
        "block-cursor-background": "#e7dfcf",
        "block-cursor-foreground": "#20272c",
        "block-cursor-blurred-background": "#f0eadd",
        "footer-key-foreground": "#0a625e",
        "input-cursor-background": "#20272c",
        "input-cursor-foreground": "#f7f2e8",
        "input-selection-background": "#b9d8d0",
        "border": "#857b67",
        "border-blurred": "#cfc5b1",
    },
)
"""The same on paper."""

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

_TERMINALS: Final[dict[str, Any]] = {
    "ansi": True,
    "success": "ansi_green",
    "error": "ansi_red",
    **dict.fromkeys(("foreground", "background", "surface", "panel"), "ansi_default"),
}
"""What both themes of the terminal's own colours have."""

_TERMINALS_VARIABLES: Final = {
    f"{role}-muted": "ansi_default"  # a ground of one of 16 colours would be as strong as what stands on it
    for role in ("primary", "secondary", "accent", "success", "warning", "error")
} | {
    "text-new": "ansi_magenta",
    "input-selection-background": "ansi_cyan",
    "input-selection-foreground": "ansi_black",
    "border": "ansi_bright_black",
}

ANSI_DARK: Final = Theme(
    name="ansi-dark",
    dark=True,
    primary="ansi_cyan",
    secondary="ansi_blue",
    accent="ansi_cyan",
    warning="ansi_yellow",
    variables=_TERMINALS_VARIABLES
    | {
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "button-color-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "block-cursor-foreground": "ansi_black",
        "footer-key-foreground": "ansi_cyan",
        "input-cursor-background": "ansi_black",
        "input-cursor-foreground": "ansi_bright_white",
        "input-cursor-text-style": "none",
        "border-blurred": "ansi_black",
    },
    **_TERMINALS,
)
"""The terminal's own colours on its own dark ground."""

ANSI_LIGHT: Final = Theme(
    name="ansi-light",
    dark=False,
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_blue",
    warning="ansi_bright_red",
    variables=_TERMINALS_VARIABLES
    | {
        "ansi-background": "ansi_white",
        "ansi-foreground": "ansi_black",
        "button-color-foreground": "ansi_bright_white",
        "block-cursor-background": "ansi_blue",
        "block-cursor-foreground": "ansi_bright_white",
        "footer-key-foreground": "ansi_blue",
        "input-cursor-background": "ansi_bright_white",
        "input-cursor-foreground": "ansi_black",
        "border-blurred": "ansi_white",
    },
    **_TERMINALS,
)
"""The terminal's own colours on its own light ground."""

THEMES: Final = (VERDIGRIS, VERDIGRIS_LIGHT, HIGH_CONTRAST, HIGH_CONTRAST_LIGHT, ANSI_DARK, ANSI_LIGHT)

OF_16_COLOURS: Final = {VERDIGRIS.name: ANSI_DARK.name, VERDIGRIS_LIGHT.name: ANSI_LIGHT.name}
"""The themes to use in place of others where a terminal has only 16 colours, none of them near theirs."""
