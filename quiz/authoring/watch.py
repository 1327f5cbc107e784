"""Doing something again whenever files change."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

SECONDS_BETWEEN_LOOKS = 0.5

Stamps: TypeAlias = dict[Path, tuple[int, int]]
"""Files with their sizes and modification times, in nanoseconds."""


def stamps_of(paths: list[Path]) -> Stamps:
    """Return the stamps of some files, without missing ones."""
    stamps: Stamps = {}
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        stamps[path] = (status.st_size, status.st_mtime_ns)
    return stamps


def watch(
    paths: Callable[[], list[Path]],
    show: Callable[[list[Path]], None],
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Show some files now and each time any of them changes, appears or disappears, until `wait` raises."""
    known: Stamps | None = None
    while True:
        now = paths()
        stamps = stamps_of(now)
        if stamps != known:
            show(now)
            known = stamps
        wait(SECONDS_BETWEEN_LOOKS)
