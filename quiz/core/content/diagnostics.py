"""What is wrong with a bank, said so that its author can mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec

Where: TypeAlias = tuple[str | int, ...]
"""A place in a bank: the field names and list positions that lead to it."""


class Severity(StrEnum):
    """How bad a finding is.

    `check` fails for an error, for a warning only where it is strict, and never for a note. An error that
    reading finds keeps the bank from being used; one that a rule of item writing finds, such as an item that
    is there twice, does not.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def path_of(where: Where) -> str:
    """Return a place as a path, such as items[3].distractors[1]; lists count from 0."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return "".join(steps).removeprefix(".")


class Problem(msgspec.Struct, frozen=True):
    """Something wrong at a place of a bank, before anyone knows its line and column."""

    code: str
    message: str
    where: Where = ()
    help: str = ""
    severity: Severity = Severity.ERROR
    at_field: bool = False
    """Whether the finding points at the field's name rather than at its value."""


class Finding(msgspec.Struct, frozen=True):
    """A problem with the file, line and column (both from 1) where it stands."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    help: str = ""
    source: str = ""
    """The source line, as it stands in the file."""
    width: int = 1
    """How many characters of the source line the caret underlines."""
    item: str = ""
    """The id of the item it is about, empty where it is about none."""
    path: str = ""
    """The field it is about, such as items[3].distractors[1]; empty where that is not known."""

    @property
    def is_error(self) -> bool:
        """Whether the finding keeps the bank from being used."""
        return self.severity is Severity.ERROR

    def fails(self, *, strict: bool) -> bool:
        """Say whether a check fails for it; a strict one does so for warnings as well."""
        return self.is_error or (strict and self.severity is Severity.WARNING)


def has_errors(findings: list[Finding]) -> bool:
    """Say whether any of the findings keeps a bank from being used."""
    return any(finding.is_error for finding in findings)
