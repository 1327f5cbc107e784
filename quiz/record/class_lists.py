"""Class lists in the record. Pupils are learners; a class list holds only their names and order."""

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
    ClassList,
    Pupil,
    additions,
    meant_by,
    tidy,
    told_apart,
)
from quiz.core.events.ids import new_learner_id
from quiz.core.text.forbidden import FORBIDDEN
from quiz.core.text.safe_text import one_line
from quiz.errors import UsageError
from quiz.record.name_rows import checked, put_row, rows_in
from quiz.record.sqlite.connection import RecordFile
from quiz.record.upkeep.anonymise import forget


class Added(NamedTuple):
    """A class list, and how many of its pupils were added."""

    class_list: ClassList
    new: int


class ClassLists:
    """The class lists of a record. Every method raises a RecordError where the file refuses."""

    def __init__(self, file: RecordFile, rng: Random) -> None:
        self._file = file
        self._rng = rng

    def all(self) -> list[ClassList]:
        """Return all class lists by name, with the pupils whose names were not forgotten."""
        with self._file.reading() as db:
            rows = rows_in(db, "roster", "ORDER BY name, id")
            return [_roster(db, id_, name) for id_, name in rows]

    def by_id(self, class_list: str) -> ClassList | None:
        """Return a class list, or None if it is gone."""
        with self._file.reading() as db:
            found = rows_in(db, "roster", "WHERE id=?", class_list)
            return _roster(db, *found[0]) if found else None

    def named(self, name: str) -> ClassList:
        """Return the class list of a name in any case. Raises UsageError where there is none."""
        class_lists = self.all()
        for class_list in class_lists:
            if class_list.name.casefold() == tidy(name).casefold():
                return class_list
        known = [class_list.name for class_list in class_lists]
        close = get_close_matches(name, known, 1)
        hint = f"Did you mean “{close[0]}”?" if close else f"There are: {', '.join(known) or 'none'}."
        raise UsageError(f"There is no class list “{one_line(name, MOST_LETTERS)}”.", hint)

    def add(self, name: str, names: list[str]) -> Added:
        """Create a class list, or add to it the names that are new.

        A new learner is made for each name: two pupils of one name are two, and so is a pupil of the same
        name on another class list.

        Raises:
            UsageError: a name is not possible on a class list, or there are too many.
        """
        name = checked_name(name, "class list")
        names = [checked_name(pupil, "pupil") for pupil in names]
        with self._file.writing() as db:
            rows = rows_in(db, "roster")
            found = [id_ for id_, known in rows if known.casefold() == name.casefold()]
            class_list = found[0] if found else new_learner_id(self._rng)
            if not found:
                put_row(db, "roster", class_list, name)
            new = additions([pupil.name for pupil in _members(db, class_list)], names)
            for pupil in new:
                self._put(db, class_list, pupil)
            return Added(_roster(db, class_list, name), len(new))

    def join(self, class_list: str, name: str, present: Collection[str] = ()) -> Pupil:
        """Return the pupil of a name who comes late: one on the class list, else a new one.

        Those in `present`, by their ids, are other pupils of that name. Raises UsageError as `add` does.
        """
        name = checked_name(name, "pupil")
        with self._file.writing() as db:
            meant = meant_by(name, _roster(db, class_list, "").pupils)
            learner = next((pupil.id for pupil in meant if pupil.id not in present), "")
            learner = learner or self._put(db, class_list, name)
            shown = {pupil.id: pupil for pupil in _roster(db, class_list, "").pupils}
            return shown[learner]

    def forget(self, class_list: str) -> list[Path]:
        """Forget a class list and its pupils' names; their answers stay, without a name.

        Copies of the record forget them too. Returns the files that still hold names.
        """
        with self._file.reading() as db:
            rows = db.execute("SELECT learner FROM roster_learner WHERE roster=?", (class_list,)).fetchall()
        return forget(self._file, [learner for (learner,) in rows], class_list)

    def forget_pupils(self, learners: Sequence[str]) -> list[Path]:
        """Forget pupils' names and remove them from their class list, as `forget` does for a whole list."""
        return forget(self._file, learners)

    def _put(self, db: sqlite3.Connection, class_list: str, name: str) -> str:
        count, last = db.execute(
            "SELECT count(*), coalesce(max(place), 0) FROM roster_learner WHERE roster=?", (class_list,)
        ).fetchone()
        if count >= MOST_PUPILS:
            raise UsageError(f"A class list holds at most {MOST_PUPILS} pupils.", "Make a second one.")
        learner = new_learner_id(self._rng)
        put_row(db, "learner", learner, name)
        put_row(db, "roster_learner", class_list, last + 1, learner)
        return learner


def _members(db: sqlite3.Connection, class_list: str) -> list[Pupil]:
    """Return the pupils on a class list in order, those of the same name not told apart."""
    rows = db.execute(
        "SELECT r.roster, r.place, r.learner, r.crc, l.id, l.name, l.crc"
        " FROM roster_learner r JOIN learner l ON l.id=r.learner"
        " WHERE r.roster=? AND l.name<>'' ORDER BY r.place",
        (class_list,),
    ).fetchall()
    for row in rows:
        checked("roster_learner", row[:4])
        checked("learner", row[4:])
    return [Pupil(learner, name, place) for _, place, _, _, learner, name, _ in rows]


def _roster(db: sqlite3.Connection, class_list: str, name: str) -> ClassList:
    members = _members(db, class_list)
    shown = told_apart([pupil.name for pupil in members])
    pupils = (Pupil(pupil.id, called, pupil.number) for pupil, called in zip(members, shown, strict=True))
    return ClassList(class_list, name, tuple(pupils))


def checked_name(name: str, what: str) -> str:
    """Return a name in the form in which it is stored. Raises UsageError for an impossible one."""
    name = tidy(name)
    if not name:
        raise UsageError(f"A {what} needs a name.")
    if FORBIDDEN.search(name) or len(name) > MOST_LETTERS:
        raise UsageError(
            f"“{one_line(name, 40)}” cannot be the name of a {what}.",
            f"A name has at most {MOST_LETTERS} characters, all of them visible.",
        )
    return name
