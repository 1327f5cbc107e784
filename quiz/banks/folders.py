"""Bank files in folders, found by their names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

ENDINGS: Final = (".yaml", ".yml")
DEEPEST_FOLDER: Final = 16
"""How many folders below the banks' folder are looked into."""
MOST_FOLDERS: Final = 20_000
MOST_ENTRIES: Final = 100_000
"""How many folders are looked into, and how many entries of one."""


def bank_files_in(folder: Path) -> Iterator[str]:
    """Yield what is named like a bank in a folder and the folders in it, sorted; hidden folders are left out.

    What is named like a bank but is no file is yielded as well, so that somebody hears of it.
    """
    waiting = [(str(folder), 0)]
    looked_into = 0
    while waiting and looked_into < MOST_FOLDERS:
        at, depth = waiting.pop()
        looked_into += 1
        beginning = "" if str(Path(at)) == "." else os.path.join(Path(at), "")  # noqa: PTH118
        names, below = _names_in(at)
        yield from (beginning + name for name in names)
        if depth < DEEPEST_FOLDER:
            waiting += [(beginning + name, depth + 1) for name in reversed(below)]


def _names_in(folder: str) -> tuple[list[str], list[str]]:
    """Return what is named like a bank in a folder, and its other folders, sorted, without hidden ones."""
    banks, folders = [], []
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, MOST_ENTRIES):
                if entry.name.startswith("."):
                    continue
                if entry.name.lower().endswith(ENDINGS):
                    banks.append(entry.name)
                elif _is_folder(entry):
                    folders.append(entry.name)
    except OSError:
        return [], []
    return sorted(banks), sorted(folders)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
