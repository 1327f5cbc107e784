"""Making ids from texts."""

from __future__ import annotations

import re
from unicodedata import normalize


def plain_id(text: str) -> str:
    """Return a text as an id: lower-case letters, digits and hyphens; empty if nothing is left."""
    ascii_text = normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", ascii_text)).strip("-")
