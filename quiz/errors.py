"""What can go wrong in a way that a person can act on.

QuizError
├── UsageError          a command was given something it cannot use (exit 2)
├── BankError           a bank cannot be read (exit 3)
├── ExchangeError       a foreign file cannot be read or written (exit 1)
└── RecordError        the record cannot be read or written (exit 1)
    ├── RecordMissing  it is gone, though there are copies of it
    ├── RecordDamaged  its content is not what was written
    ├── RecordForeign  the file is not a record of quiz
    ├── RecordNewer    a newer quiz wrote it
    ├── RecordLocked   another program holds it
    ├── RecordReadOnly it may not be written
    ├── DiskFull        there is no room to write it
    ├── SchoolUnreachable  the school's database does not answer
    └── RecordConflict another window went on with the same session
"""

from __future__ import annotations

EXIT_FINE = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_BAD_BANK = 3
EXIT_INTERRUPTED = 130


class QuizError(Exception):
    """A failure described in one sentence for the person at the keyboard, with advice on what to do."""

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


class RecordError(QuizError):
    """The record cannot be read or written."""


class RecordMissing(RecordError):
    """The record is gone, though there are copies of it. The person decides what happens next."""


class RecordDamaged(RecordError):
    """The record's content is not what was written."""


class RecordForeign(RecordError):
    """The file in the record's place is not a record of quiz."""


class RecordNewer(RecordError):
    """The record was written by a newer version."""


class RecordLocked(RecordError):
    """Another program holds the record."""


class RecordReadOnly(RecordError):
    """The record may not be written."""


class DiskFull(RecordError):
    """There is no room to write the record."""


class SchoolUnreachable(RecordError):
    """The school's database does not answer. What was answered is on this machine all the same."""


class RecordConflict(RecordError):
    """Another window continued this session, so the event to be recorded is no longer the next one."""
