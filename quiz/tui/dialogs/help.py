"""Help: every key that does something where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import ClassVar, Final

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

TWO_FROM: Final = 96
"""The width in cells from which the groups stand in two columns."""
GAP: Final = 4
"""How many cells lie between the columns."""


class HelpModal(BaseModal[None]):
    """The keys of the screen beneath, with what they do."""

    CSS = "HelpModal.-roomy .dialog { width: 112; }"
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
        """Return the keys and what they do, group by group: beneath each other, or in two columns."""
        if width < TWO_FROM or len(self.groups) == 1:
            return self._column(self.groups, width)
        each = (width - GAP) // 2
        splits = []
        for group in self.groups:
            alone, others = [group], [other for other in self.groups if other is not group]
            sides = (alone, others) if group is self.groups[0] else (others, alone)
            splits.append([self._column(side, each) for side in sides])
        left, right = min(splits, key=lambda split: max(map(len, split)))
        blank = Content(" " * each)
        return [
            join(one.truncate(each, pad=True) if one else blank, " " * GAP, other)
            for one, other in zip_longest(left, right, fillvalue=Content())
        ]

    @staticmethod
    def _column(groups: Sequence[HelpGroup], width: int) -> list[Content]:
        """Return some groups as lines of so many cells: the keys, and beside them what they do."""
        lengths = [len(keys) for group in groups for keys, _ in group.keys]
        room = min(18, width // 3, max(lengths, default=0))
        lines: list[Content] = []
        for group in groups:
            lines += [Content(), show(group.title, "bold $text-accent")]
            for keys, effect in group.keys:
                said = wrap(effect, max(12, width - room - 2)) or [""]
                lines.append(join((f"{keys:>{room}}  ", "bold"), said[0]))
                lines += [join(" " * (room + 2), more) for more in said[1:]]
        return lines

    async def action_dismiss(self, result: None = None) -> None:
        """Close the help."""
        self.dismiss(result)
