"""What every app of quiz has in common: its palette, its keys for help and leaving, and a least size."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from quiz.config.settings import Config
from quiz.core.content.item import Image
from quiz.tui.available_actions import available_actions
from quiz.tui.textual_workarounds import HardenedApp
from quiz.tui.themes import THEMES

LEAST_WIDTH, LEAST_HEIGHT = 40, 12
"""The smallest terminal, in cells, that quiz works in."""


class FramedApp(HardenedApp):
    """An app with the person's theme and keys."""

    TITLE = "quiz"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it an instance variable
        (0, "-narrow"),
        (80, "-wide"),
        (120, "-roomy"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "show_help", "Help", id="help", tooltip="What the keys do"),
        Binding(
            "ctrl+p",
            "command_palette",
            "Commands",
            show=False,
            priority=True,
            id="palette",
            tooltip="Search in everything that can be done here",
        ),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="quit", tooltip="Leave quiz"),
    ]

    def __init__(self, config: Config) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self._too_small: Screen[None] | None = None
        self.pictures = config.pictures
        self.picture_widget: type[Widget] | bool | None = None
        """What draws pictures; False where nothing can, None before the terminal was asked."""
        self._set_theme(config.theme)
        if config.reduced_motion:
            self.animation_level = "none"
        self.own_keys = dict(config.keys)
        """Other keys than the usual ones, by the bindings' ids."""
        self.set_keymap(self.own_keys)

    def picture_file(self, bank: str, image: Image) -> Path | None:  # noqa: ARG002
        """Return the file of a bank's picture, None where it cannot be shown."""
        return None

    def _set_theme(self, name: str) -> None:
        """Take a theme if there is one of that name; without colours the ANSI themes would show nothing."""
        if name in self.available_themes and not (
            self.no_color and name.startswith(("ansi", "textual-ansi"))
        ):
            self.theme = name

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let no cursor blink where nothing is to move by itself."""
        if self.animation_level == "none" and getattr(event.widget, "cursor_blink", False):
            event.widget.cursor_blink = False  # type: ignore[attr-defined]

    def size_classes(self) -> list[str]:
        """Return the classes of the terminal's size, for a screen that is to have them from the start.

        Textual gives them once it has laid the screen out, and must then lay it out again.
        """
        width, height = self.size
        return [
            max(step for step in steps if step[0] <= size)[1]
            for size, steps in (
                (width, self.HORIZONTAL_BREAKPOINTS),
                (height, self.VERTICAL_BREAKPOINTS),
            )
        ]

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small, and go on where it is large enough again."""
        self._mind_size(event.size.width, event.size.height)

    def _mind_size(self, width: int, height: int) -> None:
        is_small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        if is_small and not self._is_too_small:
            from quiz.tui.dialogs.too_small import TooSmallScreen

            self._too_small = TooSmallScreen(LEAST_WIDTH, LEAST_HEIGHT)
            self.push_screen(self._too_small)
        elif not is_small and self._is_too_small:
            self.pop_screen()

    @property
    def _is_too_small(self) -> bool:
        """Whether the screen is the one that says so."""
        return self.screen is self._too_small

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """List everything that can be done where one stands, then what the app itself offers."""
        for deed in available_actions(screen):
            if deed.action != "command_palette":
                yield SystemCommand(
                    deed.name,
                    f"{deed.effect} ({' '.join(deed.shown(screen))})",
                    lambda deed=deed: self.call_later(self.run_action, deed.action, deed.node),
                )
        yield SystemCommand("Theme", "Choose other colours", self.action_change_theme)

    def action_show_help(self) -> None:
        """Show what the keys do here."""
        from quiz.tui.dialogs.help import HelpModal

        if not isinstance(self.screen, HelpModal) and not self._is_too_small:
            self.push_screen(HelpModal.about(self.screen))
