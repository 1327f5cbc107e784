"""Rules of item writing, and what they are given to examine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, TypeVar

import msgspec

from quiz.authoring.word_lists import Words, words_of
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Problem, Severity, Where
from quiz.core.content.grading import Response
from quiz.core.content.interaction import Choose, Interaction
from quiz.core.content.item import ABOUT_THE_ITEM, Ignore, Item
from quiz.core.text.answer_matching import normalised
from quiz.core.text.projector_fit import cells

T = TypeVar("T")


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
    """An item, as rules examine it. What they have in common is worked out once."""

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
    def asked(self) -> Interaction:
        """The item's interaction."""
        return self.item.interaction()

    @cached_property
    def key(self) -> Response:
        """The response with the full score."""
        return self.item.key_response()

    @cached_property
    def texts(self) -> tuple[tuple[Where, str], ...]:
        """Every text of the item with its place within it."""
        return tuple(self.item.fields_to_check())

    @cached_property
    def encoded(self) -> bytes:
        """The item as JSON, in which bytes are found faster than in each of its texts."""
        return msgspec.json.encode(self.item)

    @cached_property
    def options(self) -> tuple[WrittenOption, ...]:
        """The options as far as the author wrote them; empty for items without options."""
        if not isinstance(self.asked, Choose):
            return ()
        keys = set(getattr(self.key, "options", ()))
        places: dict[str, Where] = {}
        for where, text in self.texts:
            if where[0] not in ABOUT_THE_ITEM and where[0] != "stem":
                places.setdefault(text, where)
        return tuple(
            WrittenOption(text, places[text], text in keys, cells(text))
            for text in self.asked.options
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


class ItemContexts:
    """The items of a bank, each with its context when it is asked for: all at once would fill memory."""

    def __init__(self, bank: Bank, places: Sequence[int]) -> None:
        self._bank = bank
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> ItemContext:
        return ItemContext(self._bank.items[index], self._bank, self._places[index])

    def __iter__(self) -> Iterator[ItemContext]:
        return map(self.__getitem__, range(len(self)))


ItemFact: TypeAlias = Callable[[ItemContext], T]
"""Tells a little of an item that a bank's rule compares with other items."""


class BankContext:
    """A bank, as rules examine it."""

    def __init__(self, bank: Bank, places: Sequence[int] = (), others: Sequence[Item] = ()) -> None:
        """Look at a bank; where items of its file cannot be read, `others` stand for them.

        `places` are those of the bank's items in the file, one after the other if nothing is said.
        """
        self.bank = bank
        self.items = ItemContexts(bank, places or range(len(bank.items)))
        self._facts: dict[ItemFact[Any], list[Any]] = {}
        self.others = tuple(others)
        """What stands for the items that cannot be read: their ids and what they refer to."""

    def looked_through(self, facts: Iterable[ItemFact[Any]]) -> Iterator[ItemContext]:
        """Yield each item, and then note what `facts` tell of it for `of_each`."""
        noted: dict[ItemFact[Any], list[Any]] = {fact: [] for fact in facts if fact not in self._facts}
        for context in self.items:
            yield context
            for fact, told in noted.items():
                told.append(fact(context))
        self._facts.update(noted)

    def of_each(self, fact: ItemFact[T]) -> list[T]:
        """Return what a function tells of each item, in the order of the items."""
        if fact not in self._facts:
            for _ in self.looked_through([fact]):
                pass
        return self._facts[fact]

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


ItemCheck: TypeAlias = Callable[[ItemContext], Iterator[Violation]]
BankCheck: TypeAlias = Callable[[BankContext], Iterator[Violation]]


class Rule(msgspec.Struct, frozen=True):
    """A rule with its code, and what `quiz explain` says about it."""

    code: str
    why: str
    """Why it matters, in a sentence."""
    mend: str
    """What to do about it, in a sentence or two."""
    severity: Severity

    def problem(self, found: Violation, *before: str | int) -> Problem:
        """Return what the rule found as a problem of the bank, its place within what stands before it."""
        return Problem(
            code=self.code,
            message=found.message,
            where=(*before, *found.where),
            help=found.help or self.mend,
            severity=self.severity,
            at_field=found.at_field,
        )


class ItemRule(Rule, frozen=True):
    """A rule about single items."""

    check: ItemCheck


class BankRule(Rule, frozen=True):
    """A rule about a whole bank."""

    check: BankCheck
    facts: tuple[ItemFact[Any], ...] = ()
    """What it asks of each item."""


def problems_by(rules: Sequence[Rule], bank_context: BankContext) -> Iterator[Problem]:
    """Yield what rules find in a bank: in each item in turn, and then in the whole bank."""
    of_items = [rule for rule in rules if isinstance(rule, ItemRule)]
    of_bank = [rule for rule in rules if isinstance(rule, BankRule)]
    for context in bank_context.looked_through(fact for rule in of_bank for fact in rule.facts):
        for rule in of_items:
            for found in rule.check(context):
                yield rule.problem(found, "items", context.place)
    for one in of_bank:
        for found in one.check(bank_context):
            yield one.problem(found)


def item_rule(
    code: str, *, why: str, mend: str, severity: Severity = Severity.WARNING
) -> Callable[[ItemCheck], Rule]:
    """Make a rule from a function that examines one item; the places it gives are within the item."""
    return lambda check: ItemRule(code, why, mend, severity, check)


def bank_rule(
    code: str,
    *,
    why: str,
    mend: str,
    severity: Severity = Severity.WARNING,
    facts: tuple[ItemFact[Any], ...] = (),
) -> Callable[[BankCheck], Rule]:
    """Make a rule from a function that examines a whole bank.

    It asks `of_each` what `facts` tell of each item: for all rules each item is looked at once.
    """
    return lambda check: BankRule(code, why, mend, severity, check, facts)
