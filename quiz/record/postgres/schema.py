"""Setting up a school's database, and bringing it up to date by numbered migrations."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from quiz.core.events.ids import new_learner_id
from quiz.errors import RecordNewer, UsageError
from quiz.record.postgres.connection import OWNER, no_school

if TYPE_CHECKING:
    import psycopg

GROUPS = ("quiz_pupil", "quiz_teacher")
"""The roles that hold the rights of everybody who logs in."""
JOIN = "quiz_join"
"""The role that may call the function that lets a device join; each school has a login of its own in it."""
MONTHS_BACK, MONTHS_AHEAD = 12, 24
"""For how many months there are partitions; older and later sessions lie in one for all others."""
_LOCK = 0x5155495A
_NAME = re.compile(r"(\d{4})_\w+\.sql")


class Migration(NamedTuple):
    """A step of the schema."""

    number: int
    sql: str


class SchemaState(NamedTuple):
    """How far a school's database is."""

    applied: int
    """The number of the last migration; 0 where there is no school."""
    known: int
    """The number of the last migration that this quiz knows."""


def migrations() -> list[Migration]:
    """Return all migrations in their order."""
    folder = files("quiz.record.postgres") / "migrations"
    found = [(_NAME.fullmatch(entry.name), entry) for entry in folder.iterdir()]
    return sorted(Migration(int(name[1]), entry.read_text("utf-8")) for name, entry in found if name)


def set_up(
    connection: psycopg.Connection[Any], rng: Random, today: date, months: tuple[int, int] | None = None
) -> None:
    """Make the school's roles, schema and tables in a database, which may hold other things.

    `connection` is that of a superuser, or of somebody who may make roles and owns the database. Raises
    UsageError where there is a school already.
    """
    if state_of(connection).applied:
        raise UsageError("There is a school in this database.", "“quiz school migrate” brings it up to date.")
    door = "".join(rng.choice("23456789abcdefghjkmnpqrstvwxyz") for _ in range(8))
    with connection.transaction():
        for role, how in ((OWNER, "NOLOGIN CREATEROLE"), *((group, "NOLOGIN") for group in GROUPS)):
            _make_role(connection, role, how)
        _make_role(connection, JOIN, "NOLOGIN")
        _make_role(connection, door_role(door), f"LOGIN CONNECTION LIMIT 20 IN ROLE {JOIN}")
        connection.execute(f"GRANT {OWNER} TO CURRENT_USER")
        connection.execute(f"GRANT {', '.join(GROUPS)} TO {OWNER} WITH ADMIN OPTION")
        connection.execute(f"CREATE SCHEMA quiz AUTHORIZATION {OWNER}")
        close_to_the_public(connection)
        connection.execute(f"SET LOCAL ROLE {OWNER}")
        connection.execute(
            "CREATE TABLE quiz.migration (number integer PRIMARY KEY, applied timestamptz DEFAULT now())"
        )
        _migrate(connection)
        connection.execute("INSERT INTO quiz.school(id, door) VALUES (%s, %s)", (new_learner_id(rng), door))
        add_months(connection, today, *(months or (MONTHS_BACK, MONTHS_AHEAD)))
    open_door(connection, door)


def door_role(door: str) -> str:
    """Return the role as which a device joins the school whose codes begin so. Its password is the same."""
    return f"{JOIN}_{door}"


def close_to_the_public(connection: psycopg.Connection[Any]) -> None:
    """Let nobody into the database but the school's own roles. Its owner, who calls this, stays in."""
    row = connection.execute("SELECT quote_ident(current_database())").fetchone()
    name = row[0] if row else ""
    connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
    connection.execute(f"GRANT CONNECT ON DATABASE {name} TO {', '.join((OWNER, JOIN, *GROUPS))}")
    connection.execute(f"GRANT TEMPORARY ON DATABASE {name} TO {OWNER}")


def open_door(connection: psycopg.Connection[Any], door: str) -> None:
    """Give the role that joins its password, of which the server learns only the verifier."""
    from psycopg import sql

    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(
            sql.Identifier(door_role(door)), sql.Literal(verifier(connection, door))
        )
    )


def verifier(connection: psycopg.Connection[Any], password: str) -> str:
    """Return the SCRAM verifier of a password."""
    made = connection.pgconn.encrypt_password(password.encode(), b"quiz", b"scram-sha-256")
    return made.decode()


def _make_role(connection: psycopg.Connection[Any], role: str, how: str) -> None:
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname=%s", (role,)).fetchone():
        connection.execute(f"CREATE ROLE {role} {how}")


def state_of(connection: psycopg.Connection[Any]) -> SchemaState:
    """Return how far the schema is; of no school where there is none, or none that may be seen."""
    known = max(each.number for each in migrations())
    row = connection.execute("SELECT to_regclass('quiz.migration') IS NOT NULL").fetchone()
    if row is None or not row[0]:
        return SchemaState(0, known)
    found = connection.execute("SELECT coalesce(max(number), 0) FROM quiz.migration").fetchone()
    return SchemaState(found[0] if found else 0, known)


def migrate(connection: psycopg.Connection[Any], today: date) -> SchemaState:
    """Apply the missing migrations, each whole or not at all, and make the coming months' partitions.

    Return how far the schema was. Raises RecordError where there is no school, RecordNewer where a newer quiz
    migrated it. `connection` acts as the owner of the schema.
    """
    before = state_of(connection)
    if not before.applied:
        raise no_school()
    _migrate(connection)
    with connection.transaction():
        add_months(connection, today)
    return before


def _migrate(connection: psycopg.Connection[Any]) -> None:
    steps = migrations()
    for step in steps:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            applied = state_of(connection).applied
            if applied > steps[-1].number:
                raise RecordNewer(
                    f"A newer quiz set up this school: migration {applied}, here {steps[-1].number}.",
                    "Update quiz.",
                )
            if step.number > applied:
                connection.execute(step.sql.encode())
                connection.execute("INSERT INTO quiz.migration(number) VALUES (%s)", (step.number,))


def add_months(
    connection: psycopg.Connection[Any], today: date, back: int = MONTHS_BACK, ahead: int = MONTHS_AHEAD
) -> int:
    """Make the partitions that are missing around today; return how many were made."""
    first, last = today - timedelta(days=30 * back), today + timedelta(days=30 * ahead)
    row = connection.execute("SELECT quiz.add_months(%s, %s)", (first, last)).fetchone()
    return int(row[0]) if row else 0


def note_restore(connection: psycopg.Connection[Any]) -> None:
    """Let a database that was restored from a backup go on: devices send again what it may lack.

    The server's transactions may be counted anew, so the numbers of batches go on after the last one.
    """
    with connection.transaction():
        row = connection.execute(
            "SELECT greatest((SELECT max(batch) FROM quiz.event), (SELECT max(batch) FROM quiz.session), 0),"
            " pg_current_xact_id()::text::bigint, batch_offset FROM quiz.school FOR UPDATE"
        ).fetchone()
        if row is None:
            raise no_school()
        last, present, offset = row
        offset = max(offset, last + 1 - present, 0)
        for table in ("session", "event"):
            connection.execute(
                f"ALTER TABLE quiz.{table} ALTER COLUMN batch"
                f" SET DEFAULT (pg_current_xact_id()::text::bigint + {int(offset)})"
            )
        connection.execute(
            "UPDATE quiz.school SET batch_offset = %s, restored ="
            " greatest(restored + 1, extract(epoch FROM clock_timestamp())::integer)",
            (offset,),
        )
