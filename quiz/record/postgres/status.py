"""How a school's database is: what it holds, and what its administrator should do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from quiz.record.postgres.schema import state_of

if TYPE_CHECKING:
    import psycopg

SOON = timedelta(days=183)
"""How long before the last partition ends it is said that more are needed."""


class SchoolStatus(NamedTuple):
    """What a school's database holds."""

    server: str
    """The version of PostgreSQL."""
    applied: int
    known: int
    size: int
    """In bytes, of the whole database."""
    pupils: int
    teachers: int
    classes: int
    joined: int
    """How many pupils and teachers have a login."""
    codes: int
    """How many codes can still be used."""
    sessions: int
    """About how many, as the server last counted them."""
    events: int
    outside: int
    """About how many events lie outside the partitions of months."""
    partitions_until: date | None
    """The first day that has no partition of its month."""
    is_open: bool
    """Whether anybody may connect to the database."""


def status_of(connection: psycopg.Connection[Any]) -> SchoolStatus:
    """Return what a school's database holds. `connection` is the owner's."""
    applied, known = state_of(connection)

    def one(query: str) -> Any:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None

    about = "SELECT coalesce(sum(greatest(reltuples, 0)), 0)::bigint FROM pg_class JOIN pg_inherits"
    about += " ON inhrelid = pg_class.oid WHERE inhparent = 'quiz.{}'::regclass"
    last = one(
        "SELECT max(right(relname, 7)) FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid"
        " WHERE inhparent = 'quiz.event'::regclass AND relname ~ '_[0-9]{4}_[0-9]{2}$'"
    )
    return SchoolStatus(
        server=str(one("SHOW server_version")),
        applied=applied,
        known=known,
        size=int(one("SELECT pg_database_size(current_database())")),
        pupils=int(one("SELECT count(*) FROM quiz.person WHERE NOT is_teacher AND name <> ''")),
        teachers=int(one("SELECT count(*) FROM quiz.person WHERE is_teacher AND name <> ''")),
        classes=int(one("SELECT count(*) FROM quiz.class")),
        joined=int(one("SELECT count(*) FROM quiz.person p JOIN pg_roles r ON r.rolname = p.role")),
        codes=int(one("SELECT count(*) FROM quiz.invitation WHERE expires > now()")),
        sessions=int(one(about.format("session"))),
        events=int(one(about.format("event"))),
        outside=int(
            one("SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'quiz.event_other'::regclass")
        ),
        partitions_until=_month_after(last) if last else None,
        is_open=bool(
            one(
                "SELECT EXISTS (SELECT FROM pg_database d CROSS JOIN"
                " aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a"
                " WHERE d.datname = current_database() AND a.grantee = 0)"
            )
        ),
    )


def _month_after(written: str) -> date:
    year, _, month = written.partition("_")
    return (date(int(year), int(month), 1) + timedelta(days=32)).replace(day=1)


def advice(found: SchoolStatus, today: date) -> list[str]:
    """Return what should be done, as sentences; nothing where all is well."""
    told = []
    if found.applied < found.known:
        told.append("This quiz knows a newer schema: “quiz school migrate” brings the database up to date.")
    if found.partitions_until is None or found.partitions_until - today < SOON:
        told.append("The partitions end soon: “quiz school migrate” makes those of the next two years.")
    if found.is_open:
        told.append("Everybody may connect to this database: “quiz school migrate”, as its owner, closes it.")
    return told
