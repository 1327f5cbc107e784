"""Who has not answered yet, by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quiz.core.drill.wall_words import ENGLISH, WallWords
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.text import show, show_line


class StillMissingModal(BaseModal[None]):
    """The pupils whose answers are still missing, with their numbers."""

    CSS = """
    StillMissingModal .dialog { height: auto; max-height: 80%; }
    StillMissingModal VerticalScroll { height: auto; }
    """
    name_shown = "Who is missing"
    about = "The pupils who are here and have not answered yet."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("still-missing.close", "escape,q,w,enter", "close", "Back", "Back to the drill")
    ]

    def __init__(self, pupils: Sequence[str], words: WallWords = ENGLISH) -> None:
        super().__init__()
        self._pupils = tuple(pupils)
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the names."""
        words, number = self._words, len(self._pupils)
        missing = words.count(number, "answer still missing", "answers still missing")
        title = missing if number else words.say("All have answered")
        with Vertical(classes="dialog"):
            yield Static(show(title), classes="title")
            with VerticalScroll():
                yield Static(Content("\n").join(show_line(pupil) for pupil in self._pupils))
