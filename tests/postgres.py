"""A server of PostgreSQL for the tests: one for all their workers, in a folder that goes with them.

`server` is the fixture; `tests/conftest.py` makes it known. Each test asks for databases of its own.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from random import Random, SystemRandom
from tempfile import mkdtemp
from typing import Any

import pytest

TODAY = date(2025, 6, 18)
QUICK = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=80",
    "shared_buffers=32MB", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0",
    "log_min_messages=panic", "max_locks_per_transaction=256",
)  # fmt: skip
"""How a server is set that loses everything with its computer, and is quick."""
DURABLE = (
    "fsync=on",
    "synchronous_commit=on",
    "full_page_writes=on",
    "shared_buffers=128MB",
    "autovacuum=on",
)
"""How a server is set that keeps what it acknowledged, as it comes."""
NAME, TEMPLATE = "admin", "school_template"


def programs() -> Path:
    """Return the folder with the server's programs."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


class Server:
    """A server in a folder."""

    def __init__(self, folder: Path, settings: tuple[str, ...] = QUICK, port: int = 0) -> None:
        self.folder = folder
        self._settings = settings
        self.port = port

    def make(self) -> None:
        """Make the folder's content and start the server."""
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        initdb = [f"--pgdata={self.folder / 'data'}", f"--username={NAME}", "--auth=trust", "--no-sync"]
        self._run("initdb", *initdb, "--auth-host=scram-sha-256", "--encoding=UTF8", "--no-locale")
        rules = f"host all {NAME} 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (self.folder / "data" / "pg_hba.conf").write_text(rules)
        told = [*self._settings, f"port={self.port}", "listen_addresses=127.0.0.1"]
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.write(
                "".join(f"{name} = '{value}'\n" for name, _, value in (s.partition("=") for s in told))
            )
            file.write("unix_socket_directories = ''\n")
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._run(
            "pg_ctl", f"--pgdata={self.folder / 'data'}", "--log", str(self.folder / "log"), "-w", "start"
        )

    def stop(self) -> None:
        """Stop the server at once."""
        self._run("pg_ctl", f"--pgdata={self.folder / 'data'}", "--mode=immediate", "stop")

    def remove(self) -> None:
        """Stop the server and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill(self) -> None:
        """Kill every process of the server, as a power cut would."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        for each in (pid, *_children(pid)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        while _lives(pid):
            time.sleep(0.01)
        (
            self.folder / "data" / "postmaster.pid"
        ).unlink()  # it may stay a zombie, whose number is still taken

    def _run(self, program: str, *arguments: str) -> None:
        who: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        ran = subprocess.run(
            [programs() / program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            cwd="/", check=False, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, text=True, **who,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr

    def address(self, database: str, user: str = NAME, port: int = 0) -> str:
        """Return the URL of a database."""
        return f"postgresql://{user}@127.0.0.1:{port or self.port}/{database}"

    def make_database(self, name: str, options: str = "") -> None:
        """Make a database."""
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as db:
            db.execute(f"CREATE DATABASE {name} {options}".encode())

    def make_template(self) -> None:
        """Make the school that new databases are copies of."""
        import psycopg

        from quiz.record.postgres.schema import set_up

        self.make_database(TEMPLATE)
        with psycopg.connect(self.address(TEMPLATE), autocommit=True) as db:
            set_up(db, Random(1), TODAY, (1, 1))

    def new_school(self, name: str) -> str:
        """Make a database with a school in it and return its URL."""
        import psycopg

        from quiz.record.postgres.schema import close_to_the_public

        self.make_database(name, f"TEMPLATE {TEMPLATE}")
        with psycopg.connect(self.address(name), autocommit=True) as db:
            close_to_the_public(db)
        return self.address(name)


def _children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


def _lives(pid: int) -> bool:
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of this run. The first worker who needs it starts it, the last one stops it."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    users, place = shared / "postgres.users", shared / "postgres.place"
    with _alone(users) as count:
        if not count:
            made = new_server()
            made.make_template()
            place.write_text(f"{made.port} {made.folder}")
        port, _, folder = place.read_text().partition(" ")
        made = Server(Path(folder), port=int(port))
        users.write_text(str(count + 1))
    yield made
    with _alone(users) as count:
        users.write_text(str(count - 1))
        if count == 1:
            made.remove()


def new_server(*settings: str) -> Server:
    """Make and start a server in a folder that its own user can reach, with some settings changed."""
    made = Server(Path(mkdtemp(prefix="quiz-postgres-")), (*QUICK, *settings))
    made.make()
    return made


@contextmanager
def _alone(users: Path) -> Iterator[int]:
    """Hold the lock of a file that says how many workers use the server, and return that."""
    with users.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield int(users.read_text()) if users.exists() else 0


@pytest.fixture(scope="session")
def school_database(server: Server) -> str:
    return server.new_school(f"school_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")


@pytest.fixture
def school(school_database: str) -> str:
    """A school without anybody in it, by its URL."""
    import psycopg

    with psycopg.connect(school_database, autocommit=True) as db:
        for table in ("event", "session", "class_pupil", "class_teacher", "class", "invitation", "person"):
            db.execute(f"DELETE FROM quiz.{table}".encode())
    return school_database


def enrolled(school: str, *names: str, class_name: str = "8b") -> list[Any]:
    """Put pupils into a class of a school, and return them with the codes that invite them."""
    from quiz.record.postgres.connection import connected_as_owner
    from quiz.record.postgres.people import invite, put_class

    with connected_as_owner(school) as db:
        return invite(db, put_class(db, class_name, names, SystemRandom()), SystemRandom())


def teacher_of(school: str, name: str, *classes: str) -> Any:
    """Put a teacher into a school, and return them with the code that invites them."""
    from quiz.record.postgres.connection import connected_as_owner
    from quiz.record.postgres.people import invite, put_teacher

    with connected_as_owner(school) as db:
        return invite(db, [put_teacher(db, name, classes, SystemRandom())], SystemRandom())[0]


def login(school: str, invitation: Any) -> str:
    """Join with a code, and return the URL of the new login with its password."""
    from quiz.record.postgres.connection import connected
    from quiz.record.postgres.schema import door_role, verifier

    door, _, code = invitation.code.partition("-")
    with connected(school, user=door_role(door), password=door) as db:
        row = db.execute("SELECT role FROM quiz.join(%s, %s)", (code, verifier(db, PASSWORD))).fetchone()
    assert row is not None
    return school.replace(f"{NAME}@", f"{row[0]}:{PASSWORD}@")


PASSWORD = "correct-horse"
"""Of the logins that tests make."""
