"""The connection to the record's file, and its transactions."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock, get_ident, local
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

from quiz.errors import RecordDamaged, RecordError, RecordForeign
from quiz.record.sqlite import raw_file
from quiz.record.sqlite.errors import PATIENCE, RESTORE, busy_itself, damaged, may_not_be_written, translated

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

APPLICATION_ID = 0x5155495A
"""QUIZ in ASCII, in the file's header."""
CACHE, LARGE_CACHE = 8_000, 64_000
"""How much of the file is held in memory, usually and while much is written, in KiB."""
SETTINGS = (
    "trusted_schema=OFF",
    "foreign_keys=ON",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    f"cache_size=-{CACHE}",
)
SYNCHRONOUS = "EXTRA"
"""SQLite's `synchronous` setting: a commit waits until the data and the removal of the journal are on disk.
"""


def connect(path: Path, *, read_only: bool = False) -> RecordFile:
    """Open an existing SQLite file with every setting that the record relies on.

    Raises a RecordError where that is not possible; never creates a file.
    """
    with translated(path):
        _refuse_what_is_no_file(path)
        named = quote_from_bytes(os.fsencode(path.absolute()))
        uri = f"file://{named}?mode={'ro' if read_only else 'rw'}"
        db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE, check_same_thread=False)
        try:
            for setting in SETTINGS:
                db.execute(f"PRAGMA {setting}")
            db.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
            return RecordFile(db, path, read_only=read_only)
        except BaseException:
            db.close()
            raise


def _refuse_what_is_no_file(path: Path) -> None:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise RecordForeign(f"{path} is not a file.", "The record belongs there: move the other file away.")
    journal = path.with_name(f"{path.name}-journal")
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(journal.stat().st_mode):  # SQLite would wait forever for a pipe
            raise RecordForeign(
                f"{journal} is not a file.",
                "The record's journal belongs there: move the other file away.",
            )
    if status.st_size == 0:
        raise RecordDamaged(f"The record {path} is empty: all that was in it is gone.", RESTORE)


class _Patience(local):
    """How long a thread waits for the file."""

    seconds: float | None = None
    """As many as it chose; None where it chose nothing."""
    is_lost = False
    """Whether it waited in vain the last time."""


def _is_busy(error: BaseException) -> bool:
    """Return whether SQLite refused because another program has the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


class RecordFile:
    """The open file of a record, and the only way to its transactions.

    Several threads may use it, one transaction at a time. A thread that waits for the file blocks none of
    them.
    """

    def __init__(self, db: sqlite3.Connection, path: Path, *, read_only: bool = False) -> None:
        self.db = db
        self.path = path
        self.is_read_only = read_only
        self._which = raw_file.file_id(path)
        raw_file.use(self._which)
        self._is_closed = False
        self._folder: TemporaryDirectory[str] | None = None
        self._turn = RLock()
        self._owner = 0
        """Which thread is in a transaction, 0 for none."""
        self._changes = 0
        """How many rows this program had changed when the transaction began."""
        self._patience = _Patience()

    @classmethod
    def of_copy(cls, copy: RecordFile, original: Path, folder: TemporaryDirectory[str]) -> RecordFile:
        """Return the open copy of a record as a substitute for it. The folder is deleted when it closes."""
        file = cls(copy.db, original, read_only=True)
        file._folder = folder
        return file

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Run a block that sees the record as it is at one moment. May be nested in a transaction."""
        with translated(self.path):
            if self._owner == get_ident() or self._is_in_a_transaction_of_its_own():
                yield self.db
                return
            self._begin("BEGIN")
            self._patience.is_lost = False
            try:
                with self.decoding():
                    yield self.db
            finally:
                self._end()

    @contextmanager
    def decoding(self) -> Iterator[None]:
        """Run a block that turns rows into values: what cannot be turned is damage."""
        with translated(self.path):
            try:
                yield
            except (TypeError, ValueError, AttributeError) as error:
                raise damaged(self.path, error) from error  # a column holds another type

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run a block as one durable transaction, all or nothing. May be nested in another one."""
        with translated(self.path):
            if self._owner == get_ident() or self._is_in_a_transaction_of_its_own():
                yield self.db
                return
            if self.is_read_only:
                raise may_not_be_written(self.path)
            self._begin("BEGIN IMMEDIATE")
            try:
                self._refuse_another_file()
                yield self.db
                self._commit()
            finally:
                self._end()

    @property
    def state(self) -> tuple[int, int] | None:
        """What tells the present state of the record from others; None outside a block, or once it wrote."""
        changes = self.db.total_changes
        if self._owner != get_ident() or changes != self._changes:
            return None
        return self._number("data_version"), changes

    @contextmanager
    def largely_cached(self) -> Iterator[None]:
        """Run a block that may change more pages than are usually held in memory, and written twice."""
        self.db.execute(f"PRAGMA cache_size=-{LARGE_CACHE}")
        try:
            yield
        finally:
            self.db.execute(f"PRAGMA cache_size=-{CACHE}")

    def wait_at_most(self, seconds: float) -> None:
        """From now on wait only so long on this thread for other programs and threads.

        After a wait in vain it does not wait at all, until the file was free once.
        """
        self._patience.seconds = seconds

    @property
    def patience(self) -> float:
        """How many seconds this thread waits for other programs now."""
        if self._patience.is_lost:
            return 0.0
        return PATIENCE if self._patience.seconds is None else self._patience.seconds

    def close(self) -> None:
        """Close the file. May be called again."""
        self.db.close()
        if not self._is_closed:
            self._is_closed = True
            raw_file.let_go(self._which)
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def version(self) -> int:
        """Return the schema version in the file's header, 0 for a new file."""
        return self._number("user_version")

    def is_ours(self) -> bool:
        """Return whether the file's header says that it is a record of quiz."""
        return self._number("application_id") == APPLICATION_ID

    def is_cut(self) -> bool:
        """Return whether the file is shorter or longer than its pages. Call it within a transaction."""
        if self._folder is not None:
            return False  # a copy is complete
        return self.path.stat().st_size != self.size()

    def descriptor(self) -> int:
        """Return a descriptor of the file, for reading its bytes; it must not be closed. Raises OSError."""
        return raw_file.descriptor_of(self.path, self._which)

    def has_all_in_one_file(self) -> bool:
        """Return whether all that was committed is in the file, which can be read beside SQLite."""
        with self.reading() as db:
            is_wal = db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        return hasattr(os, "pread") and self._folder is None and not is_wal

    def size(self) -> int:
        """Return how many bytes all pages take. Call it within a transaction."""
        return self._number("page_count") * self._number("page_size")

    def _number(self, pragma: str) -> int:
        with translated(self.path):
            return int(self.db.execute(f"PRAGMA {pragma}").fetchone()[0])

    def _is_in_a_transaction_of_its_own(self) -> bool:
        """Return whether a user of the raw connection has begun a transaction on it."""
        return not self._owner and self.db.in_transaction

    def _begin(self, statement: str) -> None:
        """Wait for this thread's turn, begin a transaction and take its lock, waiting for other programs.

        SQLite's own busy handler ends up trying only ten times a second, so that a busy writer could shut
        others out.
        """
        deadline = time.monotonic() + self.patience
        while not self._has_begun(statement, deadline):
            time.sleep(0.002)

    def _has_begun(self, statement: str, deadline: float) -> bool:
        """Try to begin. Raises SQLite's error at the first try after the deadline, or where waiting would not
        help; RecordLocked where another thread has not ended its transaction by then.
        """
        if not self._turn.acquire(timeout=max(0.0, deadline - time.monotonic())):
            self._lose_patience()
            raise busy_itself(self.path)
        is_last = time.monotonic() >= deadline
        try:
            self.db.execute("PRAGMA busy_timeout=0")
            try:
                self.db.execute(statement)
                self.db.execute("SELECT 1 FROM sqlite_master").fetchone()
            finally:
                self.db.execute(f"PRAGMA busy_timeout={self.patience * 1000:.0f}")
        except BaseException as error:
            self._roll_back()
            self._turn.release()
            if not _is_busy(error):
                raise
            if is_last:
                self._lose_patience()
                raise
            return False
        self._owner, self._changes = get_ident(), self.db.total_changes
        return True

    def _commit(self) -> None:
        """Commit the transaction, which waits for programs that are reading."""
        try:
            self.db.execute("COMMIT")
        except sqlite3.Error as error:
            if _is_busy(error):
                self._lose_patience()
            raise
        self._patience.is_lost = False

    def _lose_patience(self) -> None:
        """Wait no more until the file was free once, on a thread that chose how long it waits."""
        self._patience.is_lost = self._patience.seconds is not None

    def _end(self) -> None:
        """Roll back what was not committed, and let the next thread take its turn."""
        self._roll_back()
        self._owner = 0
        self._turn.release()

    def _roll_back(self) -> None:
        if self.db.in_transaction:
            with suppress(sqlite3.Error):
                self.db.execute("ROLLBACK")

    def _refuse_another_file(self) -> None:
        """Refuse to write to a file that was moved away, where nobody would find the data."""
        try:
            is_same = raw_file.file_id(self.path) == self._which
        except FileNotFoundError:
            is_same = False
        if not is_same:
            raise RecordError(
                f"The record {self.path} was moved, replaced or restored while it was open.",
                "Start quiz again to continue with the one that is there now. Nothing was written.",
            )
