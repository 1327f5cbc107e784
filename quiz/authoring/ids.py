"""Ids made from what an item asks."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final
from unicodedata import normalize

from quiz.authoring.word_lists import words_of

MOST_WORDS: Final = 5
MOST_CHARACTERS: Final = 40


def plain_id(text: str) -> str:
    """Return a text as an id: lower-case letters, digits and hyphens; empty where nothing is left of it."""
    ascii_text = normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", ascii_text)).strip("-")


def id_of(stem: str, taken: Collection[str], language: str = "en") -> str:
    """Return a new id made from a stem: its first words that say something, and a number if it is taken."""
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
    number = 1
    free = made
    while free in taken:
        number += 1
        free = f"{made}-{number}"
    return free
