"""How a bank is studied: what the learner set for it, what its file recommends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.content.bank_settings import BankSettings
from quiz.services.bank_settings import recommended, set_for_bank, stepped, take_recommended
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.home.bank_settings_words import in_words
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.choice_list import ChoiceList
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

LABELS: Final = {
    "new_per_day": (
        "New questions a day",
        "The most new questions of this bank a day, within the limit for all banks.",
    ),
    "order": ("Order of new ones", "The order in which you meet this bank's questions."),
    "retention": ("Recall to aim for", "The share that you should still know when they come back."),
    "confidence": ("Ask how sure I am", "Whether you say with each answer how sure you are."),
    "pass_mark": ("Pass mark", "The percentage of the points that passes an exam on this bank."),
}


class BankSettingsScreen(BaseScreen[None]):
    """A row for each setting; arrows change it, delete leaves it to what is set for all banks."""

    CSS = """
    BankSettingsScreen ChoiceList { height: auto; max-width: 90; margin: 1 1 0 1; }
    BankSettingsScreen #about { height: auto; max-width: 90; padding: 1 3; }
    """
    name_shown = "Bank settings"
    about = "Arrows change a value; delete returns it to that of all banks. The bank recommends, you decide."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("bank-settings.take", "r", "take", "As recommended", "Set all as the bank recommends"),
        bar_key("bank-settings.close", "escape,q", "close", "Back", "Back to where you were"),
    ]

    rows = query_one(ChoiceList)

    def __init__(self, workspace: Workspace, bank: str) -> None:
        super().__init__()
        self.workspace = workspace
        self.bank = bank
        self._title = workspace.library.summary(bank).title
        self._recommended = recommended(workspace, bank)

    def compose(self) -> ComposeResult:
        """Lay out the rows, and what the one under the cursor is for."""
        yield TopLine(join((self._title, "bold $foreground"), (" · settings", "$foreground-muted")))
        yield ChoiceList(id="settings")
        yield Static(id="about")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the settings."""
        self._show()

    def _show(self) -> None:
        own = self.workspace.config.bank.get(self.bank, BankSettings())
        usual = self.workspace.config.for_bank("")
        rows = []
        for name, (label, _) in LABELS.items():
            value, said = getattr(own, name), in_words(name, getattr(usual, name))
            written = f"as for all: {said}" if value is None else in_words(name, value)
            style = "$foreground-muted" if value is None else "$text-accent"
            rows.append(ListRow(name, show(label), show(f"◂ {written} ▸", style)))
        self.rows.show_rows(rows)

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Say what the setting is for, and what the bank recommends."""
        name = message.row.key
        value = getattr(self._recommended, name)
        advice = "" if value is None else f" The bank recommends: {in_words(name, value)}."
        self.query_one("#about", Static).update(show_line(LABELS[name][1] + advice))

    def on_choice_list_stepped(self, message: ChoiceList.Stepped) -> None:
        """Make a value more or less."""
        self._step(message.key, message.by)

    def on_choice_list_turned(self, message: ChoiceList.Turned) -> None:
        """Take the next value."""
        self._step(message.key, 1)

    def _step(self, name: str, by: int) -> None:
        config = self.workspace.config
        own = getattr(config.bank.get(self.bank, BankSettings()), name)
        value = stepped(name, getattr(config.for_bank(self.bank), name) if own is None else own, by)
        set_for_bank(self.workspace, self.bank, name, value)
        self._show()

    def on_choice_list_typed(self, message: ChoiceList.Typed) -> None:
        """Take a number that was typed; erased, it is as for all banks again."""
        if not message.digits or message.key in {"new_per_day", "pass_mark"}:
            value = int(message.digits) if message.digits else None
            set_for_bank(self.workspace, self.bank, message.key, value)
            self._show()

    def action_take(self) -> None:
        """Set all as the bank recommends."""
        taken = take_recommended(self.workspace, self.bank)
        self.notify("Set as the bank recommends." if taken else "This bank recommends nothing.")
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is recommended only where something is; there is nothing to start."""
        if action == "start":
            return False
        if action == "take":
            return self._recommended != BankSettings()
        return super().check_action(action, parameters)
