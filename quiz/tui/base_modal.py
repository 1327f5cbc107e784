"""What all dialogs are."""

from __future__ import annotations

from textual.screen import ModalScreen

from quiz.tui.base_screen import BaseScreen
from quiz.tui.routes import ResultT


class BaseModal(ModalScreen[ResultT], BaseScreen[ResultT]):
    """A dialog over the screen that asked for it."""

    DEFAULT_CSS = """
    BaseModal .dialog {
        width: 72; max-width: 96%; height: auto; max-height: 96%;
        padding: 1 2; border: round $primary; background: $surface;
        & > .title { text-style: bold; margin-bottom: 1; }
    }
    BaseModal .dialog TextField { background: $panel; }
    BaseModal .dialog Button {
        height: 1; min-width: 0; border: none; padding: 0 2; margin-right: 2;
        background: $panel; background-tint: 0%; tint: 0%; color: $foreground; text-style: none;
        &:focus { background: $primary; color: $button-color-foreground; text-style: bold; }
    }
    """
