"""What the index holds of the shipped banks: it comes with them, so that a first start reads none of them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from quiz.banks.summary import BankSummary
from quiz.paths import shipped_banks_dir

FILE = "index.msgpack"
"""The file beside the shipped banks, which `scripts/shipped_index.py` writes."""


class Extract(NamedTuple):
    """What the index holds of a bank, as it is stored there."""

    summary: bytes
    contents: bytes
    texts: bytes
    bank: bytes
    """Empty for a shipped bank, which is small."""


def shipped_extract(digest: bytes, path: Path) -> tuple[BankSummary, Extract] | None:
    """Return the summary of a file and what the index holds of it, by the hash of its bytes.

    None if they are not those of a shipped bank. The path, which a summary names, is known only here.
    """
    found = _by_digest().get(digest)
    if found is None:
        return None
    try:
        summary = msgspec.msgpack.decode(found.summary, type=BankSummary)
    except msgspec.MsgspecError:
        return None
    summary = msgspec.structs.replace(summary, path=str(path))
    return summary, found._replace(summary=msgspec.msgpack.encode(summary))


@lru_cache(maxsize=1)
def _by_digest() -> dict[bytes, Extract]:
    try:
        data = (shipped_banks_dir() / FILE).read_bytes()
        return msgspec.msgpack.decode(data, type=dict[bytes, Extract])
    except (OSError, msgspec.MsgspecError):
        return {}
