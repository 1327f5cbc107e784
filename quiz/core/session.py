"""What sessions of every mode share."""

from __future__ import annotations

from enum import StrEnum
from random import Random
from typing import NamedTuple

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Confidence
from quiz.core.content.interaction import Interaction
from quiz.core.content.item import Item, ItemRef


class Phase(StrEnum):
    """Where a session stands."""

    ANSWERING = "answering"
    REVIEWING = "reviewing"
    FINISHED = "finished"


class InvalidTransition(Exception):
    """The session's phase does not allow that: a key was repeated or came too late."""


def confidence_meant(said: Confidence | None, *, is_asked: bool) -> Confidence | None:
    """Return how sure a learner is: where they are asked, saying nothing means fairly sure."""
    return Confidence.FAIRLY if said is None and is_asked else said


class BankItem(NamedTuple):
    """An item in its bank."""

    bank: Bank
    item: Item

    @property
    def ref(self) -> ItemRef:
        """What the record calls it."""
        return ItemRef(self.bank.bank, self.item.id)

    @property
    def topic(self) -> str:
        """The title of its topic."""
        return self.bank.topic_title(self.item)


class ItemLookup(dict[ItemRef, BankItem]):
    """Items in their banks, by what the record calls them."""

    @classmethod
    def of(cls, *banks: Bank) -> ItemLookup:
        """Return all items of some banks."""
        return cls(
            {ItemRef(bank.bank, item.id): BankItem(bank, item) for bank in banks for item in bank.items}
        )


def arrangement(seed: int, ref: ItemRef, visit: int, item: Item) -> Interaction:
    """Return an item's interaction as a session shows it at its nth visit, options in the session's order."""
    return item.interaction().arranged(Random(f"{seed}/{ref.bank}/{ref.item}/{visit}"))
