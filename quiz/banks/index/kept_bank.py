"""A bank as the index keeps it: whole, so that nothing of it is parsed and checked again."""

from __future__ import annotations

import zlib
from contextlib import suppress
from functools import lru_cache
from typing import Any, Union

import msgspec

from quiz.core.collector import paused_collector
from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.core.content.kinds import all_kinds
from quiz.core.content.reversal import as_written, with_reverses

QUICKLY = 1
"""How much zlib compresses: the names of fields repeat, and little more is gained by taking longer."""


def kept_bank(bank: Bank) -> bytes:
    """Return what the index keeps of a bank, for `bank_in`."""
    written = as_written(bank)
    parts = msgspec.structs.replace(written, items=()), written.items
    return zlib.compress(msgspec.msgpack.encode(parts), QUICKLY)


def bank_in(kept: bytes) -> Bank | None:
    """Return a bank that was kept, None where it is damaged."""
    with paused_collector(), suppress(zlib.error, msgspec.MsgspecError):
        head, items = _decoder(tuple(all_kinds().values())).decode(zlib.decompress(kept))
        return with_reverses(msgspec.structs.replace(head, items=items))
    return None


@lru_cache(maxsize=4)
def _decoder(kinds: tuple[type[Item], ...]) -> msgspec.msgpack.Decoder[Any]:
    of_items: Any = Union[kinds]  # noqa: UP007 - made of a tuple
    return msgspec.msgpack.Decoder(tuple[Bank, tuple[of_items, ...]])
