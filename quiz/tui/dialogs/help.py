"""Help: every key that does something where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quiz.tui.available_actions import HelpGroup
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.text import join, show
from quiz.tui.widgets.figures import Figures


class HelpModal(BaseModal[None]):
    """The keys of the screen beneath, with what they do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("help.close", "escape,q,question_mark,enter", "dismiss", "Close", "Close the help")
    ]

    about = "Every key of the screen beneath, with what it does."

    def __init__(self, title: str, purpose: str, groups: Sequence[HelpGroup]) -> None:
        super().__init__()
        self._heading = title
        self._purpose = purpose
        self.groups = groups

    def compose(self) -> ComposeResult:
        """Show what the screen is for, and the keys."""
        with VerticalScroll(classes="dialog"):
            yield Static(show(self._heading), classes="title")
            if self._purpose:
                yield Static(show(self._purpose, "$foreground-muted"))
            yield Figures(self._lines)

    def _lines(self, width: int) -> Sequence[Content]:
        """Return the keys and what they do in two columns of so many cells together, group by group."""
        lengths = [len(keys) for group in self.groups for keys, _ in group.keys]
        room = min(18, width // 3, max(lengths, default=0))
        lines: list[Content] = []
        for group in self.groups:
            lines += [Content(), show(group.title, "bold $text-accent")]
            for keys, effect in group.keys:
                said = wrap(effect, max(12, width - room - 2)) or [""]
                lines.append(join((f"{keys:>{room}}  ", "bold"), said[0]))
                lines += [join(" " * (room + 2), more) for more in said[1:]]
        return lines

    async def action_dismiss(self, result: None = None) -> None:
        """Close the help."""
        self.dismiss(result)
