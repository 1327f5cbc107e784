"""Reading from a school's database what a learner's other devices sent.

A batch is the number of the transaction that brought a row. Transactions end in another order than they
begin; so only batches before the oldest open one are read, and everything in those is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from quiz.core.events.model import Event, SessionHeader
from quiz.errors import RecordError
from quiz.record.postgres.connection import PATIENCE, translated, within
from quiz.record.postgres.rows import SESSION_LIST, event_in, header_in, role_of
from quiz.record.row_codec import EVENT, DamagedRow

if TYPE_CHECKING:
    import psycopg

PAGE = 200
"""How many sessions are read at a time."""


class Horizon(NamedTuple):
    """Which school this is, and up to which batch everything in it can be read."""

    school: str
    restored: int
    """When it was last restored from a backup, in seconds since 1970 UTC; 0 if never."""
    batch: int
    """The first batch that may still be open."""


class EventPage(NamedTuple):
    """Some sessions with their later events."""

    sessions: list[tuple[SessionHeader, list[Event]]]
    flaws: list[str]
    """A sentence for each row that is not as it was written."""


def horizon(connection: psycopg.Connection[Any], patience: float = PATIENCE) -> Horizon:
    """Return how far can be read now. What is read must be asked for after this."""
    with translated(), within(connection, patience):
        row = connection.execute(
            "SELECT id, restored, pg_snapshot_xmin(pg_current_snapshot())::text::bigint + batch_offset"
            " FROM quiz.school"
        ).fetchone()
    if row is None:
        raise RecordError("This database holds no school.", "Ask whoever looks after it.")
    return Horizon(*row)


def changed(
    connection: psycopg.Connection[Any], since: int, until: int, patience: float = PATIENCE
) -> dict[str, int]:
    """Return the own sessions to which batches from one to before another added, with their last events."""
    with translated(), within(connection, patience):
        rows = connection.execute(
            "SELECT session, max(n) FROM quiz.event WHERE owner = CURRENT_USER::text"
            " AND batch >= %s AND batch < %s GROUP BY session ORDER BY session",
            (since, until),
        ).fetchall()
    return {str(key): last for key, last in rows}


def pages(
    connection: psycopg.Connection[Any], heads: Mapping[str, int], patience: float = PATIENCE
) -> Iterator[EventPage]:
    """Yield sessions by their ids with their events after the number that stands beside each."""
    wanted = sorted(heads)
    for first in range(0, len(wanted), PAGE):
        part = {UUID(key): heads[key] for key in wanted[first : first + PAGE]}
        with translated(), within(connection, patience):
            page = _page(connection, part)
        yield page


def everything_of(
    connection: psycopg.Connection[Any], learner: str
) -> list[tuple[SessionHeader, list[Event]]]:
    """Return all that the school holds of a learner, oldest first."""
    with translated(), within(connection):
        rows = connection.execute(
            "SELECT id FROM quiz.session WHERE owner = %s", (role_of(learner),)
        ).fetchall()
    heads = {str(key): 0 for (key,) in rows}
    return [part for page in pages(connection, heads) for part in page.sessions]


def _page(connection: psycopg.Connection[Any], heads: Mapping[UUID, int]) -> EventPage:
    page = EventPage([], [])
    openings = connection.execute(
        f"SELECT {SESSION_LIST} FROM quiz.session WHERE id = ANY(%s) ORDER BY id",  # noqa: S608 - our columns
        (list(heads),),
    ).fetchall()
    events = connection.execute(
        f"SELECT {', '.join(f'e.{name}' for name in EVENT)}"  # noqa: S608 - our columns
        " FROM unnest(%s::uuid[], %s::bigint[]) AS k(session, head)"
        " JOIN quiz.event e ON e.session = k.session AND e.n > k.head ORDER BY e.session, e.n",
        (list(heads), list(heads.values())),
    ).fetchall()
    of: dict[UUID, list[Any]] = {}
    for row in events:
        of.setdefault(row[0], []).append(row)
    for row in openings:
        try:
            header = header_in(row)
            page.sessions.append((header, [event_in(each, header.learner) for each in of.get(row[0], [])]))
        except DamagedRow as error:
            page.flaws.append(f"{str(error).capitalize()}; its session was left out.")
    return page
