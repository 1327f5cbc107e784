"""Reading many bank files in parallel processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

import msgspec

MOST_PROCESSES = 8
HELPER = "quiz.banks.index.reading_process"
"""The module that each process runs."""


class IndexEntry(NamedTuple):
    """What the index stores of a bank file."""

    path: str
    size: int
    changed: int
    inode: int
    read_at: int
    hash: bytes
    summary: bytes
    contents: bytes
    texts: bytes
    bank: bytes


def read_ahead(paths: Sequence[str], read: Callable[[str], IndexEntry | None]) -> Iterator[IndexEntry]:
    """Yield the index entries of files, read here by `read` and in one process for each further processor.

    Files whose process fails are left out.
    """
    count = min(os.cpu_count() or 1, MOST_PROCESSES) if _can_start() else 1
    helpers = [_started(paths[place::count]) for place in range(1, count)]
    try:
        for path in paths[::count]:
            row = read(path)
            if row is not None:
                yield row
        for helper in helpers:
            yield from _rows_of(helper)
    finally:
        for helper in helpers:
            if helper is not None:
                helper.kill()
                helper.wait()
                if helper.stdout is not None:
                    helper.stdout.close()


def read_elsewhere(
    paths: Sequence[str], started: Callable[[subprocess.Popen[bytes]], None]
) -> list[IndexEntry]:
    """Return the index entries of files, read in another process; none where that fails.

    `started` is given the process, which may be killed.
    """
    helper = _started(paths) if _can_start() else None
    if helper is None:
        return []
    started(helper)
    try:
        return _rows_of(helper)
    finally:
        helper.kill()
        helper.wait()


def _can_start() -> bool:
    """Return whether this Python can be started again. A frozen program would start itself instead."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def _started(paths: Sequence[str]) -> subprocess.Popen[bytes] | None:
    command = [sys.executable, "-P", "-m", HELPER]  # -P: no module is imported from the current folder
    try:
        helper = subprocess.Popen(  # noqa: S603 - a module of ours
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None
    if helper.stdin is not None:
        with suppress(OSError), helper.stdin as pipe:
            pipe.write(json.dumps(paths).encode())
    return helper


def _rows_of(helper: subprocess.Popen[bytes] | None) -> list[IndexEntry]:
    if helper is None or helper.stdout is None:
        return []
    with suppress(OSError, msgspec.MsgspecError), helper.stdout as pipe:
        return msgspec.msgpack.decode(pipe.read(), type=list[IndexEntry])
    return []
