"""Rules about what is too large to be shown, or to be shown well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.authoring.rule import BankContext, Violation, bank_rule

MOST_BLOCKS = 300
"""How many paragraphs, headings and list entries of Markdown can be drawn without a noticeable delay."""
MOST_CODE = 20_000
"""How many characters of code can be shown beside an item."""
MOST_CELLS = 2_000
_BLOCK = re.compile(r"^\s*(?:[-+*]|\d+[.)]|#{1,6}|>)\s|\n\s*\n", re.MULTILINE)


@bank_rule(
    "too-large-to-show",
    why="Such a note or stimulus takes long to draw, and nobody reads it beside an item.",
    mend="Keep what the items ask about, or make several of it.",
)
def too_large_to_show(bank_context: BankContext) -> Iterator[Violation]:
    """Find notes of very many blocks, and code and tables of very many characters or cells."""
    for name, note in bank_context.bank.notes.items():
        blocks = len(_BLOCK.findall(note.text)) + 1
        if blocks > MOST_BLOCKS:
            yield Violation(f"This note has {blocks:,} blocks of text.", ("notes", name, "text"))
    for name, stimulus in bank_context.bank.stimuli.items():
        blocks = len(_BLOCK.findall(stimulus.text)) + 1
        cells = sum(map(len, stimulus.table))
        if blocks > MOST_BLOCKS:
            yield Violation(f"This passage has {blocks:,} blocks of text.", ("stimuli", name, "text"))
        if len(stimulus.code) > MOST_CODE:
            yield Violation(
                f"This code has {len(stimulus.code):,} characters.",
                ("stimuli", name, "code"),
            )
        if cells > MOST_CELLS:
            yield Violation(f"This table has {cells:,} cells.", ("stimuli", name, "table"))
