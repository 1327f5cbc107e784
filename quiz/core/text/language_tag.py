"""Languages by their BCP 47 tags."""

from __future__ import annotations


def main_language(tag: str) -> str:
    """Return the language of a tag without its region or script, in small letters: “pt” for “pt-BR”."""
    return tag.partition("-")[0].strip().lower()
