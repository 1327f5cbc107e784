"""Rules about what a bank has too little of, or twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from quiz.authoring.rule import BankContext, ItemContext, Violation, bank_rule
from quiz.core.content.diagnostics import Severity
from quiz.core.content.interaction import Choose
from quiz.core.text.answer_matching import normalised
from quiz.core.text.phrases import count

UNWRITTEN: Final = "To be written."
"""What an outline puts in a note until somebody writes it."""


def task_of(context: ItemContext) -> int:
    """Return a number for an item's task: a statement is the same whichever way it is judged."""
    item = context.item
    is_statement = isinstance(context.asked, Choose) and not context.options
    key = "" if is_statement else item.key_text()
    return hash(
        (
            item.kind,
            item.stimulus,
            normalised(item.stem, context.language),
            normalised(key, context.language),
        )
    )


def _question_of(context: ItemContext) -> int | None:
    """Return a number for what an item asks about what, None for kinds that are not compared."""
    item = context.item
    if item.kind not in _COMPARED or item.image is not None:
        return None
    return hash((normalised(item.stem, context.language), item.stimulus))


_COMPARED = frozenset({"single-choice", "short-answer", "numeric", "flashcard", "multiple-response"})


@bank_rule(
    "duplicate-item",
    why="Two items that ask the same count twice in an exam and in the schedule. The bank can still be used.",
    mend="Take one of them out, or let it ask something else.",
    severity=Severity.ERROR,
    facts=(task_of,),
)
def duplicate_item(bank_context: BankContext) -> Iterator[Violation]:
    """Find items of one kind with the same question and key."""
    first: dict[int, str] = {}
    for context, task in zip(bank_context.items, bank_context.of_each(task_of), strict=True):
        if task in first:
            yield Violation(f"This asks the same as item “{first[task]}”.", ("items", context.place))
        first.setdefault(task, context.item.id)


@bank_rule(
    "key-elsewhere-wrong",
    why="What is right in one item and wrong in another for the same question teaches nobody anything.",
    mend="Find out which is right; say in the stems what makes them differ if both are.",
    facts=(_question_of,),
)
def key_elsewhere_wrong(bank_context: BankContext) -> Iterator[Violation]:
    """Find keys that are distractors of another item with the same stem."""
    for group in _same_stems(bank_context):
        wrong: dict[str, ItemContext] = {}
        for context in group:
            for option in context.distractors:
                if context.words.is_catch_all(option.text):
                    continue
                wrong.setdefault(normalised(option.text, context.language), context)
        for context in group:
            for key in context.keys:
                other = wrong.get(normalised(key.text, context.language))
                if other is not None and other is not context:
                    said = f"“{key.text}” is wrong in item “{other.item.id}”, which asks the same."
                    yield Violation(said, ("items", context.place, *key.where))


@bank_rule(
    "several-keys",
    why="Who knows one right answer to a question is told that it is another one.",
    mend="Make one item of them, with “accept:” or as a listing, or let the stems differ.",
    facts=(_question_of,),
)
def several_keys(bank_context: BankContext) -> Iterator[Violation]:
    """Find items that ask the same and have another key, options to choose from left aside."""
    for group in _same_stems(bank_context):
        first = group[0]
        if first.words.is_unfocused(first.item.stem) or "statement" in first.item.stem:
            continue
        for context in group[1:]:
            mine, its = (normalised(one.item.key_text(), one.language) for one in (context, first))
            if mine == its or (context.options and first.options and not _shares_options(context, first)):
                continue
            if _is_wrong_elsewhere(context, group) or _is_wrong_elsewhere(first, group):
                continue
            yield Violation(
                f"Item “{first.item.id}” asks the same, and its key is “{first.item.key_text()[:60]}”.",
                ("items", context.place, "stem"),
            )


def _same_stems(bank_context: BankContext) -> Iterator[list[ItemContext]]:
    """Yield items of the kinds that can be compared in groups of the same stem about the same thing."""
    groups: dict[int | None, list[int]] = {}
    for at, question in enumerate(bank_context.of_each(_question_of)):
        groups.setdefault(question, []).append(at)
    for question, places in groups.items():
        if question is not None and len(places) > 1:
            yield [bank_context.items[at] for at in places]


def _shares_options(one: ItemContext, other: ItemContext) -> bool:
    """Return whether two items offer one of the same options, so that they are about the same thing."""
    texts = {normalised(option.text, one.language) for option in one.options}
    return any(normalised(option.text, other.language) in texts for option in other.options)


def _is_wrong_elsewhere(context: ItemContext, group: list[ItemContext]) -> bool:
    keys = {normalised(key.text, context.language) for key in context.keys}
    return any(
        normalised(option.text, other.language) in keys
        for other in group
        if other is not context
        for option in other.distractors
    )


@bank_rule(
    "note-never-asked",
    why="What nobody is asked about is forgotten first.",
    mend="Write an item that cites the note, or take the note out.",
)
def note_never_asked(bank_context: BankContext) -> Iterator[Violation]:
    """Find notes that no item cites."""
    cited = {name for item in bank_context.all_items for name in item.cites}
    for name, note in bank_context.bank.notes.items():
        if name not in cited:
            yield Violation(f"No item cites the note “{note.title}”.", ("notes", name), at_field=True)


@bank_rule(
    "unwritten-note",
    why="Whoever opens the note for help finds nothing in it.",
    mend="Say in it, in your own words, what one must know; or take it out.",
)
def unwritten_note(bank_context: BankContext) -> Iterator[Violation]:
    """Find notes that an outline left to be written."""
    for name, note in bank_context.bank.notes.items():
        if note.text.strip() == UNWRITTEN:
            yield Violation(f"The note “{note.title}” is not written yet.", ("notes", name, "text"))


@bank_rule(
    "thin-topic",
    why="A topic with one item says little about who knows it, and cannot be drawn from for an exam.",
    mend="Write another item for it, or join it to another topic.",
)
def thin_topic(bank_context: BankContext) -> Iterator[Violation]:
    """Find topics with fewer than two items in banks with several topics."""
    if len(bank_context.bank.topics) < 2:
        return
    held = Counter(item.topic for item in bank_context.all_items)
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
    used = {item.stimulus for item in bank_context.all_items}
    for name in bank_context.bank.stimuli:
        if name not in used:
            yield Violation(f"No item is about the stimulus “{name}”.", ("stimuli", name), at_field=True)
