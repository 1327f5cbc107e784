"""Rules about what is too large to be shown, or to be shown well."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from quiz.authoring.rule import BankContext, Violation, bank_rule
from quiz.core.content.bank import Note

MOST_BLOCKS = 300
"""How many paragraphs, headings and list entries of Markdown can be drawn without a noticeable delay."""
MOST_CODE = 20_000
"""How many characters of code can be shown beside an item."""
MOST_CELLS = 500
"""How many cells of a table."""
MOST_PASSAGE = 20_000
"""How many cells of a note or a passage can be drawn while nobody waits; a wide character takes two."""
MOST_OF_ITS_LINES = 1_000
MOST_CHARACTERS = 6_000
"""How many characters of an item can be drawn while nobody waits, all that is seen of it together."""
MOST_LINES = 150
MOST_PARTS = 20
"""How many options, entries, gaps or things to sort."""
MOST_NOTES = 20
"""How many notes of an item, which are opened together."""
UNSEEN = frozenset({"id", "kind", "topic", "stimulus", "cites", "tags", "lint"})
"""Fields of an item that are not drawn beside it."""
NO_PARTS = UNSEEN | {"accept", "refuse", "units"}
"""Fields that add nothing to what is drawn, though answers are compared with them."""
_BLOCK = re.compile(r"^\s*(?:[-+*]|\d+[.)]|#{1,6}|>)\s|\n\s*\n", re.MULTILINE)


@bank_rule(
    "too-large-to-show",
    why="Such an item, note or stimulus takes long to draw, each key waits for it, and nobody reads it all.",
    mend="Keep what matters, or make several of it.",
)
def too_large_to_show(bank_context: BankContext) -> Iterator[Violation]:
    """Find items, notes and stimuli of very many characters, lines, parts, blocks or cells."""
    notes = bank_context.bank.notes
    for context in bank_context.items:
        if said := _of_item(msgspec.to_builtins(context.item)) or _of_notes(context.item.cites, notes):
            yield Violation(f"This item has {said}.", ("items", context.place))
    for name, note in notes.items():
        if said := _of_passage(note.text):
            yield Violation(f"This note has {said}.", ("notes", name, "text"))
    for name, stimulus in bank_context.bank.stimuli.items():
        cells = sum(map(len, stimulus.table))
        if said := _of_passage(stimulus.text):
            yield Violation(f"This passage has {said}.", ("stimuli", name, "text"))
        if len(stimulus.code) > MOST_CODE:
            yield Violation(
                f"This code has {len(stimulus.code):,} characters.",
                ("stimuli", name, "code"),
            )
        if cells > MOST_CELLS:
            yield Violation(f"This table has {cells:,} cells.", ("stimuli", name, "table"))


def _of_passage(text: str) -> str:
    """Return what a note or a passage has too much of, empty where it has not."""
    blocks, lines = len(_BLOCK.findall(text)) + 1, text.count("\n")
    if blocks > MOST_BLOCKS:
        return f"{blocks:,} blocks of text"
    if _cells(text) > MOST_PASSAGE:
        return f"{len(text):,} characters"
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


def _of_item(item: dict[str, Any]) -> str:
    """Return what an item has too much of, empty where it has not."""
    seen = list(_seen(item))
    for number, most, what in (
        (_parts(item), MOST_PARTS, "parts"),
        (sum(map(len, seen)), MOST_CHARACTERS, "characters"),
        (sum(text.count("\n") for text in seen), MOST_LINES, "lines"),
    ):
        if number > most:
            return f"{number:,} {what}"
    return ""


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
    held = [value for name, value in item.items() if name not in NO_PARTS]
    lists = sum(len(value) for value in held if isinstance(value, list | tuple))
    mapped = [part for value in held if isinstance(value, dict) for part in value.values()]
    sorted_ = sum(len(part) for part in mapped if isinstance(part, list | tuple))
    return max(lists + len(mapped), sorted_, str(item.get("text", "")).count("{{"))
