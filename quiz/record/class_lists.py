"""Class lists in the record. Their pupils are learners; nothing but the names is kept of them here."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from random import Random
from typing import NamedTuple

from quiz.core.class_list import (
    MOST_LETTERS,
    MOST_PUPILS,
    BadRoster,
    Pupil,
    Roster,
    additions,
    meant_by,
    names_of,
    tidy,
    told_apart,
)
from quiz.core.events.ids import new_learner_id
from quiz.core.text.safe_text import FORBIDDEN, one_line
from quiz.errors import UsageError
from quiz.record.sqlite.connection import RecordFile
from quiz.record.upkeep.anonymise import forget_in, forget_in_backups

MOST_BYTES = 1_000_000
"""How large a file of names may be."""
TABLES = frozenset({".csv", ".tsv"})
"""Endings of files that hold a table."""


class Added(NamedTuple):
    """A roster, and how many of its pupils are new on it."""

    roster: Roster
    new: int


def read_names(path: Path, column: str = "") -> list[str]:
    """Read the names in a file: one per line, or the column of a table that holds them.

    Raises UsageError for a file that cannot be read as that.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path} is too large for a list of names.")
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Check its name.") from error
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not written in UTF-8.", "Save it again as UTF-8 text.") from error
    try:
        return names_of(text, is_table=path.suffix.lower() in TABLES, column=column)
    except BadRoster as error:
        raise UsageError(f"{path}: {error}") from error


class Rosters:
    """The class lists of a record. Every method raises HistoryError's children where the file refuses."""

    def __init__(self, file: RecordFile, rng: Random) -> None:
        self._file = file
        self._rng = rng

    def all(self) -> list[Roster]:
        """Return all rosters by name, with the pupils whose name was not forgotten."""
        with self._file.reading() as db:
            rows = db.execute("SELECT id, name FROM roster ORDER BY name, id").fetchall()
            return [_roster(db, id_, name) for id_, name in rows]

    def by_id(self, roster: str) -> Roster | None:
        """Return a roster; None where it is gone."""
        with self._file.reading() as db:
            row = db.execute("SELECT id, name FROM roster WHERE id=?", (roster,)).fetchone()
            return None if row is None else _roster(db, *row)

    def named(self, name: str) -> Roster:
        """Return the roster of a name, whatever its case. Raises UsageError where there is none."""
        rosters = self.all()
        for roster in rosters:
            if roster.name.casefold() == tidy(name).casefold():
                return roster
        known = [roster.name for roster in rosters]
        close = get_close_matches(name, known, 1)
        hint = f"Did you mean “{close[0]}”?" if close else f"There are: {', '.join(known) or 'none'}."
        raise UsageError(f"There is no roster “{one_line(name, MOST_LETTERS)}”.", hint)

    def add(self, name: str, names: list[str]) -> Added:
        """Make a roster of some names, or add those to it that are new.

        A pupil is made for each: two of the same name are two, and one of a name on another roster is
        another one. Raises UsageError for a name that a roster cannot have, or where they become too many.
        """
        name = _checked(name, "roster")
        names = [_checked(pupil, "pupil") for pupil in names]
        with self._file.writing() as db:
            rows = db.execute("SELECT id, name FROM roster").fetchall()
            found = [id_ for id_, known in rows if known.casefold() == name.casefold()]
            roster = found[0] if found else new_learner_id(self._rng)
            if not found:
                db.execute("INSERT INTO roster(id, name) VALUES(?,?)", (roster, name))
            new = additions([known for _, known in _members(db, roster)], names)
            for pupil in new:
                self._put(db, roster, pupil)
            return Added(_roster(db, roster, name), len(new))

    def join(self, roster: str, name: str, present: Collection[str] = ()) -> Pupil:
        """Return the pupil of a name who comes late: one on the roster, else a new one on it.

        Those `present`, by their ids, are somebody else of that name. Raises UsageError as `add` does.
        """
        name = _checked(name, "pupil")
        with self._file.writing() as db:
            meant = meant_by(name, _roster(db, roster, "").pupils)
            learner = next((pupil.id for pupil in meant if pupil.id not in present), "")
            learner = learner or self._put(db, roster, name)
            shown = {pupil.id: pupil for pupil in _roster(db, roster, "").pupils}
            return shown[learner]

    def forget(self, roster: str) -> list[Path]:
        """Forget a roster and its pupils' names; what they did stays, nobody's.

        The backups forget them as well; those that could not be written are returned.
        """
        with self._file.writing() as db:
            rows = db.execute("SELECT learner FROM roster_learner WHERE roster=?", (roster,)).fetchall()
            learners = [learner for (learner,) in rows]
            db.execute("PRAGMA secure_delete=ON")
            forget_in(db, learners, roster)
        return forget_in_backups(self._file.path, learners, roster)

    def forget_pupils(self, learners: Sequence[str]) -> list[Path]:
        """Forget pupils' names and take them off their roster, as `forget` does with all of one."""
        with self._file.writing() as db:
            db.execute("PRAGMA secure_delete=ON")
            forget_in(db, learners)
        return forget_in_backups(self._file.path, learners)

    def _put(self, db: sqlite3.Connection, roster: str, name: str) -> str:
        count, last = db.execute(
            "SELECT count(*), coalesce(max(place), 0) FROM roster_learner WHERE roster=?", (roster,)
        ).fetchone()
        if count >= MOST_PUPILS:
            raise UsageError(f"A roster holds at most {MOST_PUPILS} pupils.", "Make a second one.")
        learner = new_learner_id(self._rng)
        db.execute("INSERT INTO learner(id, name) VALUES(?,?)", (learner, name))
        db.execute(
            "INSERT INTO roster_learner(roster, place, learner) VALUES(?,?,?)", (roster, last + 1, learner)
        )
        return learner


def _members(db: sqlite3.Connection, roster: str) -> list[tuple[str, str]]:
    return db.execute(
        "SELECT l.id, l.name FROM roster_learner r JOIN learner l ON l.id=r.learner"
        " WHERE r.roster=? AND l.name<>'' ORDER BY r.place",
        (roster,),
    ).fetchall()


def _roster(db: sqlite3.Connection, roster: str, name: str) -> Roster:
    members = _members(db, roster)
    shown = told_apart([known for _, known in members])
    pupils = tuple(Pupil(learner, called) for (learner, _), called in zip(members, shown, strict=True))
    return Roster(roster, name, pupils)


def _checked(name: str, what: str) -> str:
    """Return a name as it is kept. Raises UsageError for one that cannot be."""
    name = tidy(name)
    if not name:
        raise UsageError(f"A {what} needs a name.")
    if FORBIDDEN.search(name) or len(name) > MOST_LETTERS:
        raise UsageError(
            f"“{one_line(name, 40)}” cannot be the name of a {what}.",
            f"A name has at most {MOST_LETTERS} characters, all of them visible.",
        )
    return name
