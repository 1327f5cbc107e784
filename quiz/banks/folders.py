"""Finding bank files in folders by their names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

ENDINGS: Final = (".yaml", ".yml")
DEEPEST_FOLDER: Final = 16
"""How deep below a folder of banks folders are searched."""
MOST_FOLDERS: Final = 20_000
MOST_ENTRIES: Final = 100_000
"""How many folders are searched, and how many entries of each."""


def bank_files_in(folder: Path) -> Iterator[str]:
    """Yield the paths named like banks in a folder and its subfolders, sorted, except in hidden folders.

    A path that is named like a bank but is not a file is yielded too, so that it gets reported.
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
    """Return the names of banks and of visible subfolders in a folder, both sorted."""
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
