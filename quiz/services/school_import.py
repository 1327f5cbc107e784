"""Exported records of a school's pupils, such as a class's machine makes, and their way into its database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from quiz.core.events.import_validation import flaw_in
from quiz.core.events.model import Event, SessionHeader
from quiz.core.text.phrases import count
from quiz.core.text.safe_text import one_line
from quiz.errors import UsageError
from quiz.exchange.record_jsonl import NotAnExport, lines_of, people_in, sessions_in
from quiz.record.import_record import event_here, header_here

if TYPE_CHECKING:
    import psycopg

    from quiz.record.postgres.people import Person


class FilesTaken(msgspec.Struct, frozen=True, kw_only=True):
    """The result of taking in some files."""

    stored: int
    present: int
    refused: int
    flaws: tuple[str, ...]
    """A sentence for whatever was left out."""


def import_files(connection: psycopg.Connection[Any], names: Sequence[str]) -> FilesTaken:
    """Take in files that `quiz record export` wrote, each whole or not at all.

    A learner in a file is the person of the school with the same id, else the only one with the same name;
    what others did is left out. Raises UsageError for what is no such file, RecordError.
    """
    from quiz.record.postgres.bulk import bring_in
    from quiz.record.postgres.people import people

    everybody = people(connection)
    stored = present = refused = 0
    flaws: list[str] = []
    for name in names:
        brought = bring_in(connection, _parts(Path(name), everybody, flaws))
        stored, present, refused = (
            stored + brought.stored, present + brought.present, refused + brought.refused
        )  # fmt: skip
    return FilesTaken(stored=stored, present=present, refused=refused, flaws=tuple(flaws))


def _parts(
    path: Path, everybody: Sequence[Person], flaws: list[str]
) -> Iterator[tuple[SessionHeader, Sequence[Event]]]:
    """Yield the sessions in a file of those who are known, with the school's ids in them."""
    try:
        with path.open("rb") as file:
            ids = _ids(people_in(lines_of(file)), everybody)
        unknown: Counter[str] = Counter()
        with path.open("rb") as file:
            for header, events in sessions_in(lines_of(file), flaws):
                flaw = flaw_in(header, events)
                if flaw:
                    flaws.append(flaw)
                elif header.learner not in ids:
                    unknown[header.learner] += 1
                else:
                    yield header_here(header, ids), [event_here(event, ids) for event in events]
    except OSError as error:
        raise UsageError(f"“{path}” cannot be read: {error.strerror}.") from error
    except NotAnExport as error:
        raise UsageError(f"{path}: {error}") from error
    flaws += [
        f"{count(sessions, 'session')} of {one_line(learner, 40)}, who is not at this school, were left out."
        for learner, sessions in unknown.items()
    ]


def _ids(learners: Sequence[Any], everybody: Sequence[Person]) -> dict[str, str]:
    """Return who each learner of a file is at the school, as far as that is certain."""
    known = {one.id for one in everybody}
    names = Counter(one.name for one in everybody)
    by_name = {one.name: one.id for one in everybody if names[one.name] == 1}
    theirs = Counter(one.name for one in learners)
    return {
        one.id: one.id if one.id in known else by_name[one.name]
        for one in learners
        if one.id in known or (theirs[one.name] == 1 and one.name in by_name)
    }
