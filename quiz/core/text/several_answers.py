"""Several answers in one line."""

from __future__ import annotations

import re
from typing import Final

from quiz.core.text.words_around_answers import LISTING

BETWEEN_ENTRIES: Final = re.compile(r"[,;](?!\d)")
"""What separates entries whatever they are, but for a comma in a number."""
_WORDS: Final = "|".join(sorted(LISTING))
BETWEEN_ANSWERS: Final = re.compile(rf"\s*[,;/]\s*(?:(?:{_WORDS})\s+)?|\s+(?:&|{_WORDS})\s+", re.IGNORECASE)
"""What may separate answers, and may as well stand in one."""


def entries_in(line: str) -> tuple[str, ...]:
    """Return what commas and semicolons separate in a line, without what is empty."""
    return tuple(entry for text in BETWEEN_ENTRIES.split(line) if (entry := text.strip()))
