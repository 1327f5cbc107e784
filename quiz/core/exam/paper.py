"""Exams on paper: what each question shows, and which letters mark its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Response, Sorted
from quiz.core.content.interaction import Choose, Enter, Interaction, Match, Order, Sort
from quiz.core.content.item_ref import ItemRef
from quiz.core.session import BankItem, ItemLookup, arrangement


@dataclass(frozen=True)
class PaperQuestion:
    """A question in one form."""

    number: int
    """From 1."""
    bank_item: BankItem
    asked: Interaction
    """Its options in the form's order."""
    points: float

    @property
    def ref(self) -> ItemRef:
        """The item that it asks."""
        return self.bank_item.ref

    @property
    def is_open(self) -> bool:
        """Whether it is answered in writing, so that the teacher gives points."""
        return isinstance(self.asked, Enter) and not all(field.options for field in self.asked.fields)

    @property
    def is_single(self) -> bool:
        """Whether it is answered by one letter."""
        return self.places == 1 and not (isinstance(self.asked, Choose) and not self.asked.is_single)

    @property
    def places(self) -> int:
        """How many letters answer it at most; 0 for an open question."""
        match self.asked:
            case Choose(options):
                return 1 if self.asked.is_single else len(options)
            case Order(entries):
                return len(entries)
            case Match(lefts, _):
                return len(lefts)
            case Sort(members, _):
                return len(members)
            case Enter(fields):
                return 0 if self.is_open else len(fields)
        return 0

    @property
    def parts(self) -> int:
        """How many parts share its points: keys, neighbours in an order, pairs, members, gaps or entries."""
        match self.asked, self.bank_item.item.key_response():
            case Choose(), Chosen(keys):
                return len(keys)
            case Order(entries), _:
                return len(entries) - 1
            case Enter(fields), _:
                return len(fields)
        return self.places

    def lettered(self, place: int = 0) -> tuple[str, ...]:
        """Return the texts that letters stand for at one of its places, from 0, beginning with A."""
        match self.asked:
            case Choose(options) | Order(options):
                return options
            case Match(_, rights):
                return rights
            case Sort(_, bins):
                return bins
            case Enter(fields):
                return fields[place].options
        return ()

    def response(self, letters: Sequence[int]) -> Response:
        """Return the response for letters, given by their places in the alphabet; -1 is none."""
        texts = ["" if letter < 0 else self.lettered(place)[letter] for place, letter in enumerate(letters)]
        match self.asked:
            case Choose():
                return Chosen(tuple(text for text in texts if text))
            case Order():
                return Ordered(tuple(text for text in texts if text))
            case Match(lefts, _):
                return Matched({left: text for left, text in zip(lefts, texts, strict=False) if text})
            case Sort(members, _):
                return Sorted({member: text for member, text in zip(members, texts, strict=False) if text})
        return Entered(tuple(texts))

    @property
    def key_text(self) -> str:
        """The key in words, in the order in which its letters stand."""
        item = self.bank_item.item
        match self.asked, item.key_response():
            case Choose(options), Chosen(keys):
                return "; ".join(option for option in options if option in keys)
            case Match(names, _), Matched(pairs):
                return "; ".join(f"{name} — {pairs[name]}" for name in names)
            case Sort(names, _), Sorted(pairs):
                return "; ".join(f"{name} — {pairs[name]}" for name in names)
        return item.key_text()

    @property
    def key_letters(self) -> str:
        """The letters with the full score; empty for an open question."""
        key = self.bank_item.item.key_response()
        match self.asked, key:
            case Choose(options), Chosen(keys):
                return "".join(ascii_uppercase[place] for place, text in enumerate(options) if text in keys)
            case Order(entries), Ordered(ordered):
                return _letters_of(ordered, entries)
            case Match(lefts, rights), Matched(pairs):
                return "".join(ascii_uppercase[rights.index(pairs[left])] for left in lefts)
            case Sort(members, bins), Sorted(sorted_into):
                return "".join(ascii_uppercase[bins.index(sorted_into[member])] for member in members)
            case Enter(fields), Entered(texts) if not self.is_open:
                return "".join(
                    ascii_uppercase[field.options.index(text)]
                    for field, text in zip(fields, texts, strict=True)
                )
        return ""


def paper_questions(
    items: Sequence[ItemRef], lookup: ItemLookup, seed: int, *, with_weights: bool
) -> tuple[PaperQuestion, ...]:
    """Return the questions of a form, the same as on a screen with that seed."""
    return tuple(
        PaperQuestion(
            number,
            lookup[ref],
            arrangement(seed, ref, 0, lookup[ref].item),
            lookup[ref].item.weight if with_weights else 1.0,
        )
        for number, ref in enumerate(items, 1)
    )


def unprintable(questions: Sequence[PaperQuestion]) -> tuple[PaperQuestion, ...]:
    """Return the questions with more options than there are letters."""
    return tuple(
        question
        for question in questions
        if any(len(question.lettered(place)) > len(ascii_uppercase) for place in range(question.places))
    )


def _letters_of(texts: Sequence[str], shown: Sequence[str]) -> str:
    """Return the letters of texts that are shown; equal texts have different letters."""
    left = list(enumerate(shown))
    letters = []
    for text in texts:
        found = next(pair for pair in left if pair[1] == text)
        left.remove(found)
        letters.append(ascii_uppercase[found[0]])
    return "".join(letters)
