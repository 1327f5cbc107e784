"""All banks that quiz finds: their summaries, and each bank in full."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import msgspec

from quiz import paths
from quiz.banks.folders import bank_files_in
from quiz.banks.put_off import PutOff
from quiz.banks.summary import BankSummary, describe_by_reading
from quiz.core.content.diagnostics import Finding, Problem
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.reversal import written_id
from quiz.core.text.safe_text import one_line
from quiz.errors import BankError

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank
    from quiz.core.content.search import BankTexts
    from quiz.core.scheduling.study_selection import Contents


class DescribeFile(Protocol):
    """Describes a bank file. The index does so without reading the file again."""

    def __call__(self, path: Path) -> tuple[BankSummary, Bank | None]:
        """Return a file's summary, and its bank if it had to be read. Never raises."""
        ...


class RecallSummary(Protocol):
    """Recalls the summary of a bank file if it is certainly up to date."""

    def __call__(self, path: str, status: os.stat_result) -> BankSummary | None:
        """Return a file's summary, or None if the file must be read. Never raises."""
        ...


def _recall_nothing(path: str, status: os.stat_result) -> BankSummary | None:  # noqa: ARG001
    return None


Prepare: TypeAlias = Callable[[Sequence[tuple[str, os.stat_result]]], None]
"""Prepares for reading files, given with their status. Never raises."""


def _prepare_nothing(files: Sequence[tuple[str, os.stat_result]]) -> None:
    pass


class Library:
    """The banks in some folders and files. A bank that was read is kept until its file changes.

    There may be thousands of files: paths stay strings, and the status of each file is asked for once.
    """

    def __init__(
        self,
        folders: Iterable[Path] = (),
        files: Iterable[Path] = (),
        describe: DescribeFile = describe_by_reading,
        contents: Callable[[Path], Contents | None] = lambda _: None,
        recall: RecallSummary = _recall_nothing,
        prepare: Prepare = _prepare_nothing,
        texts: Callable[[Path], BankTexts | None] = lambda _: None,
        bank: Callable[[Path], Bank | None] = lambda _: None,
        *,
        with_drafts: bool = False,
    ) -> None:
        self.with_drafts = with_drafts
        """Whether drafts are among the items of its banks."""
        self.folders = tuple(folders)
        self.files = tuple(files)
        self._describe = describe
        self._contents = contents
        self._recall = recall
        self._prepare = prepare
        self._texts = texts
        self._kept = bank
        self._summaries: dict[str, tuple[os.stat_result, BankSummary]] = {}
        self._banks: dict[str, tuple[_Stamp, Bank]] = {}
        self._names: dict[str, tuple[object, Collection[str]]] = {}
        self._by_id: dict[str, BankSummary] = {}
        self.put_off = PutOff()

    @classmethod
    def within_reach(cls, named: Iterable[Path] = (), *index: Any, with_drafts: bool = False) -> Library:
        """Return the library of the named files and folders, the person's own banks and the shipped ones.

        `index` are the functions of an index, as a library is given them.
        """
        folders: list[Path] = []
        files: list[Path] = []
        for path in named:
            (folders if paths.on_disk(path.is_dir) else files).append(path)
        places = [*folders, paths.user_banks_dir(), paths.shipped_banks_dir()]
        return cls(places, files, *index, with_drafts=with_drafts)

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
        self._prepare([(path, status) for path, status, summary in found if status and summary is None])
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
        bank = self._read(name)
        return bank if self.with_drafts else bank.finals

    def whole_bank(self, name: str) -> Bank:
        """Return a bank by its id without its drafts, for what needs every other item of it.

        Raises:
            BankError: there is no such bank, or it has errors.
        """
        summary = self.summary(name)
        if summary.is_usable and not summary.is_whole:
            raise _cannot_be_used(Path(summary.path), summary.findings)
        return self._read(name).finals

    def _read(self, name: str) -> Bank:
        """Return what can be used of a bank, read again only if its file has changed. Raises BankError."""
        summary = self.summary(name)
        path, stamp = Path(summary.path), _stamp(summary.path)
        held = self._banks.get(summary.path)
        if held is not None and held[0] == stamp:
            return held[1]
        bank = self._kept(path) if summary.is_usable else None
        if bank is None:
            from quiz.banks.files import read_bank

            reading = read_bank(path)
            bank = reading.usable
            if bank is None or not summary.is_usable:
                raise _cannot_be_used(path, (*reading.findings, *summary.findings))
        if bank.bank != name:
            raise BankError(f"{path} holds the bank “{bank.bank}” now, and not “{name}”.")
        if stamp is not None:
            self._banks[summary.path] = (stamp, bank)
        return bank

    def contents(self, name: str) -> Contents:
        """Return the heads of a bank's items, from the index where possible.

        Raises:
            BankError: there is no such bank, or it has errors.
        """
        summary = self.summary(name)
        known = self._contents(Path(summary.path)) if summary.is_usable else None
        if known is None:
            from quiz.core.scheduling.study_selection import Contents

            return Contents.of(self.bank(name))
        return known if self.with_drafts or not summary.drafts else known.finals

    def names(self, name: str) -> Collection[str]:
        """Return the ids of a bank's items in their order, kept while its file stays. Raises BankError."""
        path = self.summary(name).path
        state = self.with_drafts, _stamp(path)
        held = self._names.get(path)
        if held is None or held[0] != state:
            found = dict.fromkeys(item.ref.item for item in self.contents(name).items)
            held = self._names[path] = state, found.keys()
        return held[1]

    def item_count(self, summary: BankSummary) -> int:
        """Return how many items a bank has to study."""
        return summary.items if self.with_drafts else summary.items - summary.drafts

    def texts(self, name: str) -> BankTexts:
        """Return what of a bank can be found by its words, as `contents` does. Raises BankError."""
        summary = self.summary(name)
        known = self._texts(Path(summary.path)) if summary.is_usable else None
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
        summary = self._recall(path, status)
        if summary is not None:
            self._summaries[path] = (status, summary)
        return summary

    def _looked_at(self, path: str, status: os.stat_result | None) -> BankSummary:
        """Return a file's summary, reading the file."""
        try:
            summary, bank = self._describe(Path(path))
        except Exception as error:  # noqa: BLE001 - whatever one file does, the others are read
            summary, bank = BankSummary.unusable(Path(path), [_unreadable(path, error)]), None
        if status is not None:
            self._summaries[path] = (status, summary)
            if bank is not None:
                self._banks[path] = (_Stamp.of(status), bank)
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


def _stamp(path: str) -> _Stamp | None:
    status = _status(path)
    return None if status is None else _Stamp.of(status)
