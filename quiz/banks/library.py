"""All banks within reach: which there are, what each is about, and each in full."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

import msgspec

from quiz import paths
from quiz.banks.folders import bank_files_in
from quiz.core.content.diagnostics import Finding, Problem, has_errors
from quiz.core.content.item import ItemRef
from quiz.core.content.reversal import written_id
from quiz.core.text.safe_text import one_line
from quiz.errors import BankError

if TYPE_CHECKING:
    from quiz.banks.files import BankReading
    from quiz.core.content.bank import Bank
    from quiz.core.content.search import BankTexts
    from quiz.core.scheduling.study_selection import Contents


class BankSummary(msgspec.Struct, frozen=True):
    """What a menu says of a bank file, without its items."""

    id: str
    """The bank's id; the file's path where the bank cannot be used."""
    title: str
    """The bank's title; the file's name where the bank cannot be used."""
    path: str
    findings: tuple[Finding, ...] = ()
    """What is wrong with the file, as it stands there."""
    summary: str = ""
    language: str = "en"
    items: int = 0
    topics: int = 0
    sources: int = 0
    notes: int = 0

    @property
    def is_usable(self) -> bool:
        """Whether the bank can be studied: nothing that is wrong with it is an error."""
        return not self.findings or not has_errors(list(self.findings))

    @classmethod
    def of(cls, path: Path, reading: BankReading) -> BankSummary:
        """Return the card of a bank file that was read."""
        bank = reading.bank
        if bank is None:
            return cls.unusable(path, reading.findings)
        return cls(
            id=bank.bank,
            title=bank.title,
            path=str(path),
            findings=tuple(reading.findings),
            summary=bank.summary,
            language=bank.language,
            items=len(bank.items),
            topics=len(bank.topics),
            sources=len(bank.sources),
            notes=len(bank.notes),
        )

    @classmethod
    def unusable(cls, path: Path, findings: Iterable[Finding]) -> BankSummary:
        """Return the card of a bank file that has errors."""
        return cls(id=str(path), title=path.name, path=str(path), findings=tuple(findings))


class DescribeFile(Protocol):
    """Says what is known of a bank file. An index does so without reading it again."""

    def __call__(self, path: Path) -> tuple[BankSummary, Bank | None]:
        """Return a file's card, and its bank where it had to be read anyway. Never raises."""
        ...


def describe_by_reading(path: Path) -> tuple[BankSummary, Bank | None]:
    """Describe a bank file by reading all of it."""
    from quiz.banks.files import read_bank

    reading = read_bank(path)
    return BankSummary.of(path, reading), reading.bank


class RecallSummary(Protocol):
    """Says at once what is known of a bank file, if that surely holds."""

    def __call__(self, path: str, status: os.stat_result) -> BankSummary | None:
        """Return a file's card, None where the file must be looked at. Never raises."""
        ...


def _recall_nothing(path: str, status: os.stat_result) -> BankSummary | None:  # noqa: ARG001
    return None


Prepare: TypeAlias = Callable[[Sequence[tuple[str, os.stat_result]]], None]
"""Takes notice of files that will be looked at next, with their states. Never raises."""


def _prepare_nothing(files: Sequence[tuple[str, os.stat_result]]) -> None:
    pass


class Library:
    """The banks in some folders and files. What was read is kept until its file changes.

    There may be thousands: paths stay texts and each file is asked for its state once.
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
    ) -> None:
        self.folders = tuple(folders)
        self.files = tuple(files)
        self._describe = describe
        self._contents = contents
        self._recall = recall
        self._prepare = prepare
        self._texts = texts
        self._cards: dict[str, tuple[os.stat_result, BankSummary]] = {}
        self._banks: dict[str, tuple[_Stamp, Bank]] = {}
        self._by_id: dict[str, BankSummary] = {}

    @classmethod
    def within_reach(
        cls,
        named: Iterable[Path] = (),
        describe: DescribeFile = describe_by_reading,
        contents: Callable[[Path], Contents | None] = lambda _: None,
        recall: RecallSummary = _recall_nothing,
        prepare: Prepare = _prepare_nothing,
        texts: Callable[[Path], BankTexts | None] = lambda _: None,
    ) -> Library:
        """Return the library of the named files and folders, the person's own banks and the shipped ones."""
        folders: list[Path] = []
        files: list[Path] = []
        for path in named:
            (folders if paths.on_disk(path.is_dir) else files).append(path)
        places = [*folders, paths.user_banks_dir(), paths.shipped_banks_dir()]
        return cls(places, files, describe, contents, recall, prepare, texts)

    def paths(self) -> list[Path]:
        """Return all bank files: those named, then each folder's; each once however many ways lead to it."""
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

    def shelf(self) -> tuple[BankSummary, ...]:
        """Return a card for every bank file. A bank's id belongs to its first file; others cannot be used."""
        first: dict[str, BankSummary] = {}
        cards: list[BankSummary] = []
        found = [(path, status, self._known(path, status)) for path, status in self._found()]
        self._prepare([(path, status) for path, status, card in found if status and card is None])
        for path, status, known in found:
            card = known or self._looked_at(path, status)
            if card.id in first and card.is_usable:
                same = same_id(card.id, Path(path), Path(first[card.id].path))
                card = BankSummary.unusable(Path(path), [*card.findings, same])
            first.setdefault(card.id, card)
            cards.append(card)
        self._by_id = {card.id: card for card in cards}
        return tuple(cards)

    def card(self, name: str) -> BankSummary:
        """Return the card of a bank by its id.

        Raises:
            BankError: there is no such bank.
        """
        if name not in self._by_id:
            self.shelf()
        card = self._by_id.get(name)
        if card is None:
            raise BankError(f"There is no bank “{name}”.", "“quiz list” shows which there are.")
        return card

    def bank(self, name: str) -> Bank:
        """Return a bank by its id, read again only if its file has changed.

        Raises:
            BankError: there is no such bank, or it has errors.
        """
        from quiz.banks.files import read_bank

        card = self.card(name)
        path = Path(card.path)
        status = _status(card.path)
        stamp = _Stamp.of(status) if status else None
        held = self._banks.get(card.path)
        if held is not None and held[0] == stamp:
            return held[1]
        reading = read_bank(path)
        if reading.bank is None or not card.is_usable:
            wrong = next(finding for finding in (*reading.findings, *card.findings) if finding.is_error)
            message = f"{path} cannot be used. Line {wrong.line}: {wrong.message}"
            raise BankError(message, f"“quiz check {path}” says more.")
        if reading.bank.bank != name:
            raise BankError(f"{path} holds the bank “{reading.bank.bank}” now, and not “{name}”.")
        if stamp is not None:
            self._banks[card.path] = (stamp, reading.bank)
        return reading.bank

    def contents(self, name: str) -> Contents:
        """Return the heads of a bank's items, from an index where it knows them.

        Raises:
            BankError: there is no such bank, or it has errors.
        """
        card = self.card(name)
        known = self._contents(Path(card.path)) if card.is_usable else None
        if known is not None:
            return known
        from quiz.core.scheduling.study_selection import Contents

        return Contents.of(self.bank(name))

    def texts(self, name: str) -> BankTexts:
        """Return what of a bank can be found by its words, as `contents` does. Raises BankError."""
        card = self.card(name)
        known = self._texts(Path(card.path)) if card.is_usable else None
        if known is not None:
            return known
        from quiz.core.content.search import BankTexts

        return BankTexts.of(self.bank(name))

    def locate(self, ref: ItemRef) -> tuple[Path, int]:
        """Return the file of an item and the line, from 1, where it begins.

        Raises:
            BankError: there is no such bank or item.
        """
        from quiz.banks.files import place_in

        bank = self.bank(ref.bank)
        places = [place for place, item in enumerate(bank.items) if item.id == written_id(ref.item)]
        if not places:
            raise BankError(f"The bank “{ref.bank}” has no item “{ref.item}”.")
        path = Path(self._by_id[ref.bank].path)
        return path, place_in(path, Problem("here", "The item.", ("items", places[0]))).line

    def _known(self, path: str, status: os.stat_result | None) -> BankSummary | None:
        """Return a file's card where it is known without looking into the file."""
        if status is None:
            return None
        held = self._cards.get(path)
        if held is not None and _Stamp.of(held[0]) == _Stamp.of(status):
            return held[1]
        card = self._recall(path, status)
        if card is not None:
            self._cards[path] = (status, card)
        return card

    def _looked_at(self, path: str, status: os.stat_result | None) -> BankSummary:
        """Return a file's card after looking into the file."""
        try:
            card, bank = self._describe(Path(path))
        except Exception as error:  # noqa: BLE001 - whatever one file does, the others are read
            card, bank = BankSummary.unusable(Path(path), [_unreadable(path, error)]), None
        if status is not None:
            self._cards[path] = (status, card)
            if bank is not None:
                self._banks[path] = (_Stamp.of(status), bank)
        return card


class _Stamp(NamedTuple):
    """What changes when a file does."""

    device: int
    number: int
    size: int
    changed_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> _Stamp:
        """Return the stamp of a file in some state."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _unreadable(path: str, error: Exception) -> Finding:
    """Return the finding that a file did something to its reader that was not foreseen."""
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


def same_id(name: str, path: Path, first: Path) -> Finding:
    """Return the finding that a bank has the same id as another, where it says its id."""
    from quiz.banks.files import place_in

    problem = Problem(
        "duplicate-bank", f"The bank in {first} is called “{name}” as well.", ("bank",),
        "Give one of them another id.",
    )  # fmt: skip
    return place_in(path, problem)
