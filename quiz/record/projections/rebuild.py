"""Working out all projections anew from the events alone."""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby

from quiz.core.content.item import ItemRef
from quiz.core.events.model import Event
from quiz.record.append import progress_of, put_progress
from quiz.record.projections.memory import SessionHeaders, update_projections
from quiz.record.projections.predictions import set_prediction_totals
from quiz.record.projections.totals import Totals, merge_totals, session_totals, set_totals
from quiz.record.row_codec import EVENT, event_of


def rebuild(db: sqlite3.Connection, headers: SessionHeaders) -> int:
    """Put every projection right; return how many of their rows were wrong. To be run in a transaction."""
    changed = 0
    totals: Totals = {}
    for key, events in _sessions(db, headers):
        header = headers[key]
        changed += put_progress(db, progress_of(header, events))
        merge_totals(totals, session_totals(header, events))
    changed += set_totals(db, totals)
    touched = db.execute(
        "SELECT DISTINCT learner, bank, item FROM event INDEXED BY event_of_item"
        " WHERE kind IN ('attempt','suspend','resume','bury','flag')"
        " UNION SELECT learner, bank, item FROM memory UNION SELECT learner, bank, item FROM prediction"
    ).fetchall()
    changed += update_projections(
        db, headers, ((learner, ItemRef(bank, item)) for learner, bank, item in touched)
    )
    return changed + set_prediction_totals(db)


def _sessions(db: sqlite3.Connection, headers: SessionHeaders) -> Iterator[tuple[bytes, list[Event]]]:
    """Yield every session with its events, those without any too."""
    columns = ", ".join(f"e.{column}" for column in EVENT[1:])
    rows = db.execute(
        f"SELECT s.id, {columns} FROM session s LEFT JOIN event e ON e.session=s.id ORDER BY s.id, e.n"
    )
    for key, group in groupby(rows, key=lambda row: row[0]):
        learner = headers[key].learner
        yield key, [event_of(row, learner) for row in group if row[1] is not None]
