"""A new class list: its name, and its pupils' names, typed or pasted one per line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static, TextArea

from quiz.core.class_list import ClassList, UnreadableClassList, names_of
from quiz.errors import QuizError
from quiz.tui.available_actions import key_label
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.text import show
from quiz.tui.widgets.text_field import TextField, TextLines

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class NewClassModal(BaseModal[ClassList]):
    """Makes a class list or adds names to one; returns None when cancelled."""

    CSS = """
    NewClassModal .dialog { height: 96%; max-height: 24; padding: 0 1; }
    NewClassModal .title { margin: 0; }
    NewClassModal Input { margin: 1 0; }
    NewClassModal TextArea { height: 1fr; min-height: 3; }
    NewClassModal.-short Input { margin: 0; }
    NewClassModal #said { color: $text-error; height: auto; }
    """
    name_shown = "New class"
    about = "A name per line. Names stay on this machine, and can be forgotten with quiz class forget."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("class-list.save", "ctrl+s,f2", "save", "Save", "Keep the class list", "f2"),
        bar_key("class-list.close", "escape", "close", "Back", "Back without a class list"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        """Ask for the class and its pupils."""
        with Vertical(classes="dialog"):
            yield Static(show("New class"), classes="title")
            yield TextField(placeholder="The class, such as 7b", max_length=80, compact=True)
            yield TextLines(tab_behavior="focus", placeholder="A name per line")
            yield Static(id="said")
            said = f"tab to the names · {key_label(self, 'class-list.save')} keeps them · escape leaves"
            yield Static(show(said, "$foreground-muted"))

    def on_input_submitted(self) -> None:
        """Go to the names."""
        self.query_one(TextArea).focus()

    def action_save(self) -> None:
        """Save the class list, or say what is wrong with it."""
        name, text = self.query_one(Input).value, self.query_one(TextArea).text
        try:
            class_list = self._workspace.record.class_lists.add(name, names_of(text)).class_list
        except (UnreadableClassList, QuizError) as error:
            self.query_one("#said", Static).update(show(f"✗ {error}"))
            return
        self.dismiss(class_list)
