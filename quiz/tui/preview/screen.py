"""Preview: the items of a bank as learners see them, beside what is said against them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.getters import query_one
from textual.widgets import Static

from quiz.authoring.preview_state import PreviewState
from quiz.clock import Clock
from quiz.core.content.reversal import written_id
from quiz.core.session import BankItem
from quiz.core.text.phrases import count
from quiz.services.word_lists import read_words_for, word_list
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.held_keys import HeldKeyGuard
from quiz.tui.preview.finding_list import FindingList
from quiz.tui.responses import response_widget
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.text import join, show_line, show_marked
from quiz.tui.widgets.item_pane import ItemPane
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.top_line import TopLine

SECONDS_BETWEEN_LOOKS = 0.5


class Watched(Protocol):
    """A bank file that somebody is writing."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    def has_changed(self) -> bool:
        """Say whether it was saved since it was last looked at."""
        ...

    def look(self) -> PreviewState:
        """Read it. Never raises: what is wrong with it is said in what comes back."""
        ...


class PreviewScreen(BaseScreen[None]):
    """Asks one item at a time; nothing is recorded, and what is saved in the file is shown at once."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = None
    name_shown = "Preview"
    about = "Answer as a learner would; nothing is recorded. The item changes whenever you save its file."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("preview.go-on", "enter,space", "go_on", "Next", "On to the next question", "⏎"),
        bar_key("preview.next", "plus,equals_sign,f4", "step(1)", "Item after", "Look at the next item"),
        bar_key("preview.before", "minus,f3", "step(-1)", "Item before", "Look at the item before"),
        bar_key(
            "preview.finding",
            "v,f2",
            "next_finding",
            "Next finding",
            "Go to the next item with a finding",
        ),
        bar_key("preview.again", "u,f9", "again", "Again", "Answer it again, newly shuffled"),
        bar_key("preview.hint", "h,f5", "hint", "Hint", "Show the hint"),
        bar_key("preview.note", "n,f8", "note", "Note", "Read the note this question cites"),
        bar_key("preview.edit", "e,f10", "edit", "Edit", "Open the question in your editor"),
        bar_key("preview.leave", "escape,q", "leave", "Leave", "Leave the preview"),
    ]

    pane = query_one(ItemPane)
    findings = query_one(FindingList)

    def __init__(self, watched: Watched, clock: Clock, first: str | None = None) -> None:
        super().__init__()
        self._watched = watched
        self._clock = clock
        self._rng = Random()
        self._look = watched.look()
        self._place = (self._look.place_of(first) if first else None) or 0
        self._is_graded = False
        self._guard = HeldKeyGuard()

    def compose(self) -> ComposeResult:
        """Lay out the item and the findings."""
        yield TopLine()
        with Horizontal(id="panes"):
            yield ItemPane(asks="preview.go-on")
            with VerticalScroll(id="findings", can_focus=False):
                yield FindingList()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the first item, and look at the file from then on."""
        self.set_interval(SECONDS_BETWEEN_LOOKS, self.look_again)
        await self._show()

    @property
    def _written_place(self) -> int:
        """The place of the item in its file; a reverse stands where its item does."""
        bank_item = self.current
        place = self._look.place_of(written_id(bank_item.item.id)) if bank_item else None
        return self._place if place is None else place

    @property
    def current(self) -> BankItem | None:
        """The item being looked at, None where there is none."""
        bank_item = self._look.bank_item(self._place)
        return bank_item and bank_item._replace(is_word=word_list(bank_item.bank.language))

    async def look_again(self) -> None:
        """Show the file anew where it was saved; an item that is the same is left as it is."""
        if not self._watched.has_changed():
            return
        before, old = self._look, self.current
        self._look = self._watched.look()
        self._place = self._look.after(before, self._place)
        if old is None or self.current is None or _seen_of(old) != _seen_of(self.current):
            await self._show()
        else:
            self._show_findings()

    async def _show(self) -> None:
        """Show the item and what is said against it."""
        self._is_graded = False
        bank_item = self.current
        if bank_item is None:
            await self.pane.clear()
        else:
            widget = response_widget(
                bank_item.item.interaction().arranged(self._rng), markup=bank_item.bank.reads
            )
            await self.pane.put(bank_item, widget, show_bank=False)
        self._show_findings()

    def _show_findings(self) -> None:
        bank_item, look = self.current, self._look
        self.set_class(bank_item is None, "-unusable")
        if bank_item is None:
            self.findings.show_all(look.findings)
        else:
            self.findings.show_item(bank_item.item, look.about(self._place), look.elsewhere(self._place))
        top = self.query_one(TopLine)
        top.left = join(
            (look.name, "bold $foreground"), (f" · {self.name_shown.lower()}", "$foreground-muted")
        )
        at = f"{self._place + 1} of {look.items} · " if look.items else ""
        top.right = show_line(
            at + (count(len(look.findings), "finding") if look.findings else "✓ no findings")
        )
        self.refresh_bindings()

    def on_response_widget_hint_changed(self) -> None:
        """Say what the keys do now."""
        self.on_response_widget_changed()
        self.refresh_bindings()

    def on_response_widget_changed(self) -> None:
        """Say what is still to be done."""
        if not self._is_graded:
            self.pane.show_action()

    async def on_response_widget_submitted(self, message: ResponseWidget.Submitted) -> None:
        """Grade what was handed in and say what a learner would be told."""
        bank_item = self.current
        if bank_item is None or self._is_graded:
            return
        await read_words_for(bank_item, message.response)
        grade = bank_item.grade(message.response)
        self._is_graded = True
        self._guard.shown(self._clock.passed())
        self.pane.mark(bank_item, grade)
        self.refresh_bindings()

    async def on_action_line_pressed(self) -> None:
        """Answer or go on by the button."""
        if self._is_graded:
            await self.action_go_on()
        else:
            self.pane.response.action_submit()

    async def action_go_on(self) -> None:
        """Go on to the next item, unless the verdict has only just appeared."""
        if self._is_graded and not self._guard.is_unread(self._clock.passed()):
            await self.action_step(1)

    async def action_step(self, by: int) -> None:
        """Look at another item; after the last comes the first."""
        if self._look.items:
            self._place = (self._place + by) % self._look.items
            await self._show()

    async def action_next_finding(self) -> None:
        """Look at the next item that something is said against."""
        place = self._look.next_with_findings(self._place)
        if place is None:
            self.notify("No item has anything to mend.")
        elif place != self._place:
            self._place = place
            await self._show()

    async def action_again(self) -> None:
        """Ask the item again."""
        await self._show()

    async def action_hint(self) -> None:
        """Show the hint above the response."""
        bank_item = self.current
        if bank_item is not None and bank_item.item.hint and not self.query("#hint"):
            hint = Static(
                join(("Hint  ", "bold $text-accent"), show_marked(bank_item.item.hint, bank_item.bank.reads)),
                id="hint",
            )
            await self.pane.put_above(hint)

    def action_note(self) -> None:
        """Read the note that the question cites."""
        self.show_notes(self.current)

    async def action_edit(self) -> None:
        """Open the file at the item in the author's editor."""
        lines = self._look.lines[self._written_place :] or [finding.line for finding in self._look.findings]
        self.edit(self._watched.path, next(iter(lines), 1))
        await self.look_again()

    def action_leave(self) -> None:
        """Leave."""
        self.app.exit(0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the item as it stands."""
        bank_item = self.current
        match action:
            case "go_on":
                return self._is_graded
            case "again":
                return bank_item is not None
            case "step":
                return self._look.items > 1
            case "hint":
                return bank_item is not None and bool(bank_item.item.hint) and not self._is_graded
            case "note":
                return bank_item is not None and bool(bank_item.item.cites)
            case "next_finding":
                return self._look.next_with_findings(self._place) is not None
        return super().check_action(action, parameters)


def _seen_of(bank_item: BankItem) -> tuple[object, ...]:
    """Return what a learner sees of an item, so that it is shown anew only where that changed."""
    bank, item = bank_item.bank, bank_item.item
    notes = tuple(bank.notes.get(name) for name in item.cites)
    return item, bank_item.topic, bank.language, bank.stimuli.get(item.stimulus), notes
