"""What a menu shows of a bank file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.diagnostics import Finding, has_errors

if TYPE_CHECKING:
    from quiz.banks.files import BankReading
    from quiz.core.content.bank import Bank


class BankSummary(msgspec.Struct, frozen=True):
    """What a menu shows of a bank file, without its items."""

    id: str
    """The bank's id; the file's path where the bank cannot be used."""
    title: str
    """The bank's title; the file's name where the bank cannot be used."""
    path: str
    findings: tuple[Finding, ...] = ()
    """All problems of the file, in the order of their lines."""
    summary: str = ""
    language: str = "en"
    items: int = 0
    topics: int = 0
    sources: int = 0
    notes: int = 0
    drafts: int = 0
    """How many of the items are drafts."""
    left_out: int = 0
    """How many items are wrong, where all others can be studied in spite of that."""
    is_being_read: bool = False
    """Whether nothing is known of the file yet."""

    @property
    def is_usable(self) -> bool:
        """Whether the bank can be studied, be it without items that are wrong."""
        return self.left_out > 0 or self.is_whole

    @property
    def is_whole(self) -> bool:
        """Whether nothing that is wrong with the bank is an error, as exams and drills ask for."""
        return not self.is_being_read and not (self.findings and has_errors(list(self.findings)))

    @classmethod
    def of(cls, path: Path, reading: BankReading) -> BankSummary:
        """Return the summary of a bank file that was read."""
        bank = reading.usable
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
            drafts=len(bank.items) - len(bank.finals.items),
            left_out=reading.left_out,
        )

    @classmethod
    def unusable(cls, path: Path, findings: Iterable[Finding]) -> BankSummary:
        """Return the summary of a bank file that has errors."""
        return cls(id=str(path), title=path.name, path=str(path), findings=tuple(findings))


def describe_by_reading(path: Path) -> tuple[BankSummary, Bank | None]:
    """Describe a bank file by reading it."""
    from quiz.banks.files import read_bank

    reading = read_bank(path)
    return BankSummary.of(path, reading), reading.usable
