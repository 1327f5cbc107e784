"""Rules about what a bank has too little of, or twice."""

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
    why="Two items that ask the same count twice in an exam and in the schedule. The bank can still be used.",
    mend="Take one of them out, or let it ask something else.",
    severity=Severity.ERROR,
)
def duplicate_item(bank_context: BankContext) -> Iterator[Violation]:
    """Find items of one kind with the same question and key."""
    first: dict[tuple[str, ...], str] = {}
    for looked in survey.items:
        task = task_of(looked)
        if task in first:
            yield Violation(f"This asks the same as item “{first[task]}”.", ("items", looked.place))
        first.setdefault(task, looked.item.id)


def task_of(looked: ItemContext) -> tuple[str, ...]:
    """Return what makes an item's task: a statement is the same whichever way it is judged."""
    item = looked.item
    is_statement = isinstance(item.interaction(), Choose) and not looked.choices
    key = "" if is_statement else item.key_text()
    return (
        item.kind,
        item.stimulus,
        normalised(item.stem, context.language),
        normalised(key, context.language),
    )


@bank_rule(
    "key-elsewhere-wrong",
    why="What is right in one item and wrong in another for the same question teaches nobody anything.",
    mend="Find out which is right; say in the stems what makes them differ if both are.",
)
def key_elsewhere_wrong(survey: BankContext) -> Iterator[Violation]:
    """Find keys that are distractors of another item with the same stem."""
    for group in _same_stems(survey):
        wrong: dict[str, ItemContext] = {}
        for looked in group:
            for choice in looked.distractors:
                if looked.words.catch_alls.fullmatch(choice.text.casefold().rstrip(".!")):
                    continue
                wrong.setdefault(normalised(choice.text, looked.language), looked)
        for looked in group:
            for key in looked.keys:
                other = wrong.get(normalised(key.text, looked.language))
                if other is not None and other is not looked:
                    said = f"“{key.text}” is wrong in item “{other.item.id}”, which asks the same."
                    yield Violation(said, ("items", looked.place, *key.where))


@bank_rule(
    "several-keys",
    why="Who knows one right answer to a question is told that it is another one.",
    mend="Make one item of them, with “accept:” or as a listing, or let the stems differ.",
)
def several_keys(survey: BankContext) -> Iterator[Violation]:
    """Find items that ask the same and have another key, options to choose from left aside."""
    for group in _same_stems(survey):
        first = group[0]
        if first.words.unfocused.fullmatch(first.item.stem.strip(" .:?…")) or "statement" in first.item.stem:
            continue
        for looked in group[1:]:
            mine, its = (normalised(one.item.key_text(), one.language) for one in (looked, first))
            if mine == its or (looked.choices and first.choices and not _shares_options(looked, first)):
                continue
            if _is_wrong_elsewhere(looked, group) or _is_wrong_elsewhere(first, group):
                continue
            yield Violation(
                f"Item “{first.item.id}” asks the same, and its key is “{first.item.key_text()[:60]}”.",
                ("items", looked.place, "stem"),
            )


_ASKED_TO_TYPE = frozenset({"single-choice", "short-answer", "numeric", "flashcard", "multiple-response"})


def _same_stems(survey: BankContext) -> list[list[ItemContext]]:
    """Return items of the kinds that can be compared in groups of the same stem about the same thing."""
    groups: dict[tuple[str, str], list[ItemContext]] = {}
    for looked in survey.items:
        item = looked.item
        if item.kind in _ASKED_TO_TYPE and item.image is None:
            groups.setdefault((normalised(item.stem, looked.language), item.stimulus), []).append(looked)
    return [group for group in groups.values() if len(group) > 1]


def _shares_options(one: ItemContext, other: ItemContext) -> bool:
    """Say whether two items offer one of the same options, so that they are about the same choice."""
    texts = {normalised(choice.text, one.language) for choice in one.choices}
    return any(normalised(choice.text, other.language) in texts for choice in other.choices)


def _is_wrong_elsewhere(looked: ItemContext, group: list[ItemContext]) -> bool:
    keys = {normalised(key.text, looked.language) for key in looked.keys}
    return any(
        normalised(choice.text, other.language) in keys
        for other in group
        if other is not looked
        for choice in other.distractors
    )


@bank_rule(
    "note-never-asked",
    why="What nobody is asked about is forgotten first.",
    mend="Write an item that cites the note, or take the note out.",
)
def note_never_asked(bank_context: BankContext) -> Iterator[Violation]:
    """Find notes that no item cites."""
    cited = {name for item in survey.all_items for name in item.cites}
    for name, note in survey.bank.notes.items():
        if name not in cited:
            yield Violation(f"No item cites the note “{note.title}”.", ("notes", name), at_field=True)


@bank_rule(
    "thin-topic",
    why="A topic with one item says little about who knows it, and cannot be drawn from for an exam.",
    mend="Write another item for it, or join it to another topic.",
)
def thin_topic(bank_context: BankContext) -> Iterator[Violation]:
    """Find topics with fewer than two items in banks with several topics."""
    if len(bank_context.bank.topics) < 2:
        return
    held = Counter(item.topic for item in survey.all_items)
    for name, title in survey.bank.topics.items():
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
    used = {item.stimulus for item in survey.all_items}
    for name in survey.bank.stimuli:
        if name not in used:
            yield Violation(f"No item is about the stimulus “{name}”.", ("stimuli", name), at_field=True)
