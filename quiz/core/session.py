"""What sessions of all modes share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import partial
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


class ShelvedBank(NamedTuple):
    """A bank that need not be read yet, with what is known of it before."""

    title: str
    names: Collection[str]
    """The ids of its items."""
    read: Callable[[], Bank]
    """Returns the bank, the same each time."""

    @classmethod
    def of(cls, bank: Bank) -> ShelvedBank:
        """Return a bank that was read."""
        return cls(bank.title, bank.by_id.keys(), partial(_itself, bank))


class ItemLookup(Mapping[ItemRef, BankItem]):
    """Items in their banks, by their ids on record. A bank is read when its first item is looked up."""

    def __init__(
        self, banks: Mapping[str, ShelvedBank] | None = None, word_lists: WordLists = no_word_lists
    ) -> None:
        self._banks = {} if banks is None else {name: bank for name, bank in banks.items() if bank.names}
        self._word_lists = word_lists

    @classmethod
    def of(cls, *banks: Bank, word_lists: WordLists = no_word_lists) -> ItemLookup:
        """Return all items of some banks that were read."""
        return cls({bank.bank: ShelvedBank.of(bank) for bank in banks}, word_lists)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the banks by their ids."""
        return {name: bank.title for name, bank in self._banks.items()}

    @property
    def banks(self) -> tuple[Bank, ...]:
        """The banks in full."""
        return tuple(bank.read() for bank in self._banks.values())

    def __getitem__(self, ref: ItemRef) -> BankItem:
        bank = self._banks[ref.bank].read()
        return BankItem(bank, bank.by_id[ref.item], self._word_lists(bank.language))

    def held(self, refs: Iterable[ItemRef]) -> tuple[ItemRef, ...]:
        """Return those of some items, which may be very many, that are held here."""
        names = {name: bank.names for name, bank in self._banks.items()}
        return tuple(ref for ref in refs if ref.item in names.get(ref.bank, ()))

    def __contains__(self, ref: object) -> bool:
        if not isinstance(ref, ItemRef):
            return False
        bank = self._banks.get(ref.bank)
        return bank is not None and ref.item in bank.names

    def __iter__(self) -> Iterator[ItemRef]:
        return (ItemRef(name, item) for name, bank in self._banks.items() for item in bank.names)

    def __len__(self) -> int:
        return sum(len(bank.names) for bank in self._banks.values())

    def __or__(self, others: ItemLookup) -> ItemLookup:
        """Return the items of these banks and of others that are not among these."""
        return ItemLookup({**self._banks, **others._banks, **self._banks}, self._word_lists)


def _itself(bank: Bank) -> Bank:
    return bank


def arrangement(seed: int, ref: ItemRef, visit: int, item: Item) -> Interaction:
    """Return an item's interaction for its nth visit in a session, with options in the session's order."""
    return item.interaction().arranged(Random(f"{seed}/{ref.bank}/{ref.item}/{visit}"))
