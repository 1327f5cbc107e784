"""Help: every key that does something where one stands."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from quiz.tui.deeds import deeds
from quiz.tui.text import join, show


class HelpModal(ModalScreen[None]):
    """The keys of the screen beneath, with what they do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "Close", id="help.close", tooltip="Close the help")
    ]

    def __init__(self, title: str, about: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self._heading = title
        self._about = about
        self._keys = keys

    @classmethod
    def about(cls, screen: Screen[Any]) -> HelpModal:
        """Return the help for a screen as it stands."""
        told = deeds(screen)
        known = {key for deed in told for key in deed.keys}
        lines = [(" ".join(deed.shown(screen)), deed.effect) for deed in told]
        nodes = screen.focused.ancestors_with_self if screen.focused is not None else ()
        for key, effect in (pair for node in nodes for pair in getattr(node, "hint", ())):
            if key not in known:  # labels, which are no bindings
                lines.insert(0, (key, f"{effect[:1].upper()}{effect[1:]}"))
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
