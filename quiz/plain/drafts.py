"""Drafts as lines: each read out with what is said against it, then accepted, edited or rejected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from quiz.authoring.preview_state import PreviewState
from quiz.core.session import BankItem
from quiz.plain.console import Console, Leave
from quiz.plain.prompts import say_item

ASKED = "a accept, e edit, x reject, {}enter leave it for later, q quit"
TAKE_BACK = "u take back the last decision, "


class Drafts(Protocol):
    """A bank file's drafts."""

    def look(self) -> PreviewState:
        """Read them anew."""
        ...

    def accept(self, item: str) -> None:
        """Make a draft an item like all others. Raises BankError."""
        ...

    def reject(self, item: str) -> None:
        """Take a draft out of the file. Raises BankError."""
        ...

    @property
    def can_take_back(self) -> bool:
        """Whether a draft was settled that can be one again."""
        ...

    def take_back(self) -> str:
        """Undo what was settled last, and return the draft's id. Raises BankError."""
        ...


def go_through(console: Console, drafts: Drafts, edit: Callable[[int], None]) -> None:
    """Ask what is to become of each draft, once for each that is left for later; `edit` opens a line."""
    later: set[str] = set()
    try:
        while (place := _next(state := drafts.look(), later)) is not None:
            bank_item = state.bank_item(place)
            if bank_item is None:
                return
            _say(console, state, place, bank_item)
            match console.ask(ASKED.format(TAKE_BACK if drafts.can_take_back else "")).strip().lower():
                case "a":
                    drafts.accept(bank_item.item.id)
                    console.say("Accepted.")
                case "x":
                    drafts.reject(bank_item.item.id)
                    console.say("Rejected.")
                case "u" | "undo" | "z":
                    if drafts.can_take_back:
                        drafts.take_back()
                        console.say("Taken back.")
                    else:
                        console.say("There is nothing to undo.")
                case "e":
                    edit(state.lines[place] if place < len(state.lines) else 1)
                case "q":
                    return
                case _:
                    later.add(bank_item.item.id)
    except Leave:
        return
    console.say("There are no more drafts." if not later else f"Left for later: {len(later)}.")


def _next(state: PreviewState, later: set[str]) -> int | None:
    """Return the place of the first draft that is not left for later, None where there is none."""
    items = state.bank.items if state.bank else ()
    return next((place for place, item in enumerate(items) if item.id not in later), None)


def _say(console: Console, state: PreviewState, place: int, bank_item: BankItem) -> None:
    item = bank_item.item
    console.say()
    console.say(f"Draft {place + 1} of {state.items}: {item.id}, {item.kind}")
    say_item(console, bank_item)
    console.say(f"Key: {item.key_text()}")
    options = [
        option for option in getattr(item.interaction(), "options", ()) if option not in item.key_text()
    ]
    if options:
        console.say(f"Other options: {'; '.join(options)}")
    for name, text in (("Why", item.rationale), ("Quote", item.quote)):
        if text:
            console.say(f"{name}: {text}")
    for finding in state.about(place):
        console.say(f"{finding.severity.value} {finding.code}: {finding.message} {finding.help}".rstrip())
