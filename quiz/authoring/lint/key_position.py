"""Keys that a whole bank gives away by where they stand and how long they are."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.authoring.key_balance import longest_in, positions_in
from quiz.authoring.rule import BankContext, Violation, bank_rule


@bank_rule(
    "key-positions",
    why="Learners notice when most statements are true, or most keys stand first, and guess by it.",
    mend="Turn some statements round; let options be shuffled. “quiz check --report” has the counts.",
)
def key_positions(bank_context: BankContext) -> Iterator[Violation]:
    """Find keys that are spread unevenly over the places, by chi-square."""
    for positions in positions_in(bank_context.items):
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
)
def longest_is_key(bank_context: BankContext) -> Iterator[Violation]:
    """Find banks whose longest option is the key more often than chance has it, by the binomial test."""
    longest = longest_in(bank_context.items)
    if longest.is_too_often:
        yield Violation(
            f"The longest option is the key in {longest.keys} of {longest.items} items; "
            f"chance would make it {longest.expected:.1f} (binomial, p = {longest.p:.1g}).",
            ("items",), at_field=True,
        )  # fmt: skip
