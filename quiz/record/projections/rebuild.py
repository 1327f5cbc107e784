"""Rebuilding all projections from the events."""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby, islice
from typing import TypeAlias

from quiz.core.events.model import Event
from quiz.record.append import events_of, progress_of, put_progress
from quiz.record.projections.item_updates import LearnersItem, replay_items
from quiz.record.projections.memory import SessionHeaders
from quiz.record.projections.predictions import (
    WrongPredictionTotal,
    put_prediction_total,
    wrong_prediction_totals,
)
from quiz.record.projections.totals import (
    Totals,
    WrongTotal,
    merge_totals,
    put_total,
    session_totals,
    wrong_totals,
)
from quiz.record.row_codec import EVENT, event_of
from quiz.record.sqlite.connection import RecordFile
from quiz.record.sqlite.predicates import OF_ITEM
from quiz.record.upkeep.snapshot import snapshot_of

Correction: TypeAlias = Callable[[sqlite3.Connection, SessionHeaders], None]
"""Corrects one wrong row. A row that has changed since may stay."""

MOST_ROUNDS = 3
"""How often a record that others write to is examined."""
AT_ONCE = 40
"""How many rows are corrected in one transaction before others may write."""
_PAUSE = 0.005
"""In seconds."""


def rebuild(db: sqlite3.Connection, headers: SessionHeaders) -> int:
    """Correct every projection and return how many rows were wrong. Must run in a transaction."""
    return len(_corrected(db, headers))


def rebuild_beside_others(file: RecordFile, headers: SessionHeaders) -> int:
    """Correct every projection in short transactions, and return how many rows were wrong.

    The wrong rows are found in a copy, so that others can go on writing. Raises a RecordError.
    """
    wrong = 0
    for _ in range(MOST_ROUNDS):
        with snapshot_of(file) as copy, copy.writing() as db:
            corrections = _corrected(db, SessionHeaders(db))
        wrong = wrong or len(corrections)
        if not corrections:
            break
        left = iter(corrections)
        while part := list(islice(left, AT_ONCE)):
            with file.writing() as db:
                for correct in part:
                    correct(db, headers)
            time.sleep(_PAUSE)
    return wrong


def _corrected(db: sqlite3.Connection, headers: SessionHeaders) -> list[Correction]:
    """Correct every projection, and return functions that make the same corrections elsewhere."""
    found: list[Correction] = []
    totals: Totals = {}
    for key, events in _sessions(db, headers):
        header = headers[key]
        if put_progress(db, progress_of(header, events)):
            found.append(partial(_correct_progress, key))
        merge_totals(totals, session_totals(header, events))
    for total in wrong_totals(db, totals):
        put_total(db, *total)
        found.append(partial(_correct_total, total))
    touched = db.execute(
        f"SELECT DISTINCT learner, bank, item FROM event INDEXED BY event_of_item WHERE {OF_ITEM}"
        " UNION SELECT learner, bank, item FROM memory UNION SELECT learner, bank, item FROM prediction"
    ).fetchall()
    for key in touched:
        found += [partial(_correct_item, key)] * replay_items(db, headers, [key])
    for prediction in wrong_prediction_totals(db):
        put_prediction_total(db, *prediction)
        found.append(partial(_correct_prediction_total, prediction))
    return found


def _correct_progress(key: bytes, db: sqlite3.Connection, headers: SessionHeaders) -> None:
    header = headers[key]
    put_progress(db, progress_of(header, events_of(db, header, key)))


def _correct_total(total: WrongTotal, db: sqlite3.Connection, _: SessionHeaders) -> None:
    put_total(db, *total)


def _correct_item(key: LearnersItem, db: sqlite3.Connection, headers: SessionHeaders) -> None:
    replay_items(db, headers, [key])


def _correct_prediction_total(total: WrongPredictionTotal, db: sqlite3.Connection, _: SessionHeaders) -> None:
    put_prediction_total(db, *total)


def _sessions(db: sqlite3.Connection, headers: SessionHeaders) -> Iterator[tuple[bytes, list[Event]]]:
    """Yield every session with its events, including sessions without any."""
    columns = ", ".join(f"e.{column}" for column in EVENT[1:])
    rows = db.execute(
        f"SELECT s.id, {columns} FROM session s LEFT JOIN event e ON e.session=s.id ORDER BY s.id, e.n"
    )
    for key, group in groupby(rows, key=lambda row: row[0]):
        learner = headers[key].learner
        yield key, [event_of(row, learner) for row in group if row[1] is not None]
