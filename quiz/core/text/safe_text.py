"""Characters that a terminal must never be given, and what to show instead."""

from __future__ import annotations

import re
import unicodedata

MOST_MARKS = 8
"""How many combining marks may follow each other."""

TOO_MANY_MARKS = re.compile(
    f"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{MOST_MARKS + 1},}}"
)


def visible(text: str, limit: int = 100_000) -> str:
    """Return a text that is safe to show: forbidden characters made visible, and its length capped.

    C0 characters become their pictures (U+2400 and on), others U+FFFD; a carriage return before a line feed
    is removed, and so are combining marks beyond the eighth in a row.
    """
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if not text.isprintable():
        from quiz.core.text.forbidden import FORBIDDEN

        text = FORBIDDEN.sub(_sign, text.replace("\r\n", "\n"))
    if text.isascii():
        return text
    return TOO_MANY_MARKS.sub(lambda found: found[0][:MOST_MARKS], text)


def one_line(text: str, limit: int = 1000) -> str:
    """Return a text as a single safe line, with its white space collapsed."""
    return visible(" ".join(text[: limit * 4].split()), limit)


def is_one_line(text: str, most: int) -> bool:
    """Say whether a text is a single safe line of at most so many characters, as `one_line` returns."""
    return len(text) <= most and text == one_line(text)


def _sign(found: re.Match[str]) -> str:
    character = found[0]
    return chr(0x2400 + ord(character)) if ord(character) < 0x20 else "\ufffd"


def code_name(character: str) -> str:
    """Return a character's code point and name, such as U+202E RIGHT-TO-LEFT OVERRIDE."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".strip()
