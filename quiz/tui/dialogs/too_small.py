"""What is shown if the terminal is too small for anything else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from quiz.tui.base_screen import BaseScreen


class TooSmallScreen(BaseScreen[None]):
    """Asks for a larger terminal, and disappears by itself when there is one."""

    CSS = """
    TooSmallScreen { align: center middle; overflow: hidden; }
    TooSmallScreen Static { text-align: center; }
    """

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._needed = f"{width} × {height}"

    def compose(self) -> ComposeResult:
        """Say how large the terminal must be."""
        yield Static(Content(f"This terminal is too small.\nquiz needs {self._needed}."))
