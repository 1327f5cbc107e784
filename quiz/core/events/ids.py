"""Ids of sessions, which sort by their start (UUIDv7), and ids of learners."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from random import Random
from typing import Final

ID_BYTES: Final = 16


def new_session_id(at_ms: int, rng: Random) -> str:
    """Return a new UUIDv7 (RFC 9562) for a time in milliseconds since 1970 UTC."""
    at = max(0, at_ms) & 0xFFFF_FFFF_FFFF
    first, second = rng.getrandbits(12), rng.getrandbits(62)
    number = at << 80 | 0x7 << 76 | first << 64 | 0b10 << 62 | second
    return id_text(number.to_bytes(16, "big"))


def new_learner_id(rng: Random) -> str:
    """Return a new learner's id: twelve letters and digits without those that are easily confused."""
    return "".join(rng.choice("0123456789abcdefghjkmnpqrstvwxyz") for _ in range(12))


def id_text(key: bytes) -> str:
    """Return 16 bytes in the usual form of a UUID."""
    digits = key.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


@lru_cache(maxsize=256)
def id_key(text: str) -> bytes:
    """Return the 16 bytes of a UUID in its usual form. Raises ValueError for anything else."""
    with suppress(ValueError):
        key = bytes.fromhex(text.replace("-", ""))
        if len(key) == ID_BYTES and id_text(key) == text:
            return key
    raise ValueError(f"{text!r} is not a session id, which has 32 hexadecimal digits in five groups.")
