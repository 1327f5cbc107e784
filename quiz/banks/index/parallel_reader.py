"""Reading many bank files at once, in processes of their own."""

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
"""What such a process runs."""


class IndexEntry(NamedTuple):
    """What an index keeps of a bank file; see `bank_index`."""

    path: str
    size: int
    changed: int
    inode: int
    read_at: int
    hash: bytes
    card: bytes
    contents: bytes
    texts: bytes


def read_ahead(paths: Sequence[str], read: Callable[[str], IndexEntry | None]) -> Iterator[IndexEntry]:
    """Yield the rows of some files, read here by `read` and in a process for every further processor.

    A process that fails is done without: its files are left out.
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


def _can_start() -> bool:
    """Say whether this Python can be started again; one that is frozen into a program would start that."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def _started(paths: Sequence[str]) -> subprocess.Popen[bytes] | None:
    command = [sys.executable, "-P", "-m", HELPER]  # -P: nothing is looked up in the folder one stands in
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
