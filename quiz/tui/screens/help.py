"""Help: every key that does something where one stands."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from quiz.tui.text import join, show


class HelpModal(ModalScreen[None]):
    """The keys of the screen beneath, with what they do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "Close", id="help.close")
    ]

    def __init__(self, title: str, about: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self._heading = title
        self._about = about
        self._keys = keys

    @classmethod
    def about(cls, screen: Screen[Any]) -> HelpModal:
        """Return the help for a screen as it stands."""
        keys: dict[str, tuple[list[str], str]] = {}
        for _, binding, enabled, tooltip in screen.active_bindings.values():
            if enabled and binding.description and not binding.system:
                shown = screen.app.get_key_display(binding)
                keys.setdefault(binding.action, ([], tooltip or binding.description))[0].append(shown)
        focused = screen.focused
        while focused is not None and focused is not screen:
            for key, effect in getattr(focused, "hint", ()):
                keys.setdefault(f"{key} {effect}", ([key], effect))
            focused = focused.parent  # type: ignore[assignment]
        lines = [(" ".join(dict.fromkeys(names)), effect) for names, effect in keys.values()]
        return cls(getattr(screen, "name_shown", "Help"), getattr(screen, "about", ""), lines)

    def compose(self) -> ComposeResult:
        """Show the keys in two columns."""
        width = min(18, max((len(key) for key, _ in self._keys), default=0))
        lines = [join((f"{key:>{width}}  ", "bold $text-accent"), effect) for key, effect in self._keys]
        with VerticalScroll(classes="dialog"):
            yield Static(show(self._heading), classes="title")
            if self._about:
                yield Static(show(self._about + "\n", "$foreground-muted"))
            yield Static(Content("\n").join(lines))

    async def action_dismiss(self, result: None = None) -> None:
        """Close the help."""
        self.dismiss(result)
