"""Rules of item writing, and what they are given to examine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

import msgspec

from quiz.authoring.word_lists import Words, words_of
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Problem, Severity, Where
from quiz.core.content.interaction import Choose
from quiz.core.content.item import ABOUT_THE_ITEM, Ignore, Item
from quiz.core.text.answer_matching import normalised
from quiz.core.text.projector_fit import cells


class Violation(NamedTuple):
    """Something that a rule finds. An item's rule gives the place within the item."""

    message: str
    where: Where = ()
    help: str = ""
    """What to do about it, if that differs from the rule's own advice."""
    at_field: bool = False


class WrittenOption(NamedTuple):
    """An option as the author wrote it, with its place within the item."""

    text: str
    where: Where
    is_key: bool
    cells: int
    """How many cells it takes on a line."""


class ItemContext:
    """An item, as rules examine it."""

    def __init__(self, item: Item, bank: Bank, place: int = 0) -> None:
        self.item = item
        self.bank = bank
        self.place = place
        """Its place among the items of the file, from 0."""
        self._split: dict[str, list[str]] = {}

    @property
    def language(self) -> str:
        """The bank's language."""
        return self.bank.language

    @cached_property
    def words(self) -> Words:
        """The word lists of the bank's language, empty if there are none."""
        return words_of(self.bank.language)

    def lets_stand(self, code: str) -> bool:
        """Return whether the item or its bank accepts findings of a code."""
        return code in self.item.lint.ignore or code in self.bank.lint.ignore

    def words_in(self, text: str) -> list[str]:
        """Return the words of one of the item's texts, normalised."""
        if text not in self._split:
            self._split[text] = normalised(text, self.language).split()
        return self._split[text]

    @cached_property
    def options(self) -> tuple[WrittenOption, ...]:
        """The options as far as the author wrote them; empty for items without options."""
        asked = self.item.interaction()
        if not isinstance(asked, Choose):
            return ()
        keys = set(getattr(self.item.key_response(), "options", ()))
        places: dict[str, Where] = {}
        for where, text in self.item.fields_to_check():
            if where[0] not in ABOUT_THE_ITEM and where[0] != "stem":
                places.setdefault(text, where)
        return tuple(
            WrittenOption(text, places[text], text in keys, cells(text))
            for text in asked.options
            if text in places
        )

    @cached_property
    def keys(self) -> tuple[WrittenOption, ...]:
        """The options that are keys."""
        return tuple(option for option in self.options if option.is_key)

    @cached_property
    def distractors(self) -> tuple[WrittenOption, ...]:
        """The options that are distractors."""
        return tuple(option for option in self.options if not option.is_key)


class BankContext:
    """A bank, as rules examine it."""

    def __init__(self, bank: Bank, places: Sequence[int] = (), others: Sequence[Item] = ()) -> None:
        """Look at a bank; where items of its file cannot be read, `others` stand for them.

        `places` are those of the bank's items in the file, one after the other if nothing is said.
        """
        self.bank = bank
        at = places or range(len(bank.items))
        self.items = tuple(ItemContext(item, bank, place) for place, item in zip(at, bank.items, strict=True))
        self.others = tuple(others)
        """What stands for the items that cannot be read: their ids and what they refer to."""

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all items of the file in its order, empty for those that have none."""
        here = {context.place: context.item.id for context in self.items}
        rest = iter(self.others)
        every = range(len(self.items) + len(self.others))
        ids = [here[place] if place in here else next(rest).id for place in every]
        return tuple("" if name.startswith("#") else name for name in ids)

    @property
    def accepted(self) -> Iterator[tuple[Where, Ignore]]:
        """What `lint:` says of the bank and of its items, with the places where it says it."""
        yield (), self.bank.lint
        for context in self.items:
            yield ("items", context.place), context.item.lint

    @property
    def all_items(self) -> tuple[Item, ...]:
        """All items of the file, as far as what they refer to is known."""
        return (*self.bank.items, *self.others)


class Rule(msgspec.Struct, frozen=True):
    """A rule with its code, its check, and what `quiz explain` says about it."""

    code: str
    why: str
    """Why it matters, in a sentence."""
    mend: str
    """What to do about it, in a sentence or two."""
    severity: Severity
    find: Callable[[BankContext], Iterator[Violation]]

    def problems(self, bank_context: BankContext) -> Iterator[Problem]:
        """Yield what the rule finds in a bank."""
        for found in self.find(bank_context):
            yield Problem(
                code=self.code,
                message=found.message,
                where=found.where,
                help=found.help or self.mend,
                severity=self.severity,
                at_field=found.at_field,
            )


ItemCheck: TypeAlias = Callable[[ItemContext], Iterator[Violation]]
BankCheck: TypeAlias = Callable[[BankContext], Iterator[Violation]]


def item_rule(
    code: str, *, why: str, mend: str, severity: Severity = Severity.WARNING
) -> Callable[[ItemCheck], Rule]:
    """Make a rule from a function that examines one item; the places it gives are within the item."""

    def made(check: ItemCheck) -> Rule:
        def find(bank_context: BankContext) -> Iterator[Violation]:
            for context in bank_context.items:
                for found in check(context):
                    yield found._replace(where=("items", context.place, *found.where))

        return Rule(code, why, mend, severity, find)

    return made


def bank_rule(
    code: str, *, why: str, mend: str, severity: Severity = Severity.WARNING
) -> Callable[[BankCheck], Rule]:
    """Make a rule from a function that examines a whole bank."""

    def made(check: BankCheck) -> Rule:
        return Rule(code, why, mend, severity, check)

    return made
