"""Which questions are shown: the boxes of “Study what you want”, over the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.study_filter import StudyFilter, turned
from quiz.services.study.choosing import Choices, Shelf
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.study.picks import PickList, shelf_titles
from quiz.tui.text import show

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class NarrowModal(BaseModal[StudyFilter]):
    """Returns what was ticked."""

    CSS = """
    NarrowModal .dialog { width: 64; height: 80%; }
    NarrowModal PickList { height: 1fr; margin-top: 1; }
    """
    name_shown = "Narrow"
    about = "Space ticks what is shown; where nothing is ticked, all of it is. Enter shows it."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("narrow.start", "enter", "start", "Show", "Show what is ticked", "⏎"),
        bar_key("narrow.clear", "c", "clear", "All", "Show everything again"),
        bar_key("narrow.close", "escape,q", "close", "Back", "Back without a change"),
    ]

    picks = query_one(PickList)

    def __init__(self, workspace: Workspace, chosen: StudyFilter) -> None:
        super().__init__()
        self.workspace = workspace
        self.chosen = chosen
        self._shelf: Shelf | None = None
        self._choices: Choices | None = None

    def compose(self) -> ComposeResult:
        """Lay out the boxes."""
        with Vertical(classes="dialog"):
            yield Static(show("Show only"), classes="title")
            yield PickList(shelf_titles(self.workspace))

    def on_mount(self) -> None:
        """Show the boxes, and count meanwhile."""
        self._show()
        self.picks.focus()

    def _show(self) -> None:
        self.picks.show_choices(self.chosen, self._choices)
        self._count(self.chosen)

    @work(thread=True, exclusive=True)
    def _count(self, chosen: StudyFilter) -> None:
        self._shelf = self._shelf or Shelf(self.workspace)
        self.app.call_from_thread(self._counted, self._shelf.choices(chosen), chosen)

    def _counted(self, choices: Choices, chosen: StudyFilter) -> None:
        if self.is_attached and chosen == self.chosen:
            self._choices = choices
            self.picks.show_choices(chosen, choices)

    def on_choice_list_turned(self, message: PickList.Turned) -> None:
        """Tick a box."""
        what, _, name = message.key.partition(" ")
        self.chosen = turned(self.chosen, what, name)
        self._show()

    def action_clear(self) -> None:
        """Untick all boxes."""
        self.chosen = StudyFilter()
        self._show()

    def action_start(self) -> None:
        """Return what is ticked."""
        self.dismiss(self.chosen)
