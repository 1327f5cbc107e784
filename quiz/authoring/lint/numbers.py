"""Options that are numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from quiz.authoring.rule import ItemContext, Violation, item_rule
from quiz.core.text.numbers import parse_number

_NUMBER = re.compile(r"(?P<before>[^\d.,\u2212–-]*)(?P<number>[\u2212–-]?[.,]?\d[\d.,  ’'_/]*)(?P<after>.*)")


@item_rule(
    "numeric-order",
    why="Numbers out of order take time to read, and the one that stands out of line looks like the key.",
    mend="Put them in order of size; “quiz check --fix” does.",
)
def numeric_order(context: ItemContext) -> Iterator[Violation]:
    """Find lists of options that are numbers and stand neither in rising nor in falling order."""
    if (
        not context.options
        or numbers_in([option.text for option in context.options], context.language) is None
    ):
        return
    listed = sorted(
        (option for option in context.options if len(option.where) > 1 and isinstance(option.where[1], int)),
        key=lambda option: (str(option.where[0]), option.where[1]),
    )
    for field, group in groupby(listed, key=lambda option: option.where[0]):
        texts = [option.text for option in group]
        if rising(texts, context.language) is not None:
            yield Violation(f"These numbers stand in no order: {'; '.join(texts)}.", (field,), at_field=True)


def numbers_in(texts: Sequence[str], language: str) -> list[Fraction] | None:
    """Return the numbers that texts hold, None unless each is one, with the same words around it in all."""
    found = [_NUMBER.fullmatch(text.strip()) for text in texts]
    around = {(one["before"].strip(), one["after"].strip()) if one else None for one in found}
    if len(around) != 1:
        return None
    numbers = [parse_number(one["number"].strip(), language) for one in found if one]
    read = [number for number in numbers if number is not None]
    return read if read and len(read) == len(texts) else None


def rising(texts: Sequence[str], language: str) -> tuple[int, ...] | None:
    """Return the places of numbers in rising order, None where they rise or fall already or are none."""
    numbers = numbers_in(texts, language)
    if numbers is None or numbers in (sorted(numbers), sorted(numbers, reverse=True)):
        return None
    return tuple(sorted(range(len(numbers)), key=numbers.__getitem__))
