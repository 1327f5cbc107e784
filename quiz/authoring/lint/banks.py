"""What a bank has too little of, or twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quiz.authoring.rule import BankContext, ItemContext, Violation, bank_rule
from quiz.core.content.diagnostics import Severity
from quiz.core.content.interaction import Choose
from quiz.core.text.answer_matching import normalised
from quiz.core.text.phrases import count


@bank_rule(
    "duplicate-item",
    why="Two items that ask the same count twice in a test and in the schedule. The bank can still be used.",
    mend="Take one of them out, or let it ask something else.",
    severity=Severity.ERROR,
)
def duplicate_item(bank_context: BankContext) -> Iterator[Violation]:
    """Find items of one kind that ask the same with the same key."""
    first: dict[tuple[str, ...], str] = {}
    for index, context in enumerate(bank_context.items):
        task = _task(context)
        if task in first:
            yield Violation(f"This asks the same as item “{first[task]}”.", ("items", index))
        first.setdefault(task, context.item.id)


def _task(context: ItemContext) -> tuple[str, ...]:
    """Return what makes an item's task: a statement is the same whichever way it is judged."""
    item = context.item
    is_statement = isinstance(item.interaction(), Choose) and not context.options
    key = "" if is_statement else item.key_text()
    return (
        item.kind,
        item.stimulus,
        normalised(item.stem, context.language),
        normalised(key, context.language),
    )


@bank_rule(
    "note-never-asked",
    why="What nobody is asked about is forgotten first.",
    mend="Write an item that cites the note, or take the note out.",
)
def note_never_asked(bank_context: BankContext) -> Iterator[Violation]:
    """Find notes that no item cites."""
    cited = {name for context in bank_context.items for name in context.item.cites}
    for name, note in bank_context.bank.notes.items():
        if name not in cited:
            yield Violation(f"No item cites the note “{note.title}”.", ("notes", name), at_field=True)


@bank_rule(
    "thin-topic",
    why="A topic with one item says little about who knows it, and cannot be drawn from for a test.",
    mend="Write another item for it, or join it to another topic.",
)
def thin_topic(bank_context: BankContext) -> Iterator[Violation]:
    """Find topics with fewer than two items, where a bank has more topics than one."""
    if len(bank_context.bank.topics) < 2:
        return
    held = Counter(context.item.topic for context in bank_context.items)
    for name, title in bank_context.bank.topics.items():
        if held[name] < 2:
            has = count(held[name], "item") if held[name] else "no item"
            yield Violation(f"The topic “{title}” has {has}.", ("topics", name), at_field=True)


@bank_rule(
    "unused-stimulus",
    why="A stimulus that no item is about is never shown.",
    mend="Name it in an item's “stimulus:”, or take it out.",
)
def unused_stimulus(bank_context: BankContext) -> Iterator[Violation]:
    """Find stimuli that no item is about."""
    used = {context.item.stimulus for context in bank_context.items}
    for name in bank_context.bank.stimuli:
        if name not in used:
            yield Violation(f"No item is about the stimulus “{name}”.", ("stimuli", name), at_field=True)
