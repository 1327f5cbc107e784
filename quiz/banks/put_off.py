"""Bank files of some size that were never read: the first screen does not wait for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from quiz.banks.summary import BankSummary
from quiz.paths import is_unicode

if TYPE_CHECKING:
    import subprocess

    from quiz.banks.index.parallel_reader import IndexEntry

LARGE = 100_000
"""From this size, in bytes, a file is put off."""


class PutOff:
    """Which files are read later, if any may be."""

    def __init__(self, keep: Callable[[Iterable[IndexEntry]], None]) -> None:
        """Have `keep` take what was read of the files."""
        self._keep = keep
        self.is_on = False
        """Whether files are put off."""
        self._paths: dict[str, BankSummary] = {}
        self._helper: subprocess.Popen[bytes] | None = None

    def instead_of(self, path: str, status: os.stat_result | None) -> BankSummary | None:
        """Return a summary to show until a file that is not known yet is read; None if it is read at once."""
        if not self.is_on or status is None or status.st_size < LARGE:
            return None
        if path not in self._paths:
            self._paths[path] = BankSummary(path, Path(path).name, path, is_being_read=True)
        return self._paths[path]

    def read(self) -> list[IndexEntry]:
        """Read the files in another process. May run in its own thread."""
        from quiz.banks.index.parallel_reader import read_elsewhere

        return read_elsewhere([path for path in list(self._paths) if is_unicode(path)], self._hold)

    def stop(self) -> None:
        """Stop reading; `read` then returns nothing."""
        if self._helper is not None:
            self._helper.kill()

    def _hold(self, helper: subprocess.Popen[bytes]) -> None:
        self._helper = helper

    def take(self, entries: Iterable[IndexEntry]) -> None:
        """Take what was read; what could not be read that way is read at once when it is needed."""
        self._keep(entries)
        self.is_on = False
        self._paths.clear()

    def __len__(self) -> int:
        return len(self._paths)
