"""What Anki's text files and packages have in common: guids, and fields in HTML."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.exchange.html_text import html_of_text

_RULE: Final = '<hr class="rationale">'
_RULES = re.compile(r'<hr class="?rationale"?\s*/?>')
_OURS = re.compile(r"quiz:[a-z0-9-]+/([a-z0-9-]+)")


def guid_of(bank: Bank, item: Item) -> str:
    """Return the guid of an item in Anki, so that a newer version replaces an older one."""
    return f"quiz:{bank.bank}/{item.id}"


def key_of_guid(guid: str, card: int | None = None) -> str:
    """Return the text from which an item's id is made, for one of the cards of a note, counted from 1.

    A note that was exported from here gets its own id back.
    """
    ours = _OURS.fullmatch(guid)
    if ours:
        return ours[1] if card in {None, 1} else f"{ours[1]}-{card}"
    key = f"note-{hashlib.blake2b(guid.encode('utf-8', 'replace'), digest_size=5).hexdigest()}"
    return key if card is None else f"{key}-{card}"


def back_html(item: Item) -> str:
    """Return the back of a card in HTML: the key, and below a line the rationale."""
    back = html_of_text(item.key_text())
    return f"{back}{_RULE}{html_of_text(item.rationale)}" if item.rationale else back


def split_back(source: str) -> tuple[str, str]:
    """Return a back and the rationale that `back_html` put below it, both in HTML."""
    back, *rest = _RULES.split(source, maxsplit=1)
    return back, rest[0] if rest else ""
