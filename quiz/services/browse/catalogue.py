"""Every item of all banks, with what is on record of it: read once, then searched, narrowed and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from quiz.core.content.item_ref import ItemRef
from quiz.core.content.search import compared
from quiz.core.scheduling.study_selection import Candidate
from quiz.core.statistics.item_counts import ItemMemory
from quiz.core.study.choosing import chosen_items
from quiz.core.study_filter import ItemState, StudyFilter
from quiz.errors import BankError
from quiz.services.study.choosing import standing_now

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class Column(StrEnum):
    """What items can be sorted by."""

    FILE = "file"
    """As they stand in their banks."""
    DUE = "due"
    RIGHT = "right"
    STABILITY = "stability"
    LAST = "last"


class BrowsedItem(NamedTuple):
    """An item of the catalogue."""

    candidate: Candidate
    shown: str
    """Its stem, in one line."""
    words: str
    """Its words, as a search compares them."""

    @property
    def ref(self) -> ItemRef:
        """What the record calls it."""
        return self.candidate.ref


class Facts(NamedTuple):
    """What is on record of an item. Times are milliseconds since 1970 UTC."""

    memory: ItemMemory | None
    right: float | None
    """The mean score of its attempts, 0 to 1; None without any."""

    @property
    def due(self) -> int | None:
        """When it comes back; None where it is new or suspended."""
        return self.memory.due if self.memory else None

    @property
    def stability(self) -> float | None:
        """Days after which the chance of recall has fallen to 90 %; None without a review."""
        return self.memory.stability if self.memory else None

    @property
    def last(self) -> int | None:
        """When it was reviewed last."""
        return self.memory.reviewed_at if self.memory else None

    def value(self, column: Column) -> float | None:
        """Return what it is sorted by in a column; None comes last."""
        match column:
            case Column.DUE:
                return self.due
            case Column.RIGHT:
                return self.right
            case Column.STABILITY:
                return self.stability
            case Column.LAST:
                return self.last
        return None


class Catalogue:
    """The items of one bank, or of all, in their banks' order. Reading them may be done off the loop."""

    def __init__(self, workspace: Workspace, bank: str | None = None) -> None:
        """Read the items, and what is on record of them. Banks that cannot be read are left out."""
        self._bank = bank
        self.items: list[BrowsedItem] = []
        for card in workspace.library.usable():
            if bank in {None, card.id}:
                with suppress(BankError):
                    heads, texts = workspace.library.contents(card.id), workspace.library.texts(card.id)
                    pairs = zip(heads.items, texts.items, strict=True)
                    self.items += [BrowsedItem(head, text.shown, text.words) for head, text in pairs]
        self.read_record(workspace)

    def read_record(self, workspace: Workspace) -> None:
        """Read anew what is on record of the items."""
        states = tuple(ItemState) if self._bank is None else (ItemState.NEVER_ASKED,)
        self._standing = standing_now(workspace, states, self._bank)

    def facts(self, ref: ItemRef) -> Facts:
        """Return what is on record of an item."""
        return Facts(self._standing.memory(ref), self._standing.right(ref))

    def found(
        self,
        words: str = "",
        chosen: StudyFilter | None = None,
        column: Column = Column.FILE,
        *,
        is_reversed: bool = False,
    ) -> list[BrowsedItem]:
        """Return the items that hold every one of the words' beginnings and fit a choice, sorted by a column.

        Without a value in the column an item comes last; what is the same stays in the banks' order.
        """  # fmt: skip
        found: Iterable[BrowsedItem] = self.items
        for wanted in compared(words):
            found = [item for item in found if wanted in item.words]
        if chosen is not None and (chosen.is_narrowed or chosen.banks):
            banks = set(chosen.banks)
            heads = [item.candidate for item in found if not banks or item.ref.bank in banks]
            kept = {each.ref for each in chosen_items(heads, chosen, self._standing)}
            found = [item for item in found if item.ref in kept]
        if column is Column.FILE:
            return list(found)[:: -1 if is_reversed else 1]
        valued = [(self.facts(item.ref).value(column), item) for item in found]
        there = [(value, item) for value, item in valued if value is not None]
        there.sort(key=lambda pair: pair[0], reverse=is_reversed)
        return [*(item for _, item in there), *(item for value, item in valued if value is None)]
