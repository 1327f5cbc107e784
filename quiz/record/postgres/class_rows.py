"""What a class did in its exams, chosen and counted in the database.

A session that was voided, events that were undone, and exams that were not handed in do not count; of several
answers to an item in one session the first does, as everywhere in quiz.
"""

# ruff: noqa: S608 - only names of our own columns are put into these queries.

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from quiz.core.events.ids import id_text
from quiz.core.events.model import Event, SessionHeader
from quiz.record.postgres.connection import PATIENCE, translated, within
from quiz.record.postgres.rows import event_in, header_in, role_of
from quiz.record.row_codec import EVENT, SESSION, DamagedRow

if TYPE_CHECKING:
    import psycopg

_COUNTED = """
WITH sitting AS (
    SELECT s.id, s.owner, s.learner, s.started FROM quiz.session s
    WHERE s.owner = ANY(%(owners)s) AND s.mode = 'test' AND s.id >= %(first)s AND s.id < %(last)s
),
told AS (
    SELECT e.* FROM sitting s JOIN quiz.event e ON e.session = s.id
    WHERE e.session >= %(first)s AND e.session < %(last)s
    AND e.kind IN ('attempt', 'override', 'end', 'undo', 'void')
),
gone AS (
    SELECT DISTINCT u.session, t.n FROM told u CROSS JOIN unnest(u.also) AS t(n) WHERE u.kind = 'undo'
),
counted AS (
    SELECT t.* FROM told t LEFT JOIN gone g ON g.session = t.session AND g.n = t.n
    WHERE g.n IS NULL AND t.session NOT IN (SELECT v.session FROM told v WHERE v.kind = 'void')
),
ended AS (
    SELECT * FROM sitting WHERE id IN (SELECT c.session FROM counted c WHERE c.kind = 'end')
),
approved AS (
    SELECT DISTINCT c.session, c.target FROM counted c WHERE c.kind = 'override' AND c.target < c.n
),
answer AS (
    SELECT DISTINCT ON (c.session, c.bank, c.item, c.fingerprint) c.*, a.target IS NOT NULL AS is_right
    FROM counted c LEFT JOIN approved a ON a.session = c.session AND a.target = c.n
    WHERE c.kind = 'attempt' ORDER BY c.session, c.bank, c.item, c.fingerprint, c.n
)
"""
_OPENINGS = f"""{_COUNTED}
SELECT {", ".join(f"s.{name}" for name in SESSION)}
FROM quiz.session s JOIN ended d ON d.id = s.id WHERE s.id >= %(first)s AND s.id < %(last)s ORDER BY s.id
"""
_ANSWERS = f"""{_COUNTED}
SELECT a.is_right, {", ".join(f"a.{name}" for name in EVENT)}
FROM answer a JOIN ended d ON d.id = a.session ORDER BY a.session, a.n
"""
_ITEMS = f"""{_COUNTED},
mark AS (
    SELECT a.session, a.bank, a.item, a.fingerprint,
        CASE WHEN a.is_right THEN 1.0 ELSE coalesce(a.score, 0.0) END AS score
    FROM answer a JOIN ended s ON s.id = a.session
),
paper AS (
    SELECT session, sum(score) AS score FROM mark GROUP BY session
)
SELECT m.bank, m.item, m.fingerprint, count(*), avg(m.score), corr(m.score, p.score - m.score)
FROM mark m JOIN paper p ON p.session = m.session
GROUP BY m.bank, m.item, m.fingerprint ORDER BY avg(m.score), m.bank, m.item, m.fingerprint
"""
_LATEST = "ffffffff-ffff-ffff-ffff-ffffffffffff"


class HandedIn(NamedTuple):
    """An exam that was handed in."""

    header: SessionHeader
    answers: list[tuple[Event, bool]]
    """The first answer to each item, and whether it was counted as right afterwards."""


class SchoolItemFigures(NamedTuple):
    """How an item did in all exams of a class, a year or a school."""

    bank: str
    item: str
    fingerprint: str
    answers: int
    facility: float
    """The mean score, 0 to 1."""
    discrimination: float | None
    """The correlation of its score with the sum of the other scores of each exam, -1 to 1."""


def id_at(moment_ms: int) -> str:
    """Return the lowest session id of a moment, in milliseconds since 1970 UTC."""
    return id_text(max(0, moment_ms).to_bytes(6, "big") + bytes(10))


def handed_in(
    connection: psycopg.Connection[Any],
    learners: Sequence[str],
    since: int = 0,
    until: int | None = None,
    patience: float = PATIENCE,
) -> tuple[list[HandedIn], list[str]]:
    """Return the exams of learners that were begun from one moment to before another, and handed in.

    With them comes a sentence for each row that is not as it was written, and was left out.
    """
    told = _told(learners, since, until)
    with translated(), within(connection, patience):
        openings = connection.execute(_OPENINGS, told).fetchall()
        rows = connection.execute(_ANSWERS, told).fetchall()
    found: dict[UUID, HandedIn] = {}
    flaws = []
    for row in openings:
        try:
            found[row[0]] = HandedIn(header_in(row), [])
        except DamagedRow as error:
            flaws.append(f"{str(error).capitalize()}; it was left out.")
    for is_right, *row in rows:
        exam = found.get(row[0])
        if exam is None:
            continue
        try:
            exam.answers.append((event_in(row, exam.header.learner), is_right))
        except DamagedRow as error:
            flaws.append(f"{str(error).capitalize()}; it was left out.")
    return list(found.values()), flaws


def item_figures(
    connection: psycopg.Connection[Any],
    learners: Sequence[str],
    since: int = 0,
    until: int | None = None,
    patience: float = 10 * PATIENCE,
) -> list[SchoolItemFigures]:
    """Return how each version of an item did in exams of some learners, the hardest first."""
    with translated(), within(connection, patience):
        rows = connection.execute(_ITEMS, _told(learners, since, until)).fetchall()
    return [SchoolItemFigures(*row) for row in rows]


def _told(learners: Sequence[str], since: int, until: int | None) -> dict[str, Any]:
    last = _LATEST if until is None else id_at(until)
    return {"owners": [role_of(one) for one in learners], "first": id_at(since), "last": last}
