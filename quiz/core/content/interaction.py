"""Interactions: how a learner answers, as plain data that any front end can show."""

from __future__ import annotations

import re
from random import Random
from typing import ClassVar, TypeAlias, TypeVar

import msgspec

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Recalled, Response, Sorted
from quiz.core.text.numbers import in_order
from quiz.core.text.several_answers import entries_in

T = TypeVar("T")


class Choose(msgspec.Struct, frozen=True, tag="choose"):
    """Choose between `least` and `most` of the options."""

    options: tuple[str, ...]
    least: int = 1
    most: int = 1
    can_shuffle: bool = True

    response_type: ClassVar[type[Response]] = Chosen

    @classmethod
    def among(cls, options: tuple[str, ...], *, most: int = 1, can_shuffle: bool = True) -> Choose:
        """Return a choice among options. Numbers that may be shuffled are put in order instead."""
        numbers = in_order(options) if can_shuffle else None
        if numbers is not None:
            return cls(numbers, most=most, can_shuffle=False)
        return cls(options, most=most, can_shuffle=can_shuffle)

    @property
    def is_single(self) -> bool:
        """Whether choosing an option replaces the one chosen before."""
        return self.most == 1

    @property
    def instruction(self) -> str:
        """A short instruction for the learner."""
        return "Choose one." if self.is_single else "Choose all that apply."

    def is_complete(self, response: Response) -> bool:
        """Return whether the response can be submitted."""
        return (
            isinstance(response, Chosen)
            and self.least <= len(set(response.options)) == len(response.options) <= self.most
            and set(response.options) <= set(self.options)
        )

    def arranged(self, rng: Random) -> Choose:
        """Return the same interaction with its options shuffled, unless their order is fixed.

        Options that differ only in a number, such as “Sentence 1” and “Sentence 2”, are put in numerical
        order.
        """
        if not self.can_shuffle:
            return self
        options = in_number_order(self.options) or shuffled(self.options, rng)
        return msgspec.structs.replace(self, options=options)


class Field(msgspec.Struct, frozen=True):
    """One place to type into."""

    label: str = ""
    unit: str = ""
    is_number: bool = False
    options: tuple[str, ...] = ()
    """The options to choose from; empty if the answer is typed."""

    @property
    def choices(self) -> str:
        """The options with their numbers, in one line."""
        return "   ".join(f"{number} {option}" for number, option in enumerate(self.options, 1))

    def given(self, text: str) -> str:
        """Return the option that a number or its own text stands for; any other text unchanged."""
        said = text.strip()
        if said.isascii() and said.isdigit() and 1 <= int(said[:4]) <= len(self.options):
            return self.options[int(said[:4]) - 1]
        return next((option for option in self.options if option.casefold() == said.casefold()), text)

    def with_unit(self, text: str) -> str:
        """Return what was typed with the unit, which is not added where one was typed, too."""
        said = text.strip()
        has_one = any(map(str.isdigit, said)) and not said.rstrip(".!")[-1:].isdigit()
        return said if has_one or said.startswith(self.unit) else f"{said} {self.unit}"

    def takes(self, text: str) -> bool:
        """Return whether a text can be submitted: any text, or one of the options."""
        return not self.options or not text.strip() or text in self.options


class Enter(msgspec.Struct, frozen=True, tag="enter"):
    """Type into one or several fields."""

    fields: tuple[Field, ...]
    around: tuple[str, ...] = ()
    """The text before, between and after the fields, one part more than fields; empty if there is none."""
    is_list: bool = False
    """Whether the fields are a list to fill in any order, one entry at a time."""
    can_shuffle: bool = True
    is_split: bool | msgspec.UnsetType = msgspec.UNSET
    """Whether commas and semicolons separate the entries of a list: no correct answer holds one."""

    response_type: ClassVar[type[Response]] = Entered

    @property
    def instruction(self) -> str:
        """A short instruction for the learner."""
        if self.is_list and len(self.fields) > 1:
            return f"Type {len(self.fields)} answers, in any order."
        if len(self.fields) > 1:
            return f"Fill in the {len(self.fields)} gaps."
        if self.fields and self.fields[0].options:
            return "Choose what belongs in the gap."
        return "Type a number." if self.fields and self.fields[0].is_number else "Type your answer."

    def entries_in(self, line: str) -> tuple[str, ...]:
        """Return the entries of a list that a line holds, none of them empty."""
        if self.is_split is True:
            return entries_in(line)
        return (line.strip(),) if line.strip() else ()

    def is_complete(self, response: Response) -> bool:
        """Return whether the response can be submitted: at least one field is filled in."""
        return (
            isinstance(response, Entered)
            and len(response.texts) <= len(self.fields)
            and any(text.strip() for text in response.texts)
            and all(field.takes(text) for field, text in zip(self.fields, response.texts, strict=False))
        )

    def arranged(self, rng: Random) -> Enter:
        """Return the same interaction with the options of its fields shuffled; fields keep their places."""
        if not self.can_shuffle or not any(field.options for field in self.fields):
            return self
        fields = tuple(
            msgspec.structs.replace(field, options=shuffled(field.options, rng)) for field in self.fields
        )
        return msgspec.structs.replace(self, fields=fields)


class Order(msgspec.Struct, frozen=True, tag="order"):
    """Put the entries in order."""

    entries: tuple[str, ...]
    can_shuffle: bool = True

    response_type: ClassVar[type[Response]] = Ordered

    @property
    def instruction(self) -> str:
        """A short instruction for the learner."""
        return "Put these in order, from first to last."

    def is_complete(self, response: Response) -> bool:
        """Return whether the response can be submitted: every entry has a place."""
        return isinstance(response, Ordered) and sorted(response.entries) == sorted(self.entries)

    def arranged(self, rng: Random) -> Order:
        """Return the same interaction with its entries in a random order that is not the key's."""
        if not self.can_shuffle:
            return self
        return msgspec.structs.replace(self, entries=deranged(self.entries, rng))


class Match(msgspec.Struct, frozen=True, tag="match"):
    """Match each left side with a right side. A right side may be used several times or not at all."""

    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    can_shuffle: bool = True

    response_type: ClassVar[type[Response]] = Matched

    @property
    def instruction(self) -> str:
        """A short instruction for the learner."""
        return "Match each entry in the first list with one in the second."

    def is_complete(self, response: Response) -> bool:
        """Return whether the response can be submitted: every left side is matched."""
        return (
            isinstance(response, Matched)
            and set(response.pairs) == set(self.lefts)
            and set(response.pairs.values()) <= set(self.rights)
        )

    def arranged(self, rng: Random) -> Match:
        """Return the same interaction with both sides shuffled."""
        if not self.can_shuffle:
            return self
        return msgspec.structs.replace(
            self, lefts=shuffled(self.lefts, rng), rights=deranged(self.rights, rng)
        )


class Sort(msgspec.Struct, frozen=True, tag="sort"):
    """Put each member into one of the bins."""

    members: tuple[str, ...]
    bins: tuple[str, ...]
    can_shuffle: bool = True

    response_type: ClassVar[type[Response]] = Sorted

    @property
    def instruction(self) -> str:
        """A short instruction for the learner."""
        return "Put each of these into the group where it belongs."

    def is_complete(self, response: Response) -> bool:
        """Return whether the response can be submitted: every member is in a bin."""
        return (
            isinstance(response, Sorted)
            and set(response.bins) == set(self.members)
            and set(response.bins.values()) <= set(self.bins)
        )

    def arranged(self, rng: Random) -> Sort:
        """Return the same interaction with its members shuffled; bins keep their places."""
        if not self.can_shuffle:
            return self
        return msgspec.structs.replace(self, members=shuffled(self.members, rng))


class Reveal(msgspec.Struct, frozen=True, tag="reveal"):
    """Recall, reveal the back, and rate how well it was known."""

    back: str

    response_type: ClassVar[type[Response]] = Recalled

    @property
    def instruction(self) -> str:
        """A short instruction for the learner."""
        return "Recall the answer, then show the back and say how well you knew it."

    def is_complete(self, response: Response) -> bool:
        """Return whether the response can be submitted: a rating from 1 to 4 was given."""
        return isinstance(response, Recalled) and response.rating in {1, 2, 3, 4}

    def arranged(self, rng: Random) -> Reveal:  # noqa: ARG002
        """Return the same interaction: there is nothing to shuffle."""
        return self


Interaction: TypeAlias = Choose | Enter | Order | Match | Sort | Reveal

RATINGS: dict[int, str] = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}
"""The ratings of a recall, by FSRS's numbers."""


_NUMBERED = re.compile(r"(.*\D|)(\d{1,9})(\D*)", re.DOTALL)


def in_number_order(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts that differ only in their last number, sorted by it; empty if there are others."""
    found = [_NUMBERED.fullmatch(text) for text in texts]
    matches = [match for match in found if match]
    words = {(match[1], match[3]) for match in matches}
    is_alike = len(matches) == len(texts) and len(words) == 1 and any(map(str.strip, words.pop()))
    ordered = sorted(matches, key=lambda match: int(match[2]))
    return tuple(match[0] for match in ordered) if is_alike else ()


def shuffled(things: tuple[T, ...], rng: Random) -> tuple[T, ...]:
    """Return the things in an order drawn from `rng`."""
    return tuple(rng.sample(things, len(things)))


def deranged(things: tuple[T, ...], rng: Random) -> tuple[T, ...]:
    """Return the things in an order drawn from `rng` that differs from theirs, if there is one."""
    drawn = shuffled(things, rng)
    if drawn == things and len(set(things)) > 1:
        drawn = (*things[1:], things[0])
    return drawn
