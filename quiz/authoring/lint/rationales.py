"""Rules about what is shown after a response."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.authoring.rule import BankContext, ItemContext, Violation, bank_rule, item_rule
from quiz.core.text.phrases import count

MANY = 5
"""From how many items on something that most of them lack is said once for the bank."""


@bank_rule(
    "no-rationale",
    why="Whoever got it wrong, or right by luck, is not told why.",
    mend="Add “rationale:” with a sentence or two on why the key is right.",
)
def no_rationale(bank_context: BankContext) -> Iterator[Violation]:
    """Find items without a rationale, all at once where that is most of a bank; a flashcard's back is one."""
    without = [
        context.place
        for context in bank_context.items
        if not context.item.rationale.strip() and not context.item.is_self_graded
    ]
    if len(without) >= MANY and len(without) * 2 > len(bank_context.items):
        said = (
            f"{count(len(without), 'item')} of {len(bank_context.items):,} do not say why their key is right."
        )
        yield Violation(said, ("items",), at_field=True)
        return
    for place in without:
        yield Violation("Nothing says why the key is right.", ("items", place))


@item_rule(
    "names-a-position",
    why="Options are shuffled, so that no letter and no place is the same for any two learners.",
    mend="Name the option by what it says.",
)
def names_a_position(context: ItemContext) -> Iterator[Violation]:
    """Find rationales, hints and feedback that refer to an option by its letter or place."""
    if not context.options:
        return
    for where, text in context.texts:
        if where[0] in {"rationale", "hint"} or where[-1] == "feedback":
            found = context.words.positions.search(text)
            if found:
                yield Violation(f"“{found[0]}” is a different option for every learner.", where)
