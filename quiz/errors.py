"""What can go wrong in a way that a person can act on.

QuizError
├── UsageError          a command was given something it cannot use (exit 2)
├── BankError           a bank cannot be read (exit 3)
├── ExchangeError       a foreign file cannot be read or written (exit 1)
└── HistoryError        the record cannot be read or written (exit 1)
    ├── HistoryDamaged  its content is not what was written
    ├── HistoryForeign  the file is not a record of quiz
    ├── HistoryNewer    a newer quiz wrote it
    ├── HistoryLocked   another program holds it
    ├── HistoryReadOnly it may not be written
    ├── DiskFull        there is no room to write it
    └── HistoryConflict another window went on with the same session
"""

from __future__ import annotations

EXIT_FINE = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_BAD_BANK = 3
EXIT_INTERRUPTED = 130


class QuizError(Exception):
    """A failure with a sentence for the person at the keyboard, and what to do about it."""

    exit_code = EXIT_FINDINGS

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message} {self.help}".strip()


class UsageError(QuizError):
    """A command was given something it cannot use."""

    exit_code = EXIT_USAGE


class BankError(QuizError):
    """A bank cannot be used."""

    exit_code = EXIT_BAD_BANK


class ExchangeError(QuizError):
    """A foreign file cannot be read or written."""


class HistoryError(QuizError):
    """The record cannot be read or written."""


class HistoryDamaged(HistoryError):
    """The record's content is not what was written."""


class HistoryForeign(HistoryError):
    """The file in the record's place is not a record of quiz."""


class HistoryNewer(HistoryError):
    """The record was written by a newer version."""


class HistoryLocked(HistoryError):
    """Another program holds the record."""


class HistoryReadOnly(HistoryError):
    """The record may not be written."""


class DiskFull(HistoryError):
    """There is no room to write the record."""


class HistoryConflict(HistoryError):
    """Another window went on with this session, so its next event is not the one to be recorded."""
