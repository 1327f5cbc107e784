"""Bank files without an index: each is read whenever something of it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.banks.summary import BankSummary, describe_by_reading

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from quiz.banks.index.parallel_reader import IndexEntry
    from quiz.core.content.bank import Bank
    from quiz.core.content.search import BankTexts
    from quiz.core.scheduling.study_selection import Contents


class Unindexed:
    """What a library asks an index. An index overrides it with what it knows; none of it ever raises."""

    def describe(self, path: Path) -> tuple[BankSummary, Bank | None]:
        """Return a file's summary, and its bank if it had to be read."""
        return describe_by_reading(path)

    def recall(self, path: str, status: os.stat_result) -> BankSummary | None:  # noqa: ARG002
        """Return the summary of a file with this status, or None if the file must be read."""
        return None

    def contents(self, path: Path) -> Contents | None:  # noqa: ARG002
        """Return the heads of a file's items, or None if they must be read."""
        return None

    def texts(self, path: Path) -> BankTexts | None:  # noqa: ARG002
        """Return what of a file can be found by its words, or None if it must be read."""
        return None

    def bank(self, path: Path) -> Callable[[], Bank | None] | None:  # noqa: ARG002
        """Return what makes a file's bank as it is now, or None if the file must be read.

        It is made as far as it can be used; None is made where what was kept is damaged.
        """
        return None

    def prepare(self, files: Sequence[tuple[str, os.stat_result]]) -> None:
        """Prepare for reading files, given with their status."""

    def keep(self, entries: Iterable[IndexEntry]) -> None:
        """Keep what was read of files elsewhere."""
