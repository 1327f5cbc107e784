"""Rules about what is too large to be shown, or to be shown well."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from quiz.authoring.rule import BankContext, ItemContext, Violation, bank_rule
from quiz.core.content.bank import Note
from quiz.core.content.interaction import Enter
from quiz.core.content.item import Item

MOST_BLOCKS = 300
"""How many paragraphs, headings and list entries of Markdown can be drawn without a noticeable delay."""
MOST_CODE = 10_000
"""How many characters of code can be shown beside an item."""
MOST_CELLS = 500
"""How many cells of a table."""
MOST_PASSAGE = 20_000
"""How many cells of a note or a passage can be drawn while nobody waits; a wide character takes two."""
MOST_OF_ITS_LINES = 1_000
BESIDE_AN_ITEM = 2
"""A passage is drawn again with each item, so its limits are those of a note divided by this."""
MOST_CHARACTERS = 6_000
"""How many characters of an item can be drawn while nobody waits, all that is seen of it together."""
MOST_LINES = 150
MOST_PARTS = 20
"""How many options, entries, gaps or things to sort."""
MOST_TYPED_GAPS = 8
"""How many gaps with a field of their own, which takes the longest to set out."""
MOST_NOTES = 20
"""How many notes of an item, which are opened together."""
MOST_ITEMS = 3_000
"""How many items of a bank can be listed, drawn from and counted without a noticeable delay."""
UNSEEN = frozenset({"id", "kind", "topic", "stimulus", "cites", "tags", "lint"})
"""Fields of an item that are not drawn beside it."""
NO_PARTS = UNSEEN | {"accept", "refuse", "units"}
"""Fields that add nothing to what is drawn, though answers are compared with them."""
_BLOCK = re.compile(r"^\s*(?:[-+*]|\d+[.)]|#{1,6}|>)\s|\n\s*\n", re.MULTILINE)


def _too_much_of(context: ItemContext) -> str:
    """Return what an item has too much of, with the notes that it cites; empty where it has not."""
    return _of_item(context) or _of_notes(context.item.cites, context.bank.notes)


@bank_rule(
    "too-large-to-show",
    why="Such a bank, item, note or stimulus is slow to show, keys wait for it, and nobody reads it all.",
    mend="Keep what matters, or make several of it.",
    facts=(_too_much_of,),
)
def too_large_to_show(bank_context: BankContext) -> Iterator[Violation]:
    """Find banks of very many items, and what has very many characters, lines, parts, blocks or cells."""
    notes = bank_context.bank.notes
    if len(bank_context.items) > MOST_ITEMS:
        yield Violation(
            f"This bank has {len(bank_context.items):,} items, more than {MOST_ITEMS:,}.", ("items",)
        )
    for context, said in zip(bank_context.items, bank_context.of_each(_too_much_of), strict=True):
        if said:
            yield Violation(f"This item has {said}.", ("items", context.place))
    for name, note in notes.items():
        if said := _of_passage(note.text):
            yield Violation(f"This note has {said}.", ("notes", name, "text"))
    for name, stimulus in bank_context.bank.stimuli.items():
        cells = sum(map(len, stimulus.table))
        if said := _of_passage(stimulus.text, BESIDE_AN_ITEM):
            yield Violation(f"This passage has {said}.", ("stimuli", name, "text"))
        if said := _of_code(stimulus.code):
            yield Violation(f"This code has {said}.", ("stimuli", name, "code"))
        if cells > MOST_CELLS:
            yield Violation(f"This table has {cells:,} cells.", ("stimuli", name, "table"))


def _of_passage(text: str, less: int = 1) -> str:
    """Return what a note or a passage has too much of, empty where it has not; `less` divides the limits."""
    blocks, lines = len(_BLOCK.findall(text)) + 1, text.count("\n")
    if blocks > MOST_BLOCKS // less:
        return f"{blocks:,} blocks of text"
    if _cells(text) > MOST_PASSAGE // less:
        return f"{len(text):,} characters"
    return f"{lines:,} lines" if lines > MOST_OF_ITS_LINES // less else ""


def _of_code(code: str) -> str:
    """Return what code has too much of, empty where it has not."""
    lines = code.count("\n")
    if len(code) > MOST_CODE:
        return f"{len(code):,} characters"
    return f"{lines:,} lines" if lines > MOST_OF_ITS_LINES else ""


def _cells(text: str) -> int:
    """Return how many cells a text takes, about: wide characters take two."""
    return len(text) + (
        0 if text.isascii() else sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    )


def _of_notes(cited: Sequence[str], notes: Mapping[str, Note]) -> str:
    """Return what an item cites too much of, empty where it does not."""
    if len(cited) > MOST_NOTES:
        return f"{len(cited)} notes"
    length = sum(len(notes[name].text) for name in cited if name in notes)
    return f"notes of {length:,} characters" if len(cited) > 1 and length > MOST_PASSAGE else ""


def _of_item(context: ItemContext) -> str:
    """Return what an item has too much of, empty where it has not."""
    fields = msgspec.to_builtins(context.item)
    parts = _parts(fields)
    if parts > MOST_PARTS:
        return f"{parts:,} parts"
    if parts > MOST_TYPED_GAPS and (typed := _typed_gaps(context.item)) > MOST_TYPED_GAPS:
        return f"{typed} gaps to type in"
    if len(context.encoded) <= MOST_CHARACTERS and context.encoded.count(rb"\n") <= MOST_LINES:
        return ""
    seen = list(_seen(fields))
    characters, lines = sum(map(len, seen)), sum(text.count("\n") for text in seen)
    if characters > MOST_CHARACTERS:
        return f"{characters:,} characters"
    return f"{lines:,} lines" if lines > MOST_LINES else ""


def _seen(value: Any) -> Iterator[str]:
    """Yield the texts of an item, or of a part of one, that are drawn."""
    match value:
        case str():
            yield value
        case dict():
            for name, held in value.items():
                if name not in UNSEEN:
                    yield from _seen(held)
        case list() | tuple():
            for held in value:
                yield from _seen(held)


def _parts(item: dict[str, Any]) -> int:
    """Return of how many parts an item's response is made: options, entries, gaps, or what is sorted."""
    listed = in_lists = 0
    for name, value in item.items():
        if isinstance(value, str) or not value or name in NO_PARTS:
            continue
        if isinstance(value, list | tuple):
            listed += len(value)
        elif isinstance(value, dict):
            listed += len(value)
            in_lists += sum(len(part) for part in value.values() if isinstance(part, list | tuple))
    return max(listed, in_lists, str(item.get("text", "")).count("{{"))


def _typed_gaps(item: Item) -> int:
    """Return how many gaps in the text of an item are typed in, rather than chosen for from a list."""
    asked = item.interaction()
    if not isinstance(asked, Enter) or asked.is_list:
        return 0
    return sum(not field.options for field in asked.fields)
