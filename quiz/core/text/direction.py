"""Which way a text runs."""

from __future__ import annotations

import unicodedata


def is_right_to_left(text: str) -> bool:
    """Say whether the first letter with a direction of its own runs from right to left."""
    if text.isascii():
        return False
    for character in text:
        match unicodedata.bidirectional(character):
            case "R" | "AL":
                return True
            case "L":
                return False
    return False
