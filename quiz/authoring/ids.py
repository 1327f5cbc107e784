"""Making ids from stems."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from quiz.authoring.word_lists import words_of
from quiz.core.text.ids import free_id, plain_id

MOST_WORDS: Final = 5
MOST_CHARACTERS: Final = 40


def id_of(stem: str, taken: Collection[str], language: str = "en") -> str:
    """Return a new id made from a stem: its first meaningful words, and a number if the id is taken."""
    fillers = words_of(language).fillers
    words = [word for word in plain_id(stem).split("-") if word]
    telling = [word for word in words if len(word) > 3 and word not in fillers] or words
    made = ""
    for word in telling[:MOST_WORDS]:
        longer = f"{made}-{word}".strip("-")
        if len(longer) > MOST_CHARACTERS:
            break
        made = longer
    made = made or (telling[0][:MOST_CHARACTERS] if telling else "item")
    return free_id(made, taken)
