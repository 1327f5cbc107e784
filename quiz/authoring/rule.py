"""What a rule of item writing is, and what it is given to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeAlias

import msgspec

from quiz.authoring.word_lists import Words, words_of
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Problem, Severity, Where
from quiz.core.content.interaction import Choose
from quiz.core.content.item import ABOUT_THE_ITEM, Item
from quiz.core.text.answer_matching import normalised
from quiz.core.text.projector_fit import cells


class Violation(NamedTuple):
    """Something that a rule finds; an item's rule gives its place within the item."""

    message: str
    where: Where = ()
    help: str = ""
    """What to do about it, if it is more than the rule says anyway."""
    at_field: bool = False


class WrittenOption(NamedTuple):
    """An option that an author wrote, with its place within the item."""

    text: str
    where: Where
    is_key: bool
    cells: int
    """How many cells it takes on a line."""


class ItemContext:
    """An item as rules look at it."""

    def __init__(self, item: Item, bank: Bank) -> None:
        self.item = item
        self.bank = bank
        self._split: dict[str, list[str]] = {}

    @property
    def language(self) -> str:
        """The bank's language."""
        return self.bank.language

    @cached_property
    def words(self) -> Words:
        """The word lists of the bank's language, empty where there is none."""
        return words_of(self.bank.language)

    def words_in(self, text: str) -> list[str]:
        """Return the words of one of the item's texts, normalised."""
        if text not in self._split:
            self._split[text] = normalised(text, self.language).split()
        return self._split[text]

    @cached_property
    def options(self) -> tuple[WrittenOption, ...]:
        """The options to choose from, as far as the item's author wrote them; empty for other items."""
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
    """A bank as rules look at it."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.items = tuple(ItemContext(item, bank) for item in bank.items)


class Rule(msgspec.Struct, frozen=True):
    """A rule with its code, what it finds, and what `quiz explain` says of it."""

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
    """Make a rule of a function that looks at one item; the places it gives are within the item."""

    def made(check: ItemCheck) -> Rule:
        def find(bank_context: BankContext) -> Iterator[Violation]:
            for index, context in enumerate(bank_context.items):
                for found in check(context):
                    yield found._replace(where=("items", index, *found.where))

        return Rule(code, why, mend, severity, find)

    return made


def bank_rule(
    code: str, *, why: str, mend: str, severity: Severity = Severity.WARNING
) -> Callable[[BankCheck], Rule]:
    """Make a rule of a function that looks at a whole bank."""

    def made(check: BankCheck) -> Rule:
        return Rule(code, why, mend, severity, check)

    return made
