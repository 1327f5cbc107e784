"""Teachers' decisions about items after an exam, each a session of its own."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

import msgspec

from quiz.core.events.ids import id_text
from quiz.core.statistics.class_decisions import Decision, decision_in


def decisions_for(db: sqlite3.Connection, class_list: str) -> list[tuple[str, Decision]]:
    """Return the effective decisions for a class, oldest first, each with the id of its session."""
    rows = db.execute(
        "SELECT s.id, s.settings FROM session s JOIN progress p ON p.session=s.id"
        " WHERE s.banks='[]' AND s.mode='study' AND NOT p.is_void ORDER BY s.id"
    )
    told = []
    for key, settings in rows:
        with suppress(msgspec.MsgspecError):  # an unreadable one does not count
            found = decision_in(msgspec.json.decode(settings))
            told += [(id_text(key), found)] if found and found.class_list == class_list else []
    return told
