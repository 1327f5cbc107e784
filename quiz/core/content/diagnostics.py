"""Findings about a bank, worded so that its author can act on them."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec

Where: TypeAlias = tuple[str | int, ...]
"""A place in a bank: the field names and list positions that lead to it."""


class Severity(StrEnum):
    """How bad a finding is. `check` fails for an error, with `--strict` for a warning, never for a note.

    An error found in reading makes the bank unusable; an error found by a rule of item writing, such as a
    duplicate item, does not.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def path_of(where: Where) -> str:
    """Return a place as a path, such as items[3].distractors[1]; lists count from 0."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return "".join(steps).removeprefix(".")


class Problem(msgspec.Struct, frozen=True):
    """Something wrong at a place in a bank, before its line and column are known."""

    code: str
    message: str
    where: Where = ()
    help: str = ""
    severity: Severity = Severity.ERROR
    at_field: bool = False
    """Whether the finding points at the field's name and not at its value."""


class Finding(msgspec.Struct, frozen=True):
    """A problem with its file, line and column (both from 1)."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    help: str = ""
    source: str = ""
    """The source line."""
    width: int = 1
    """How many characters of the source line the caret underlines."""
    item: str = ""
    """The id of the item it is about, empty where it is about none."""
    path: str = ""
    """The field it is about, such as items[3].distractors[1]; empty where that is not known."""

    @property
    def is_error(self) -> bool:
        """Whether the finding makes the bank unusable."""
        return self.severity is Severity.ERROR

    def fails(self, *, strict: bool) -> bool:
        """Return whether a check fails because of it; a strict check fails for warnings too."""
        return self.is_error or (strict and self.severity is Severity.WARNING)


def has_errors(findings: list[Finding]) -> bool:
    """Return whether any finding makes a bank unusable."""
    return any(finding.is_error for finding in findings)
