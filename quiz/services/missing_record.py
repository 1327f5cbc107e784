"""The choices of a person whose record is gone while copies of it exist."""

from __future__ import annotations

from pathlib import Path

from quiz.core.text.phrases import count
from quiz.errors import RecordMissing
from quiz.record.read_models import Learner
from quiz.record.sqlite.create import make_record
from quiz.record.upkeep.backups import restore
from quiz.record.upkeep.copies import RecordCopy, copies_of
from quiz.services.places import look_anew
from quiz.services.school import school_state


class MissingRecord:
    """A record that is gone, and its copies, newest first."""

    def __init__(self, path: Path, error: RecordMissing) -> None:
        self.path = path
        self.said = error.message
        """What happened, in a sentence."""
        self.copies = copies_of(path)

    def restore(self, copy: RecordCopy) -> None:
        """Put a copy in the record's place. Raises RecordError where it is damaged or cannot be written."""
        restore(self.path, copy.path)
        look_anew(self.path)

    def begin_anew(self) -> None:
        """Create an empty record; the copies stay. Raises RecordError where it cannot be written."""
        begin_anew(self.path)


def begin_anew(path: Path) -> None:
    """Create a record that is empty but for the learner who has joined a school, where there is one.

    Raises RecordError where it cannot be written.
    """
    known = school_state(path)
    make_record(path, Learner(known.learner, known.name) if known.learner and known.name else None)
    look_anew(path)


def described(copy: RecordCopy) -> str:
    """Return a description of a copy of the record in one line."""
    if not copy.is_readable:
        return f"{copy.path.name}: cannot be read"
    held = f"{count(copy.sessions, 'session')}, {count(copy.events, 'event')}"
    day = f"{copy.day.isoformat()}: " if copy.day else ""
    return f"{day}{held} ({copy.path.name})"
