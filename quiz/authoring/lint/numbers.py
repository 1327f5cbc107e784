"""Numbers: options that are the same one, tolerances, and how many things a stem asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from quiz.authoring.rule import ItemContext, Violation, item_rule
from quiz.core.content.interaction import Enter
from quiz.core.content.kinds.numeric import Numeric
from quiz.core.text.numbers import parse_number

_NUMBER = re.compile(r"[+\u2212–-]?[\d.,  ’'_/]*\d[%°]?")
WIDEST: Final = Fraction(1, 2)
"""Which part of the key a tolerance may be before nearly anything is right."""
LONGEST: Final = 40
"""How many characters a number takes at the most."""
MOST_READ: Final = 300
"""How many characters of a stem are looked at for how many things it asks."""


@item_rule(
    "equal-numbers",
    why="Two options that are the same number are both right or both wrong, however they are written.",
    mend="Change one of them, or say in the stem that the way of writing counts.",
)
def equal_numbers(context: ItemContext) -> Iterator[Violation]:
    """Find options that are one number written in two ways."""
    seen: dict[tuple[Fraction, str], str] = {}
    if not all(len(one.text) < LONGEST and _NUMBER.fullmatch(one.text.strip()) for one in context.options):
        return
    for option in context.options:
        text = option.text.strip()
        unit = text[-1] if text[-1] in "%°" else ""
        value = parse_number(text.removesuffix(unit), context.language)
        if value is None:
            continue
        first = seen.setdefault((value, unit), text)
        if first != text:
            yield Violation(f"“{text}” is the same number as “{first}”.", option.where)


@item_rule(
    "wide-tolerance",
    why="With a tolerance of more than half of the key nearly any guess is right.",
    mend="Write a smaller tolerance, as a number or as a per cent of the key.",
)
def wide_tolerance(context: ItemContext) -> Iterator[Violation]:
    """Find numeric items whose tolerance is more than half of their key."""
    item = context.item
    if not isinstance(item, Numeric):
        return
    key = parse_number(item.key, context.language)
    if key and item.margin(context.language) > abs(key) * WIDEST:
        yield Violation("The tolerance is more than half of the key.", ("tolerance",))


@item_rule(
    "count-mismatch",
    why="Who is asked for two things and finds three right ones cannot tell what is meant.",
    mend="Let the stem and the number of keys agree, or set “ask_for:”.",
)
def count_mismatch(context: ItemContext) -> Iterator[Violation]:
    """Find stems that ask for another number of things than there are keys."""
    asked = context.asked
    has = len(context.keys)
    if isinstance(asked, Enter) and asked.is_list:
        has = len(asked.fields)
    elif not context.options or getattr(asked, "is_single", True):
        return
    found = context.words.counts.search(context.item.stem[:MOST_READ])
    if found is None:
        return
    many = found["many"].lower()
    number = int(many) if many.isdigit() else context.words.numbers.index(many) + 2
    if number != has:
        yield Violation(
            f"The stem asks for {number}, and there {'is' if has == 1 else 'are'} {has}.", ("stem",)
        )
