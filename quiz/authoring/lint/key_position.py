"""Keys that a whole bank gives away by where they stand, how long they are and how much is claimed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from quiz.authoring.key_balance import (
    SELDOM,
    key_place_of,
    longest_in,
    longest_option_of,
    positions_in,
)
from quiz.authoring.rule import BankContext, ItemContext, Violation, WrittenOption, bank_rule
from quiz.authoring.significance import at_least
from quiz.core.content.diagnostics import Severity

MOST_READ: Final = 2000
"""How many characters of an option are looked at."""
LEAST_WORDS: Final = 4
"""Of how many words a statement is at the least."""


@bank_rule(
    "key-positions",
    why="Learners notice when most statements are true, or most keys stand first, and guess by it.",
    mend="Reverse some statements; let options be shuffled. “quiz check --report” has the counts.",
    facts=(key_place_of,),
)
def key_positions(bank_context: BankContext) -> Iterator[Violation]:
    """Find keys that are spread unevenly over the places, by chi-square."""
    for positions in positions_in(bank_context):
        if positions.is_uneven:
            test = positions.test
            counted = ", ".join(
                f"{label} {count}×" for label, count in zip(positions.labels, positions.counts, strict=True)
            )
            yield Violation(
                f"The keys are spread unevenly: {counted} "
                f"(chi-square {test.statistic:.1f}, {test.degrees} df, p = {test.p:.1g}).",
                ("items",), at_field=True,
            )  # fmt: skip


@bank_rule(
    "longest-is-key",
    why="Learners who know nothing choose the longest option, and here they would be right too often.",
    mend="Shorten keys or lengthen distractors. “quiz check --report” has the counts.",
    facts=(longest_option_of,),
)
def longest_is_key(bank_context: BankContext) -> Iterator[Violation]:
    """Find banks whose longest option is the key more often than by chance, by the binomial test."""
    longest = longest_in(bank_context)
    if longest.is_too_often:
        yield Violation(
            f"The longest option is the key in {longest.keys} of {longest.items} items; "
            f"chance would make it {longest.expected:.1f} (binomial, p = {longest.p:.1g}).",
            ("items",), at_field=True,
        )  # fmt: skip


class Claims(NamedTuple):
    """The words that claim too much in some options of an item, and not in others."""

    chance: float
    """How likely the key is to have none by chance, from 0 to 1."""
    is_key: bool
    """Whether the key has one."""
    words: tuple[str, ...]


def _claims_of(context: ItemContext) -> Claims | None:
    """Return what the options of an item with one key claim, None where they do not differ in it."""
    if len(context.keys) != 1:
        return None
    claims = {option.text: word for option in context.options if (word := _claim_of(option, context))}
    if not 0 < len(claims) < len(context.options):
        return None
    chance = 1 - len(claims) / len(context.options)
    return Claims(chance, context.keys[0].text in claims, tuple(claims.values()))


@bank_rule(
    "absolute-distractor",
    why="Learners know that what is always or never so is seldom right, and strike it out unread.",
    mend="Let some keys claim as much, or put the distractors without such words.",
    severity=Severity.NOTE,
    facts=(_claims_of,),
)
def absolute_distractor(bank_context: BankContext) -> Iterator[Violation]:
    """Find banks where statements that claim too much are wrong more often than by chance (binomial test)."""
    found = [claims for claims in bank_context.of_each(_claims_of) if claims is not None]
    chances = [claims.chance for claims in found]
    wrong = sum(not claims.is_key for claims in found)
    p = at_least(wrong, chances)
    if wrong and p < SELDOM:
        words = Counter(word for claims in found if not claims.is_key for word in claims.words)
        said = ", ".join(f"“{word}”" for word, _ in words.most_common(3))
        yield Violation(
            f"In {wrong} of {len(chances)} items with words such as {said} only distractors have them; "
            f"chance would make it {sum(chances):.1f} (binomial, p = {p:.1g}).",
            ("items",), at_field=True,
        )  # fmt: skip


def _claim_of(option: WrittenOption, context: ItemContext) -> str:
    """Return the word by which an option claims too much, empty where it is no statement or has none."""
    words = context.words_in(option.text[:MOST_READ])
    if len(words) < LEAST_WORDS:
        return ""
    pairs = pairwise(["", *words])
    absolutes, hedges = context.words.absolutes, context.words.hedges
    return next((word for before, word in pairs if word in absolutes and before not in hedges), "")
