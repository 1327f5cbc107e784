"""How many hands were raised for each option of an item."""

from __future__ import annotations

import msgspec


class OptionVotes(msgspec.Struct, frozen=True):
    """The hands an option got."""

    text: str
    hands: tuple[int, ...]
    """In the first vote, and in the second if there was one."""
    is_key: bool
