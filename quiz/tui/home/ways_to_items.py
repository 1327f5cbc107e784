"""From Home to the questions themselves: choosing which to study, browsing, and how a bank is studied."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from quiz.core.content.item_ref import ItemRef
from quiz.tui.available_actions import key_label
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import key
from quiz.tui.routes import Briefing, Browse, ChooseStudy, Find, PlanExam, SetUpBank, ShownItem

if TYPE_CHECKING:
    from quiz.core.content.search import SearchHit
    from quiz.services.home import BankRow
    from quiz.services.workspace import Workspace


class WaysToItems(BaseScreen[None]):
    """The keys that lead there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("home.choose", "S", "choose_study", "Choose", "Study what you want: choose which, and how"),
        key("home.browse", "b", "browse", "Browse", "Look through all questions, and change many at once"),
        key("home.bank", "B", "set_up_bank", "Bank settings", "Change how this bank is studied"),
        key("home.plan", "p", "plan", "Plan", "Plan what to answer until an exam on this bank"),
    ]

    workspace: Workspace

    @property
    def chosen(self) -> BankRow | None:
        """The bank under the cursor."""
        raise NotImplementedError

    def usable_bank(self) -> str:
        """Return the id of the bank under the cursor; say why, and return "", where it cannot be used."""
        line = self.chosen
        if line is None:
            key = key_label(self, "home.import")
            self.notify(f"No bank yet. {key} imports one, or put a YAML file into your banks folder.")
        elif line.is_being_read:
            self.notify("This bank is still being read. Try again in a moment.")
        elif not line.is_usable:
            self.notify("This bank cannot be used yet. What is wrong stands beside it.", severity="error")
        else:
            return line.key
        return ""

    def show_found(self, bank: str) -> None:
        """Move the cursor to a bank."""
        raise NotImplementedError

    def action_find(self) -> None:
        """Find a bank, a note or a question by its words."""
        self.go(Find(), self._go_to)

    def _go_to(self, hit: SearchHit | None) -> None:
        """Go to what was found: a bank's row, a note's page, or a question."""
        if hit is None:
            return
        self.show_found(hit.bank)
        if hit.what == "note":
            self.go(Briefing(self.workspace.library.bank(hit.bank), hit.name, leads_on=True))
        elif hit.what == "item":
            self.go(ShownItem(ItemRef(hit.bank, hit.name)))

    def action_choose_study(self) -> None:
        """Choose what to study."""
        self.go(ChooseStudy())

    def action_browse(self) -> None:
        """Look through all items."""
        self.go(Browse())

    def action_set_up_bank(self) -> None:
        """Change how the bank under the cursor is studied."""
        if bank := self.usable_bank():
            self.go(SetUpBank(bank))

    def action_plan(self) -> None:
        """Plan what to answer until an exam on the bank under the cursor."""
        if bank := self.usable_bank():
            self.go(PlanExam((bank,)))
