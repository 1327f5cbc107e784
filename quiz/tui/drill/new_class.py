"""A new roster: its name, and its pupils' names, typed or pasted one per line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from quiz.core.class_list import BadRoster, Roster, names_of
from quiz.errors import QuizError
from quiz.tui.text import show

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class NewRosterModal(ModalScreen[Roster]):
    """Makes a roster, or adds names to one that is there; returns None where it was called off."""

    CSS = """
    NewRosterModal .dialog { height: 96%; max-height: 24; padding: 0 1; }
    NewRosterModal .title { margin: 0; }
    NewRosterModal Input { margin: 1 0; }
    NewRosterModal TextArea { height: 1fr; min-height: 3; }
    NewRosterModal.-short Input { margin: 0; }
    NewRosterModal #said { color: $text-error; height: auto; }
    """
    name_shown = "New roster"
    about = "A name per line. Names stay on this machine, and can be forgotten with quiz roster forget."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", key_display="f2", id="roster.save", tooltip="Keep the roster"),
        Binding("escape", "close", "Back", id="roster.close", tooltip="Back without a roster"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        """Ask for the class and its pupils."""
        with Vertical(classes="dialog"):
            yield Static(show("New roster"), classes="title")
            yield Input(placeholder="The class, such as 7b", max_length=80, compact=True)
            yield TextArea(tab_behavior="focus", placeholder="A name per line")
            yield Static(id="said")
            yield Static(show("tab to the names · f2 keeps them · escape leaves", "$foreground-muted"))

    def on_input_submitted(self) -> None:
        """Go on to the names."""
        self.query_one(TextArea).focus()

    def action_save(self) -> None:
        """Keep the roster, or say what is wrong with it."""
        name, text = self.query_one(Input).value, self.query_one(TextArea).text
        try:
            roster = self._workspace.history.rosters.add(name, names_of(text)).roster
        except (BadRoster, QuizError) as error:
            self.query_one("#said", Static).update(show(f"✗ {error}"))
            return
        self.dismiss(roster)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
