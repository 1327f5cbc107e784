"""The bytes of a bank's file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from quiz.private_files import opened_file

MOST_BYTES: Final = 32 * 1024 * 1024
"""The largest bank that is read."""


def bytes_of(path: Path) -> bytes:
    """Return the content of a regular file, cut off where it is too large for a bank.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    with opened_file(path) as file:
        return file.read(MOST_BYTES + 1)
