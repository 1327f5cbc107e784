"""What is said after a response."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.authoring.rule import ItemContext, Violation, item_rule


@item_rule(
    "no-rationale",
    why="Whoever got it wrong, or right by luck, is not told why.",
    mend="Add “rationale:” with a sentence or two on why the key is right.",
)
def no_rationale(context: ItemContext) -> Iterator[Violation]:
    """Find items without a rationale; the back of a flashcard is one."""
    if not context.item.rationale.strip() and not context.item.is_self_graded:
        yield Violation("Nothing says why the key is right.")


@item_rule(
    "names-a-position",
    why="Options are shuffled, so that no letter and no place is the same for any two learners.",
    mend="Name the option by what it says.",
)
def names_a_position(context: ItemContext) -> Iterator[Violation]:
    """Find rationales, hints and feedback that call an option by its letter or its place."""
    if not context.options:
        return
    for where, text in context.item.fields_to_check():
        if where[0] in {"rationale", "hint"} or where[-1] == "feedback":
            found = context.words.positions.search(text)
            if found:
                yield Violation(f"“{found[0]}” is another option for every learner.", where)
