"""Importing another machine's record: matching its learners, checking its content, and merging it.

A learner of the other machine whose id is known here is the same person. Otherwise a name that exactly one
learner has on both sides makes them the same, and the other machine's sessions are attributed to ours.
Anybody else is added. Whoever imports can override this by name.

Sessions and events are merged by the session's id and the event's number (`SqliteRecord.merge`): equal ones
have no effect; a different event under the same number is reported and changes nothing.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from quiz.core.events.import_validation import flaw_in
from quiz.core.events.model import Event, SessionHeader
from quiz.errors import UsageError
from quiz.record.interface import Record
from quiz.record.read_models import Learner

_SQLITE = b"SQLite format 3\x00"
_LEARNER = frozenset("0123456789abcdefghjkmnpqrstvwxyz")
_LEARNER_LENGTH = 12
_LONGEST_NAME = 200


class LearnerMatch(msgspec.Struct, frozen=True):
    """Who a learner of the other machine is here."""

    id: str
    """Their id on the other machine."""
    name: str
    """Their name on the other machine; empty if it was forgotten."""
    here: Learner
    how: str
    """id: the same id. name: the same name. asked: the person said so. new: nobody here."""


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an import."""

    sessions: int
    """The number of new sessions."""
    events: int
    """The number of new events."""
    matches: tuple[LearnerMatch, ...]
    conflicts: tuple[str, ...] = ()
    """A sentence for each event or session that is already on record with another content."""
    flaws: tuple[str, ...] = ()
    """A sentence for everything that was left out as invalid."""


def is_record(path: Path) -> bool:
    """Return whether a file is a database and not an export. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def take_in(
    record: Record,
    learners: Iterable[Learner],
    sessions: Iterable[tuple[SessionHeader, Sequence[Event]]],
    named: Mapping[str, str] | None = None,
) -> TakenIn:
    """Record what is new in another record, all or nothing; memories and totals follow.

    `named` maps a learner's name or id there to a name here; the empty name stands for the only learner
    there. Raises UsageError where it names somebody who is not there or is ambiguous, RecordError where the
    record cannot be written.
    """
    matches = who_is_who(record, list(learners), named or {})
    ids = {match.id: match.here.id for match in matches}
    flaws: list[str] = []

    def translated() -> Iterator[tuple[SessionHeader, list[Event]]]:
        for header, events in sessions:
            flaw = flaw_in(header, events)
            if flaw:
                flaws.append(flaw)
            else:
                yield header_here(header, ids), [event_here(event, ids) for event in events]

    new = {match.here.id: match.here for match in matches if match.how == "new"}
    merged = record.merge(new.values(), translated())
    return TakenIn(
        sessions=merged.sessions,
        events=merged.events,
        matches=matches,
        conflicts=merged.conflicts,
        flaws=(*flaws, *merged.left_out),
    )


def who_is_who(
    record: Record, theirs: Sequence[Learner], named: Mapping[str, str]
) -> tuple[LearnerMatch, ...]:
    """Match each learner of another machine to one here, creating those that `named` asks for."""
    theirs = list({learner.id: learner for learner in theirs}.values())
    unknown = set(named) - {""} - {known for learner in theirs for known in (learner.id, learner.name)}
    if unknown:
        raise UsageError(
            f"Nobody in this file is called “{min(unknown)}”.",
            f"There are: {', '.join(sorted(learner.name for learner in theirs if learner.name)) or 'none'}.",
        )
    if "" in named and len(theirs) > 1:
        raise UsageError(
            f"This file holds {len(theirs)} learners.", "Say who is meant: --as THEIRS=OURS for each."
        )
    ours = record.learners()
    by_id = {learner.id: learner for learner in ours}
    our_names = Counter(learner.name for learner in ours)
    by_name = {learner.name: learner for learner in ours if learner.name and our_names[learner.name] == 1}
    their_names = Counter(_tidy(learner.name) for learner in theirs)
    matches = []
    for learner in theirs:
        name = _tidy(learner.name)
        asked = named.get(learner.id, named.get(learner.name, named.get("")))
        if asked is not None:
            matches.append(LearnerMatch(learner.id, name, record.learner(asked), "asked"))
        elif learner.id in by_id:
            matches.append(LearnerMatch(learner.id, name, by_id[learner.id], "id"))
        elif name in by_name and their_names[name] == 1:
            matches.append(LearnerMatch(learner.id, name, by_name[name], "name"))
        else:
            matches.append(LearnerMatch(learner.id, name, Learner(learner.id, name), "new"))
    return tuple(matches)


def header_here(header: SessionHeader, ids: Mapping[str, str]) -> SessionHeader:
    """Return a session's opening with our learners' ids in the place of theirs."""
    if all(here == there for there, here in ids.items()):
        return header
    return msgspec.structs.replace(
        header,
        learner=ids.get(header.learner, header.learner),
        settings=_renamed(header.settings, ids),
    )


def event_here(event: Event, ids: Mapping[str, str]) -> Event:
    """Return an event with our learners' ids in the place of theirs."""
    if all(here == there for there, here in ids.items()):
        return event
    return msgspec.structs.replace(
        event, learner=ids.get(event.learner, event.learner), body=_renamed(event.body, ids)
    )


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """Replace their ids by ours wherever a drill's settings or an event's body name a learner."""
    if isinstance(value, str):
        return ids.get(value, value) if _is_learner(value) else value
    if isinstance(value, dict):
        return {_renamed(name, ids): _renamed(inner, ids) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_renamed(inner, ids) for inner in value]
    return value


def _is_learner(text: str) -> bool:
    return len(text) == _LEARNER_LENGTH and set(text) <= _LEARNER


def _tidy(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))[:_LONGEST_NAME]
