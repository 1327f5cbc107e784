"""Connections to a school's database, as libpq makes them, and what goes wrong with them as sentences.

TLS, service files, `.pgpass` and the environment are libpq's business. A password is never part of a message.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING, Any

from quiz.core.text.safe_text import one_line
from quiz.errors import (
    DiskFull,
    QuizError,
    RecordError,
    RecordLocked,
    SchoolUnreachable,
    UsageError,
)

if TYPE_CHECKING:
    import psycopg

logging.getLogger("psycopg").addHandler(logging.NullHandler())  # it raises what it warns of on stderr

OWNER = "quiz_owner"
"""The role to which everything in the database belongs."""
_USUAL = {
    "connect_timeout": "10",
    "application_name": "quiz",
    "keepalives_idle": "20",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""What libpq is told where the address says nothing else."""
PATIENCE = 30.0
"""How long a step may take, in seconds, before its connection is given up."""


def require_driver() -> None:
    """Raise UsageError where the library for PostgreSQL is not installed."""
    try:
        import psycopg  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise UsageError(
            "A school's database needs a library that is not installed.",
            "Install it: pip install 'quizterm[school]'",
        ) from error


@contextmanager
def connected(address: str, *, user: str = "", password: str = "") -> Iterator[psycopg.Connection[Any]]:
    """Connect to a database by its URL or other address that libpq knows, and close the connection.

    Raises UsageError for an address that is none, SchoolUnreachable and other RecordErrors.
    """
    require_driver()
    import psycopg
    from psycopg.conninfo import make_conninfo

    given = parts_of(address)
    told = {
        **_USUAL,
        **given,
        **({"user": user} if user else {}),
        **({"password": password} if password else {}),
    }
    with translated():
        connection = psycopg.connect(make_conninfo("", **told), autocommit=True)
        try:
            yield connection
        finally:
            with suppress(psycopg.Error):
                connection.close()


@contextmanager
def connected_as_owner(address: str) -> Iterator[psycopg.Connection[Any]]:
    """Connect as somebody who may act as the owner of the school, and act as the owner."""
    with connected(address) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname=%s", (OWNER,)).fetchone():
            raise no_school()
        connection.execute(f"SET ROLE {OWNER}")
        yield connection


def parts_of(address: str) -> dict[str, str]:
    """Return the parts of a database's address. Raises UsageError for what is no address."""
    require_driver()
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        found = conninfo_to_dict(address)
    except (
        ProgrammingError,
        UnicodeEncodeError,
    ):  # its message would repeat the address, and a password with it
        found = {}
    if not found or "\0" in address:
        raise UsageError(
            "This is not the address of a database.", "For example: postgresql://school.example/quiz"
        )
    return {name: str(value) for name, value in found.items() if value is not None}


def without_password(address: str) -> str:
    """Return an address without the password in it."""
    from psycopg.conninfo import make_conninfo

    parts = parts_of(address)
    return address if parts.pop("password", None) is None else make_conninfo("", **parts)


def without_user(address: str) -> str:
    """Return an address without the login in it; a URL stays one."""
    from psycopg.conninfo import make_conninfo

    if "://" in address:
        head, _, rest = address.partition("://")
        place, slash, tail = rest.partition("/")
        return f"{head}://{place.rpartition('@')[2]}{slash}{tail}"
    return make_conninfo("", **{name: value for name, value in parts_of(address).items() if name != "user"})


@contextmanager
def within(connection: psycopg.Connection[Any], seconds: float = PATIENCE) -> Iterator[None]:
    """Give a connection up that is still waiting for an answer after some seconds.

    A network that drops everything tells nobody; what waits then ends with SchoolUnreachable.
    """
    descriptor = os.dup(connection.fileno())
    timer = Timer(seconds, _hang_up, [descriptor])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        os.close(descriptor)


def _hang_up(descriptor: int) -> None:
    with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as line:
        line.shutdown(socket.SHUT_RDWR)


def no_school() -> RecordError:
    """Return the error for a database without a school."""
    return RecordError("This database holds no school.", "“quiz school init” sets one up.")


@contextmanager
def translated() -> Iterator[None]:
    """Turn psycopg's errors into RecordErrors that a person can act on."""
    import psycopg

    try:
        yield
    except QuizError:
        raise
    except psycopg.Error as error:
        raise _told(error) from error


def _told(error: psycopg.Error) -> RecordError:
    """Return an error as a sentence."""
    from psycopg import OperationalError, errors

    said = one_line(str(error).strip().partition("\n")[0], 300)
    if isinstance(error, errors.InvalidSchemaName | errors.UndefinedTable | errors.UndefinedObject):
        return no_school()
    if isinstance(error, errors.InsufficientPrivilege):
        return RecordError(f"The school's database does not allow that: {said}.")
    if isinstance(error, errors.DiskFull):
        return DiskFull("The school's database has no room left.", "Tell whoever looks after it.")
    if isinstance(error, errors.LockNotAvailable | errors.QueryCanceled):
        return RecordLocked("The school's database is busy.", "Try again later.")
    if isinstance(error, OperationalError):
        if any(word in said for word in ("authentication failed", "no password supplied")):
            return RecordError(
                "The school's database does not accept the password.",
                "It is looked for in ~/.pgpass, a service file and PGPASSWORD.",
            )
        return SchoolUnreachable(f"The school's database cannot be reached: {said}")
    return RecordError(f"The school's database refuses: {said}")
