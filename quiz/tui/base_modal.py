"""What all dialogs are."""

from __future__ import annotations

from textual.screen import ModalScreen

from quiz.tui.base_screen import BaseScreen
from quiz.tui.routes import ResultT


class BaseModal(ModalScreen[ResultT], BaseScreen[ResultT]):
    """A dialog over the screen that asked for it."""
