"""The trainings of a learner's own parameters, each a session of its own, and the reviews they use."""

# ruff: noqa: S608 - only names of our own tables and columns are put into these queries.

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.events.ids import id_text
from quiz.core.scheduling.fsrs_schedule import replayed
from quiz.core.scheduling.own_parameters import Trainings, review_sequence_of, told_in
from quiz.core.scheduling.recall_model import ReviewSequence
from quiz.record.projections.memory import SessionHeaders, session_events
from quiz.record.sqlite.predicates import WITHOUT_BANKS


def trainings_of(db: sqlite3.Connection, learner: str) -> Trainings:
    """Return a learner's trainings."""
    rows = db.execute(
        "SELECT s.id, s.settings, p.is_void FROM session s INDEXED BY session_without_banks"
        f" JOIN progress p ON p.session=s.id WHERE s.learner=? AND s.{WITHOUT_BANKS} ORDER BY s.id",
        (learner,),
    )
    told = []
    for key, settings, is_void in rows:
        with suppress(msgspec.MsgspecError):  # an unreadable one does not count
            found = told_in(msgspec.json.decode(settings))
            told += [(id_text(key), found, is_void)] if found else []
    return Trainings(
        tuple((key, found) for key, found, is_void in told if not is_void),
        max((found.reviews for _, found, _ in told), default=0),
    )


def review_count(db: sqlite3.Connection, learner: str) -> int:
    """Count a learner's reviews: the first response to each item on each study day."""
    (predicted,) = db.execute(
        "SELECT coalesce(sum(reviews),0) FROM prediction_total WHERE learner=?", (learner,)
    ).fetchone()
    (first,) = db.execute("SELECT count(*) FROM memory WHERE learner=? AND attempts>0", (learner,)).fetchone()
    return int(predicted + first)


def review_sequences_of(
    db: sqlite3.Connection, headers: SessionHeaders, learner: str
) -> Iterator[ReviewSequence]:
    """Yield the reviews of each of a learner's items."""
    refs = db.execute(
        "SELECT bank, item FROM memory WHERE learner=? AND attempts>0 ORDER BY bank, item", (learner,)
    ).fetchall()
    for bank, item in refs:
        sequence = review_sequence_of(replayed(session_events(db, headers, learner, ItemRef(bank, item))))
        if sequence is not None:
            yield sequence
