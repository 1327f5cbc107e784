"""Drafts: each looked at as a learner would see it, then accepted, edited or rejected by one key."""

from __future__ import annotations

from typing import ClassVar, Final, Protocol

from textual.binding import BindingType

from quiz.clock import Clock
from quiz.tui.bindings import bar_key
from quiz.tui.preview.screen import PreviewScreen, Watched

SETTLES: Final = ("drafts.accept", "drafts.reject")
"""The keys that say what is to become of a draft."""


class WatchedDrafts(Watched, Protocol):
    """A bank file of which only the drafts are looked at."""

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


class DraftsScreen(PreviewScreen):
    """The preview of a bank's drafts, with a key for what is to become of each."""

    name_shown = "Drafts"
    about = "Answer as a learner would, then accept the draft, edit it or reject it. Nothing is recorded."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("drafts.accept", "a,f6", "accept", "Accept", "Make the draft an item like all others"),
        bar_key("drafts.reject", "x,f7", "reject", "Reject", "Take the draft out of the bank"),
        bar_key(
            "drafts.take-back", "z,f12", "take_back", "Take back", "Take back the last decision on a draft"
        ),
    ]

    def __init__(self, watched: WatchedDrafts, clock: Clock, first: str | None = None) -> None:
        super().__init__(watched, clock, first)
        self._drafts = watched
        held = self._bindings.key_to_bindings  # the bar shows keys in this order, and cuts the last ones off
        mine = [name for name, found in held.items() if any(one.id in SETTLES for one in found)]
        self._bindings.key_to_bindings = {name: held[name] for name in dict.fromkeys((*mine, *held))}

    async def action_accept(self) -> None:
        """Accept the draft and go on to the next one."""
        if self.current is not None:
            self._drafts.accept(self.current.item.id)
            await self._after_it("Accepted.")

    async def action_reject(self) -> None:
        """Take the draft out and go on to the next one."""
        if self.current is not None:
            self._drafts.reject(self.current.item.id)
            await self._after_it("Rejected.")

    async def action_take_back(self) -> None:
        """Make the item that was settled last a draft again, and show it."""
        item = self._drafts.take_back()
        await self.look_again()
        place = self._look.place_of(item)
        if place is not None:
            await self.action_step(place - self._place)
            self.notify("A draft again.")

    async def _after_it(self, said: str) -> None:
        """Say what became of a draft, and show the next one, or leave after the last."""
        await self.look_again()
        if self.current is None:
            self.app.exit(0, message=f"{said} There are no more drafts.")
        else:
            self.notify(said)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to settle a draft only where there is one."""
        if action in {"accept", "reject"}:
            return self.current is not None
        if action == "take_back":
            return self._drafts.can_take_back
        return super().check_action(action, parameters)
