"""Records and disks that refuse: said in a sentence, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from quiz.core.events.model import EventKind
from quiz.errors import (
    DiskFull,
    RecordConflict,
    RecordDamaged,
    RecordError,
    RecordForeign,
    RecordLocked,
    RecordReadOnly,
)
from quiz.record.row_codec import SESSION, crc_of
from quiz.record.sqlite.connection import RecordFile
from quiz.record.sqlite.errors import translated
from quiz.record.sqlite_record import SqliteRecord
from tests.record.record_stress import DAY, NOON, ROOT, attempt, event, filled, header

pytestmark = pytest.mark.durable


def _as_nobody(code: str, *args: object) -> str:
    """Run some code as a user who owns nothing; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.stdout


_READ_AND_WRITE = """
import os, sys
import quiz.record.upkeep.backups, quiz.record.upkeep.replacement  # the folder may be nobody's to read
from pathlib import Path
from quiz.errors import RecordError
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.row_codec import SESSION, crc_of
Path("/").as_uri()  # imports what it needs, which may be nobody's to read
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    with SqliteRecord.open(Path(sys.argv[1])) as record:
        print(len(record.sessions()))
        record.learner("somebody new")
except RecordError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder that anybody may pass through."""
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder != Path("/tmp"):
            folder.chmod(0o755)
    made = tmp_path / "record"
    made.mkdir()
    return made


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o555, 0o666), (0o777, 0o444)])
def test_a_read_only_record_is_read_and_refuses_to_be_written(
    open_folder: Path, folder_mode: int, file_mode: int
) -> None:
    path = open_folder / "history.db"
    filled(path)
    path.chmod(file_mode)
    open_folder.chmod(folder_mode)
    told = _as_nobody(_READ_AND_WRITE, path).splitlines()
    assert told[0] == "3"
    assert told[1].startswith("RecordReadOnly ")
    assert "may not be written" in told[1]


def test_no_record_is_made_where_nothing_may_be_written(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    told = _as_nobody(_READ_AND_WRITE, open_folder / "sub" / "history.db")
    assert told.startswith("RecordReadOnly ")
    told = _as_nobody(_READ_AND_WRITE, open_folder / "history.db")
    assert told.startswith("RecordReadOnly ")


_FILL_THE_DISK = """
import resource, sys
from pathlib import Path
from random import Random
from quiz.errors import DiskFull
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.row_codec import SESSION, crc_of
from tests.record.record_stress import NOON, attempt, header
path, n = Path(sys.argv[1]), 0
with SqliteRecord.open(path) as record:
    started = header(record.learner("mina").id, Random(5), NOON)
    record.start(started)
    limit = path.stat().st_size + 65536
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        while n < 5000:
            record.append(started.id, [attempt(n + 1, f"item-{n}", at=NOON + n)])
            n += 1
    except DiskFull as error:
        print(n, error)
    assert len(record.events(started.id)) == n
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    record.append(started.id, [attempt(n + 1, f"item-{n}", at=NOON + n)])
    assert record.rebuild_memory() == 0
    assert record.integrity() == []
"""


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    done = subprocess.run(
        [sys.executable, "-c", _FILL_THE_DISK, str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    count, _, sentence = done.stdout.partition(" ")
    assert int(count) > 10
    assert "refused to write" in sentence
    with SqliteRecord.open(path) as record:
        assert len(record.events(record.sessions()[0].id)) == int(count) + 1


def test_a_commit_that_failed_after_all_was_written_may_be_repeated(path: Path) -> None:
    """The journal was removed, but the folder could not be written out: the event is there all the same."""
    with SqliteRecord.open(path) as record:
        started = header(record.learner("mina").id, Random(3), NOON + DAY)
        record.start_with(started, [attempt(1)])
        record.append(started.id, [attempt(1)])
        assert len(record.events(started.id)) == 1


def _of_sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("it happened")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        (sqlite3.SQLITE_FULL, DiskFull, "no room"),
        (sqlite3.SQLITE_IOERR_WRITE, DiskFull, "refused to write"),
        (sqlite3.SQLITE_IOERR_FSYNC, DiskFull, "refused to write"),
        (sqlite3.SQLITE_IOERR_READ, RecordError, "disk failed"),
        (sqlite3.SQLITE_CANTOPEN, RecordError, "cannot be opened"),
        (sqlite3.SQLITE_READONLY, RecordReadOnly, "may not be written"),
        (sqlite3.SQLITE_READONLY_ROLLBACK, RecordReadOnly, "may not be written"),
        (sqlite3.SQLITE_CORRUPT, RecordDamaged, "is damaged"),
        (sqlite3.SQLITE_ERROR, RecordDamaged, "is damaged"),
        (sqlite3.SQLITE_NOTADB, RecordForeign, "not a record"),
        (sqlite3.SQLITE_PROTOCOL, RecordLocked, "Another program"),
        (sqlite3.SQLITE_NOMEM, RecordError, "could not be used"),
        (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, RecordConflict, "something else in that place"),
        (sqlite3.SQLITE_CONSTRAINT_CHECK, RecordError, "refused what was to be written"),
    ],
)
def test_every_error_of_sqlite_has_a_sentence(
    tmp_path: Path, code: int, kind: type[RecordError], said: str
) -> None:
    with pytest.raises(RecordError, match=said) as told, translated(tmp_path / "history.db"):
        raise _of_sqlite(code)
    assert type(told.value) is kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (FileNotFoundError(2, "x"), RecordError),
        (PermissionError(13, "x"), RecordReadOnly),
        (OSError(30, "read-only file system"), RecordReadOnly),
        (OSError(28, "no space"), DiskFull),
        (OSError(5, "input/output error"), RecordError),
        (OverflowError("too large"), RecordDamaged),
    ],
)
def test_every_error_of_the_system_has_a_sentence(
    tmp_path: Path, error: Exception, kind: type[RecordError]
) -> None:
    with pytest.raises(RecordError) as told, translated(tmp_path / "history.db"):
        raise error
    assert type(told.value) is kind


def test_a_full_disk_is_told_from_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DiskFull, match="no room"), translated(tmp_path / "history.db"):
        raise _of_sqlite(sqlite3.SQLITE_IOERR_WRITE)


def test_a_limit_is_told_where_nobody_knows_how_much_room_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise OSError

    monkeypatch.setattr(shutil, "disk_usage", refuse)
    with pytest.raises(DiskFull, match="refused to write"), translated(tmp_path / "history.db"):
        raise _of_sqlite(sqlite3.SQLITE_IOERR_WRITE)


def test_a_file_that_cannot_be_opened_in_a_locked_folder_is_read_only(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, mode: mode == os.R_OK)
    with pytest.raises(RecordReadOnly), translated(path):
        raise _of_sqlite(sqlite3.SQLITE_CANTOPEN)


@pytest.mark.parametrize(
    ("error", "is_there", "is_made"),
    [
        (FileExistsError(17, "File exists"), True, True),
        (OSError(95, "Operation not supported"), True, True),
        (OSError(95, "Operation not supported"), False, True),
    ],
)
def test_a_record_is_made_where_there_are_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, is_there: bool, is_made: bool
) -> None:
    path = tmp_path / "history.db"

    def link(source: Path, target: Path) -> None:
        if is_there:
            shutil.copy(source, target)
        raise error

    monkeypatch.setattr(os, "link", link)
    with SqliteRecord.open(path) as record:
        record.learner("mina")
    assert [entry.name for entry in tmp_path.iterdir()] == ["history.db"]


def test_a_draft_that_cannot_be_filled_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DiskFull("There is no room.")

    monkeypatch.setattr("quiz.record.sqlite.create.bring_up_to_date", refuse)
    with pytest.raises(DiskFull):
        SqliteRecord.open(tmp_path / "history.db")
    assert list(tmp_path.iterdir()) == []


def test_no_more_than_enough_is_complained_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quiz.record.upkeep.integrity.ENOUGH", 2)
    path.write_bytes(path.read_bytes().replace(b"Option of", b"option of"))
    with SqliteRecord.open(path) as record:
        assert len(record.integrity()) == 2


def test_what_was_added_to_an_open_record_is_complained_of(path: Path) -> None:
    with SqliteRecord.open(path) as record:
        with path.open("ab") as file:
            file.write(b"junk")
        assert "shorter or longer" in record.integrity()[0]


@pytest.mark.parametrize("ask", [SqliteRecord.learners, SqliteRecord.sessions, SqliteRecord.rebuild_memory])
def test_a_closed_record_is_a_programming_error(path: Path, ask: Callable[[SqliteRecord], object]) -> None:
    record = SqliteRecord.open(path)
    record.close()
    record.close()
    with pytest.raises(sqlite3.ProgrammingError):
        ask(record)


def test_a_transaction_may_stand_inside_another_one(path: Path) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    file = RecordFile(database, path)
    with file.writing() as outer, file.writing() as inner, file.reading() as reading:
        assert outer is inner is reading
        assert database.in_transaction
    assert not database.in_transaction
    file.close()


def test_events_that_are_not_known_to_this_version_are_damage(path: Path) -> None:
    with SqliteRecord.open(path) as record:
        session = record.sessions()[0].id
        record.append(session, [event(22, EventKind.NOTE, body={"a": 1})])
        row = record._file.db.execute("SELECT * FROM event WHERE n=22").fetchone()
        strange = (*row[:1], 23, "telepathy", *row[3:-1])
        marks = ", ".join("?" * 16)
        record._file.db.execute(f"INSERT INTO event VALUES({marks})", (*strange, crc_of(strange)))
        with pytest.raises(RecordDamaged, match="telepathy"):
            record.events(session)


def test_a_session_of_an_unknown_mode_is_damage(path: Path) -> None:
    with SqliteRecord.open(path) as record:
        row = record._file.db.execute(f"SELECT {', '.join(SESSION)} FROM session").fetchone()
        strange = [bytes(16), *row[1:]]
        strange[SESSION.index("mode")] = "dream"
        strange[SESSION.index("crc")] = crc_of((*strange[:-2], strange[-1]))
        marks = ", ".join("?" * len(SESSION))
        record._file.db.execute(f"INSERT INTO session({', '.join(SESSION)}) VALUES({marks})", strange)
        with pytest.raises(RecordDamaged, match="dream"):
            record.header("00000000-0000-0000-0000-000000000000")
        assert "dream" in record.integrity()[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_journal_that_is_a_pipe_is_refused_rather_than_waited_for(path: Path) -> None:
    os.mkfifo(path.with_name("history.db-journal"))
    with pytest.raises(RecordForeign, match="journal is not a file"):
        SqliteRecord.open(path)
