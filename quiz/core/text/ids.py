"""Making ids from texts."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count
from unicodedata import normalize


def plain_id(text: str) -> str:
    """Return a text as an id: lower-case letters, digits and hyphens; empty if nothing is left."""
    ascii_text = normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", ascii_text)).strip("-")


def free_id(wanted: str, taken: Container[str]) -> str:
    """Return an id that is not taken: the one wanted, or the same with the first free number from 2."""
    free = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(made for made in free if made not in taken)
