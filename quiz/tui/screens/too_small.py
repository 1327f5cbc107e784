"""What is shown where there is no room for anything else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

LEAST_WIDTH, LEAST_HEIGHT = 40, 12
"""The smallest terminal, in cells, that quiz works in."""


class TooSmallScreen(Screen[None]):
    """A sentence that asks for a larger terminal; it goes by itself when there is one."""

    CSS = "TooSmallScreen { align: center middle; } TooSmallScreen Static { text-align: center; }"

    def compose(self) -> ComposeResult:
        """Say how large the terminal must be."""
        yield Static(Content(f"This terminal is too small.\nquiz needs {LEAST_WIDTH} × {LEAST_HEIGHT}."))
