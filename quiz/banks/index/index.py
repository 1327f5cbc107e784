"""The index of banks, which spares parsing files again.

A small SQLite file in the cache folder holds, for every bank file, its size and time, a hash of its bytes,
its summary for the menu, the heads of its items, their words, and the bank itself. A file is read again when
its size or time differs, or when it changed so shortly before it was read that the same time could hide
another change; it is parsed again when its bytes differ. The index may be deleted at any time, and quiz works
without it where it cannot be used.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from quiz import __version__
from quiz.banks.summary import BankSummary, describe_by_reading
from quiz.banks.unindexed import Unindexed
from quiz.paths import is_unicode

if TYPE_CHECKING:
    from quiz.banks.files import BankReading
    from quiz.banks.index.parallel_reader import IndexEntry
    from quiz.banks.index.shipped import Extract
    from quiz.core.content.bank import Bank
    from quiz.core.content.search import BankTexts
    from quiz.core.scheduling.study_selection import Contents

PartT = TypeVar("PartT")

LAYOUT = 4
"""The version of what is kept; another one is thrown away."""
RACY_NS = 2_000_000_000
"""Nanoseconds. A file changed this shortly before it was read may have changed again within the same clock
tick."""
WORTH_BYTES = 2_000_000
"""How many bytes there must be to read before starting another process pays off."""

HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""What SQLite says where another program is writing."""

_summary = msgspec.msgpack.Decoder(BankSummary)
_MADE_BY = "CREATE TABLE IF NOT EXISTS made_by(what TEXT PRIMARY KEY)"
# With rowids: without them SQLite reads all that is kept of a bank to find its row.
_BANK = """CREATE TABLE IF NOT EXISTS bank(
    path TEXT PRIMARY KEY, size INTEGER, changed INTEGER, inode INTEGER, read_at INTEGER,
    hash BLOB, card BLOB, contents BLOB, texts BLOB, bank BLOB)"""


class _Known(msgspec.Struct, frozen=True):
    size: int
    changed: int
    inode: int
    read_at: int
    hash: bytes
    summary: bytes

    @classmethod
    def now(cls, status: os.stat_result, read_at: int, digest: bytes, summary: bytes) -> _Known:
        """Return what is known of a file whose status was asked for just before it was read."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ino, read_at, digest, summary)

    def is_of(self, status: os.stat_result) -> bool:
        """Return whether a file is certainly the one that was read."""
        same = (self.size, self.changed, self.inode) == (status.st_size, status.st_mtime_ns, status.st_ino)
        return same and self.read_at - self.changed > RACY_NS


class BankIndex(Unindexed):
    """Bank files and what is told of them, from the index where it is up to date."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None
        self._known: dict[str, _Known] | None = None

    def describe(self, path: Path) -> tuple[BankSummary, Bank | None]:
        """Return a file's summary, and its bank if it had to be parsed. Never raises."""
        try:
            status = path.stat()
        except OSError:
            return describe_by_reading(path)
        if not is_unicode(str(path)):
            return describe_by_reading(path)
        summary = self.recall(str(path), status)
        return (
            (summary, None) if summary is not None else self._read(path, status, self._rows().get(str(path)))
        )

    def recall(self, path: str, status: os.stat_result) -> BankSummary | None:
        """Return the summary of a file with this status, or None if it may be out of date. Never raises."""
        known = self._rows().get(path)
        if known is None or not known.is_of(status):
            return None
        try:
            return _summary.decode(known.summary)
        except msgspec.MsgspecError:
            return None

    def contents(self, path: Path) -> Contents | None:
        """Return the heads of a file's items, or None if they may be out of date."""
        from quiz.core.scheduling.study_selection import Contents

        return self._part(path, "contents", partial(msgspec.msgpack.decode, type=Contents))

    def texts(self, path: Path) -> BankTexts | None:
        """Return what of a file can be found by its words, None where that is not known for sure."""
        from quiz.core.content.search import BankTexts

        return self._part(path, "texts", partial(msgspec.msgpack.decode, type=BankTexts))

    def bank(self, path: Path) -> Callable[[], Bank | None] | None:
        """Return what makes a file's bank, as far as it can be used, of what is kept now.

        It returns None where that is damaged. None is returned if the file must be read.
        """
        from quiz.banks.index.kept_bank import bank_in

        return self._part(path, "bank", partial(partial, bank_in))

    def _part(self, path: Path, column: str, decode: Callable[[bytes], PartT]) -> PartT | None:
        try:
            known = self._rows().get(str(path))
            if known is None or not known.is_of(path.stat()) or self._db is None:
                return None
            row = self._db.execute(f"SELECT {column} FROM bank WHERE path=?", (str(path),)).fetchone()  # noqa: S608
            return decode(row[0]) if row and row[0] else None
        except (OSError, msgspec.MsgspecError, sqlite3.Error):
            return None

    def prepare(self, files: Sequence[tuple[str, os.stat_result]]) -> None:
        """Read files that are not in the index yet, in parallel if there is much to read. Never raises."""
        if sum(status.st_size for _, status in files) < WORTH_BYTES:
            return
        from quiz.banks.index.parallel_reader import read_ahead

        readable = [path for path, _ in files if is_unicode(path)]
        self.keep(read_ahead(readable, lambda path: row_of(Path(path))))

    def keep(self, entries: Iterable[IndexEntry]) -> None:
        """Keep what was read of files elsewhere. Never raises."""
        self._rows()
        with self._at_once():
            for row in entries:
                self._keep(row.path, _Known(*row[1:-3]), row[-3:])

    def _read(
        self, path: Path, status: os.stat_result, known: _Known | None
    ) -> tuple[BankSummary, Bank | None]:
        try:
            data = _bytes_of(path)
            read_at = _now_ns()
        except OSError:
            return describe_by_reading(path)
        digest = digest_of(data)
        if known is not None and known.hash == digest:
            with suppress(msgspec.MsgspecError):
                summary = _summary.decode(known.summary)
                self._keep(str(path), _Known.now(status, read_at, digest, known.summary), None)
                return summary, None
        from quiz.banks.index.shipped import shipped_extract

        shipped = shipped_extract(digest, path)
        if shipped is not None:
            (summary, extract), bank = shipped, None
        else:
            reading = parsed(data, str(path))
            summary, bank = BankSummary.of(path, reading), reading.usable
            extract = extract_of(summary, reading)
        self._keep(str(path), _Known.now(status, read_at, digest, extract.summary), extract[1:])
        return summary, bank

    def _rows(self) -> dict[str, _Known]:
        """Return the entries of all files, which are read from the index at the first call."""
        if self._known is None:
            self._known = {}
            try:
                self._db = self._opened()
                rows = self._db.execute("SELECT path, size, changed, inode, read_at, hash, card FROM bank")
                self._known = {row[0]: _Known(*row[1:]) for row in rows}
            except (OSError, sqlite3.Error) as error:
                self._do_without(error)
        return self._known

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        db = sqlite3.connect(self._path, isolation_level=None, timeout=0.2, check_same_thread=False)
        try:
            _prepare(db)
        except sqlite3.Error:
            db.close()
            raise
        return db

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Write everything that is read in this block in one transaction."""
        self._tell("BEGIN IMMEDIATE")
        yield
        self._tell("COMMIT")

    def _tell(self, statement: str) -> None:
        try:
            if self._db is not None:
                self._db.execute(statement)
        except sqlite3.Error as error:
            self._do_without(error)

    def _keep(self, path: str, known: _Known, parts: Sequence[bytes] | None) -> None:
        self._rows()[path] = known
        if self._db is None:
            return
        try:
            if parts is None:
                self._db.execute(
                    "UPDATE bank SET size=?, changed=?, inode=?, read_at=? WHERE path=?",
                    (known.size, known.changed, known.inode, known.read_at, path),
                )
            else:
                self._db.execute(
                    "INSERT OR REPLACE INTO bank VALUES(?,?,?,?,?,?,?,?,?,?)",
                    (path, *msgspec.structs.astuple(known), *parts),
                )
        except sqlite3.Error as error:
            self._do_without(error)

    def _do_without(self, error: Exception) -> None:
        """Work without the index from now on; the next start makes a new one unless this one is only held."""
        self.close()
        if getattr(error, "sqlite_errorcode", None) not in HELD:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the index."""
        if self._db is not None:
            self._db.close()
            self._db = None


def _prepare(db: sqlite3.Connection) -> None:
    """Create missing tables, and empty those that another version of quiz filled."""
    db.execute("PRAGMA synchronous=OFF")
    made_by = f"{__version__}/{LAYOUT}"
    db.execute(_MADE_BY)
    db.execute(_BANK)
    if db.execute("SELECT what FROM made_by").fetchall() != [(made_by,)]:
        db.execute("BEGIN IMMEDIATE")
        db.execute("DROP TABLE bank")
        db.execute(_BANK)
        db.execute("DELETE FROM made_by")
        db.execute("INSERT INTO made_by VALUES(?)", (made_by,))
        db.execute("COMMIT")


def row_of(path: Path) -> IndexEntry | None:
    """Read a bank file and return its index entry, or None if it cannot be read."""
    from quiz.banks.index.parallel_reader import IndexEntry

    try:
        status = path.stat()
        data = _bytes_of(path)
    except OSError:
        return None
    read_at = _now_ns()
    reading = parsed(data, str(path))
    extract = extract_of(BankSummary.of(path, reading), reading)
    known = _Known.now(status, read_at, digest_of(data), extract.summary)
    return IndexEntry._make((str(path), *msgspec.structs.astuple(known), *extract[1:]))


def _bytes_of(path: Path) -> bytes:
    from quiz.banks.file_bytes import bytes_of

    return bytes_of(path)


def extract_of(summary: BankSummary, reading: BankReading) -> Extract:
    """Return what is kept of a bank: not only its summary where it can be used."""
    from quiz.banks.index.kept_bank import kept_bank
    from quiz.banks.index.shipped import Extract
    from quiz.core.content.search import BankTexts
    from quiz.core.scheduling.study_selection import Contents

    encode, bank = msgspec.msgpack.encode, reading.usable
    if bank is None:
        return Extract(encode(summary), b"", b"", b"")
    return Extract(encode(summary), encode(Contents.of(bank)), encode(BankTexts.of(bank)), kept_bank(bank))


def digest_of(data: bytes) -> bytes:
    """Return a hash of a file's bytes."""
    import hashlib

    return hashlib.blake2b(data, digest_size=16).digest()


def parsed(data: bytes, name: str) -> BankReading:
    """Parse a bank from a file's bytes."""
    from quiz.banks.files import read_bank_text

    return read_bank_text(data, name)


def _now_ns() -> int:
    import time

    return time.time_ns()
