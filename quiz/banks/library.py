"""All banks that quiz finds: their summaries, and each bank in full."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quiz import paths
from quiz.banks.folders import bank_files_in
from quiz.banks.put_off import PutOff
from quiz.banks.summary import BankSummary
from quiz.banks.unindexed import Unindexed
from quiz.core.content.diagnostics import Finding, Problem
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.reversal import written_id
from quiz.core.text.safe_text import one_line
from quiz.errors import BankError

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank
    from quiz.core.content.search import BankTexts
    from quiz.core.scheduling.study_selection import Contents


_UNINDEXED = Unindexed()


class Library:
    """The banks in some folders and files. A bank that was read is kept until its file changes.

    There may be thousands of files: paths stay strings, and the status of each file is asked for once.
    """

    def __init__(
        self,
        folders: Iterable[Path] = (),
        files: Iterable[Path] = (),
        index: Unindexed = _UNINDEXED,
        *,
        with_drafts: bool = False,
    ) -> None:
        self.with_drafts = with_drafts
        """Whether drafts are among the items of its banks."""
        self.folders = tuple(folders)
        self.files = tuple(files)
        self._index = index
        self._summaries: dict[str, tuple[os.stat_result, BankSummary]] = {}
        self._banks: dict[str, tuple[_Stamp | None, Callable[[], Bank]]] = {}
        self._heads: dict[str, tuple[object, Contents]] = {}
        self._by_id: dict[str, BankSummary] = {}
        self.put_off = PutOff(index.keep)

    @classmethod
    def within_reach(
        cls, named: Iterable[Path] = (), index: Unindexed = _UNINDEXED, *, with_drafts: bool = False
    ) -> Library:
        """Return the library of the named files and folders, the person's own banks and the shipped ones."""
        folders: list[Path] = []
        files: list[Path] = []
        for path in named:
            (folders if paths.on_disk(path.is_dir) else files).append(path)
        places = [*folders, paths.user_banks_dir(), paths.shipped_banks_dir()]
        return cls(places, files, index, with_drafts=with_drafts)

    def paths(self) -> list[Path]:
        """Return all bank files, each once: those named, then each folder's."""
        return [Path(path) for path, _ in self._found()]

    def _found(self) -> Iterable[tuple[str, os.stat_result | None]]:
        found: dict[object, tuple[str, os.stat_result | None]] = {}
        for path in (
            *map(str, self.files),
            *(file for folder in self.folders for file in bank_files_in(folder)),
        ):
            status = _status(path)
            one = (status.st_dev, status.st_ino) if status and status.st_ino else path
            found.setdefault(one, (path, status))
        return found.values()

    def summaries(self) -> tuple[BankSummary, ...]:
        """Return a summary of every bank file. Of several files with one id, only the first can be used."""
        first: dict[str, BankSummary] = {}
        summaries: list[BankSummary] = []
        found = [
            (path, status, self._known(path, status) or self.put_off.instead_of(path, status))
            for path, status in self._found()
        ]
        self._index.prepare([(path, status) for path, status, summary in found if status and summary is None])
        for path, status, known in found:
            summary = known or self._looked_at(path, status)
            if summary.id in first and summary.is_usable:
                from quiz.banks.files import same_id

                same = same_id(summary.id, Path(path), Path(first[summary.id].path))
                summary = BankSummary.unusable(Path(path), [*summary.findings, same])
            first.setdefault(summary.id, summary)
            summaries.append(summary)
        self._by_id = {summary.id: summary for summary in summaries}
        return tuple(summaries)

    def usable(self) -> tuple[BankSummary, ...]:
        """Return the summaries of the banks that can be studied."""
        return tuple(summary for summary in self.summaries() if summary.is_usable)

    def summary(self, name: str) -> BankSummary:
        """Return the summary of a bank by its id.

        Raises:
            BankError: there is no such bank.
        """
        if name not in self._by_id:
            self.summaries()
        summary = self._by_id.get(name)
        if summary is None:
            if self.put_off:
                raise BankError(f"There is no bank “{name}” yet.", "Some are still being read.")
            raise BankError(f"There is no bank “{name}”.", "“quiz list” shows which there are.")
        if summary.is_being_read:
            raise BankError(f"“{summary.title}” is still being read.", "It can be opened in a moment.")
        return summary

    def bank(self, name: str) -> Bank:
        """Return a bank by its id as it is studied: without items that are wrong, and perhaps without drafts.

        Raises:
            BankError: there is no such bank, or it has errors beyond those of single items.
        """
        return self.bank_later(name)()

    def bank_later(self, name: str) -> Callable[[], Bank]:
        """Return what gives a bank as `bank` does, as its file is now, and makes it when it is first called.

        Raises BankError at once.
        """
        make = self._made(name)
        return make if self.with_drafts else lambda: make().finals

    def whole_bank(self, name: str) -> Bank:
        """Return a bank by its id without its drafts, for what needs every other item of it.

        Raises:
            BankError: there is no such bank, or it has errors.
        """
        summary = self.summary(name)
        if summary.is_usable and not summary.is_whole:
            raise _cannot_be_used(Path(summary.path), summary.findings)
        return self._made(name)().finals

    def _made(self, name: str) -> Callable[[], Bank]:
        """Return what makes what can be used of a bank, once for each state of its file. Raises BankError."""
        summary = self.summary(name)
        stamp = _stamp(summary.path)
        held = self._banks.get(summary.path)
        if held is None or stamp is None or held[0] != stamp:
            kept = self._index.bank(Path(summary.path)) if summary.is_usable else None
            make = cache(partial(self._make, summary, kept))
            if kept is None:
                make()
            held = self._banks[summary.path] = stamp, make
        return held[1]

    def _make(self, summary: BankSummary, kept: Callable[[], Bank | None] | None) -> Bank:
        """Make a bank of what was kept of it, or read its file. Raises BankError."""
        held = kept() if kept is not None else None
        if held is not None and held.bank == summary.id:
            return held
        from quiz.banks.files import read_bank

        path = Path(summary.path)
        reading = read_bank(path)
        bank = reading.usable
        if bank is None or not summary.is_usable:
            raise _cannot_be_used(path, (*reading.findings, *summary.findings))
        if bank.bank != summary.id:
            raise BankError(f"{path} holds the bank “{bank.bank}” now, and not “{summary.id}”.")
        return bank

    def contents(self, name: str) -> Contents:
        """Return the heads of a bank's items, from the index where possible, kept while its file stays.

        Raises:
            BankError: there is no such bank, or it has errors.
        """
        summary = self.summary(name)
        state = self.with_drafts, _stamp(summary.path)
        held = self._heads.get(summary.path)
        if held is None or held[0] != state:
            held = self._heads[summary.path] = state, self._read_heads(summary)
        return held[1]

    def _read_heads(self, summary: BankSummary) -> Contents:
        known = self._index.contents(Path(summary.path)) if summary.is_usable else None
        if known is None:
            from quiz.core.scheduling.study_selection import Contents

            return Contents.of(self.bank(summary.id))
        return known if self.with_drafts or not summary.drafts else known.finals

    def names(self, name: str) -> Collection[str]:
        """Return the ids of a bank's items in their order. Raises BankError."""
        return self.contents(name).names

    def item_count(self, summary: BankSummary) -> int:
        """Return how many items a bank has to study."""
        return summary.items if self.with_drafts else summary.items - summary.drafts

    def texts(self, name: str) -> BankTexts:
        """Return what of a bank can be found by its words, as `contents` does. Raises BankError."""
        summary = self.summary(name)
        known = self._index.texts(Path(summary.path)) if summary.is_usable else None
        if known is None:
            from quiz.core.content.search import BankTexts

            return BankTexts.of(self.bank(name))
        if self.with_drafts or not summary.drafts:
            return known
        there = self.names(name)
        items = tuple(each for each in known.items if each.name in there)
        return msgspec.structs.replace(known, items=items)

    def locate(self, ref: ItemRef) -> tuple[Path, int]:
        """Return the file of an item, and the line, from 1, where the item begins.

        Raises:
            BankError: there is no such bank or item.
        """
        from quiz.banks.files import read_bank

        path = Path(self.summary(ref.bank).path)
        reading = read_bank(path)
        place = reading.place_of(written_id(ref.item))
        if place is None or reading.source is None:
            raise BankError(f"The bank “{ref.bank}” has no item “{ref.item}”.")
        (at,) = reading.source.findings([Problem("here", "The item.", ("items", place))])
        return path, at.line

    def _known(self, path: str, status: os.stat_result | None) -> BankSummary | None:
        """Return a file's summary if it is known without reading the file."""
        if status is None:
            return None
        held = self._summaries.get(path)
        if held is not None and _Stamp.of(held[0]) == _Stamp.of(status):
            return held[1]
        summary = self._index.recall(path, status)
        if summary is not None:
            self._summaries[path] = (status, summary)
        return summary

    def _looked_at(self, path: str, status: os.stat_result | None) -> BankSummary:
        """Return a file's summary, reading the file."""
        try:
            summary, bank = self._index.describe(Path(path))
        except Exception as error:  # noqa: BLE001 - whatever one file does, the others are read
            summary, bank = BankSummary.unusable(Path(path), [_unreadable(path, error)]), None
        if status is not None:
            self._summaries[path] = (status, summary)
            if bank is not None:
                self._banks[path] = _Stamp.of(status), partial(_itself, bank)
        return summary


class _Stamp(msgspec.Struct, frozen=True):
    """The part of a file's status that changes with the file."""

    device: int
    number: int
    size: int
    changed_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> _Stamp:
        """Return the stamp of a file's status."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _cannot_be_used(path: Path, findings: Iterable[Finding]) -> BankError:
    """Return the error that says the first of a bank's errors."""
    wrong = next(finding for finding in findings if finding.is_error)
    message = f"{path} cannot be used. Line {wrong.line}: {wrong.message}"
    return BankError(message, f"“quiz check {path}” says more.")


def _unreadable(path: str, error: Exception) -> Finding:
    """Return the finding for a file that raised an unexpected error."""
    from quiz.banks.yaml.source_map import SourceText

    message = f"This file cannot be read: {one_line(str(error), 200) or type(error).__name__}."
    return SourceText("", path).finding(
        Problem("unreadable", message, (), "Move it out of the folder, and please report it.")
    )


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - a path object for each of thousands would cost more than this
    except OSError:
        return None


def _itself(bank: Bank) -> Bank:
    return bank


def _stamp(path: str) -> _Stamp | None:
    status = _status(path)
    return None if status is None else _Stamp.of(status)
