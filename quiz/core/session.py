"""What sessions of all modes share."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from random import Random
from typing import NamedTuple, TypeAlias

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Confidence, Grade, Response
from quiz.core.content.interaction import Interaction
from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef
from quiz.core.text.answer_rules import IsWord


class Phase(StrEnum):
    """The phase of a session."""

    ANSWERING = "answering"
    REVIEWING = "reviewing"
    FINISHED = "finished"


class InvalidTransition(Exception):
    """The session's phase does not allow that: a key was repeated, or pressed too late."""


def confidence_meant(said: Confidence | None, *, is_asked: bool) -> Confidence | None:
    """Return how sure a learner is: where they are asked and say nothing, fairly sure."""
    return Confidence.FAIRLY if said is None and is_asked else said


class BankItem(NamedTuple):
    """An item in its bank."""

    bank: Bank
    item: Item
    is_word: IsWord | None = None
    """Tells whether a word is in the bank's language, if there is a word list."""

    @property
    def ref(self) -> ItemRef:
        """The item's id on record."""
        return ItemRef(self.bank.bank, self.item.id)

    @property
    def topic(self) -> str:
        """The title of its topic."""
        return self.bank.topic_title(self.item)

    def grade(self, response: Response) -> Grade:
        """Grade a response by the rules of the item and its bank."""
        return self.item.grade(response, self.bank.answer_rules(self.is_word))


WordLists: TypeAlias = Callable[[str], IsWord | None]
"""Returns a function that knows the words of a language, by its BCP 47 tag, or None."""


def no_word_lists(language: str) -> IsWord | None:  # noqa: ARG001
    """Return None: there is no word list for any language."""
    return None


class ItemLookup(dict[ItemRef, BankItem]):
    """Items in their banks, by their ids on record."""

    @classmethod
    def of(cls, *banks: Bank, word_lists: WordLists = no_word_lists) -> ItemLookup:
        """Return all items of some banks."""
        known = {bank.bank: word_lists(bank.language) for bank in banks}
        return cls(
            {
                ItemRef(bank.bank, item.id): BankItem(bank, item, known[bank.bank])
                for bank in banks
                for item in bank.items
            }
        )


def arrangement(seed: int, ref: ItemRef, visit: int, item: Item) -> Interaction:
    """Return an item's interaction for its nth visit in a session, with options in the session's order."""
    return item.interaction().arranged(Random(f"{seed}/{ref.bank}/{ref.item}/{visit}"))
