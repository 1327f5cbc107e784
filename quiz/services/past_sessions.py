"""Past sessions: their results, and voiding one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.drill.drill import Drill
from quiz.core.drill.formats import all_formats, begin
from quiz.core.drill.settings import drill_settings
from quiz.core.events.effective import effective_events, overridden
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.session import ItemLookup
from quiz.core.study.review import ReviewedAttempt, study_review
from quiz.errors import BankError, UsageError
from quiz.record.interface import Record
from quiz.services.drill.live import names_in
from quiz.services.left_sessions import append_last

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

_WHOLE_ID = 36
_LEAST = 8
"""How many characters of an id must be given at least."""
_LOOKED_AT = 1000


@dataclass(frozen=True, kw_only=True)
class PastStudy:
    """A study session in review, finished or not."""

    header: SessionHeader
    learner: str
    """The learner's name, empty if it was forgotten."""
    titles: tuple[str, ...]
    """The banks' titles."""
    attempts: tuple[ReviewedAttempt, ...]
    is_ended: bool
    lookup: ItemLookup
    """Its items, from those of its banks that can be used now."""

    @property
    def share(self) -> float:
        """The mean score of its attempts, 0 to 1, as lists of sessions show it."""
        return sum(attempt.score for attempt in self.attempts) / len(self.attempts) if self.attempts else 0.0


def past_study(workspace: Workspace, session_id: str) -> PastStudy:
    """Return a study session in review, with those of its banks that can be used now.

    Raises UsageError where there is no such session, or it is of another mode.
    """
    header = known_header(workspace, session_id)
    if header.mode is not Mode.STUDY:
        raise UsageError(f"The session {session_id} is not a study session.")
    events = workspace.record.effective_events(session_id)
    banks = usable_banks(workspace, header.banks)
    lookup = workspace.lookup(banks.values())
    names = {learner.id: learner.name for learner in workspace.record.learners()}
    return PastStudy(
        header=header,
        learner=names.get(header.learner, ""),
        titles=tuple(banks[bank].title if bank in banks else bank for bank in header.banks),
        attempts=study_review(events, lookup),
        is_ended=any(event.kind is EventKind.END for event in events),
        lookup=lookup,
    )


def past_drill(workspace: Workspace, session_id: str) -> tuple[Drill, dict[str, str]]:
    """Return a drill at its end, and its competitors' names.

    Raises UsageError where there is no such session, or it is of another mode.
    """
    header = known_header(workspace, session_id)
    try:
        if header.mode is not Mode.DRILL or drill_settings(header).format not in all_formats():
            raise UsageError(f"The session {session_id} is not a drill.")
        lookup = workspace.lookup(usable_banks(workspace, header.banks).values())
        drill = begin(header, lookup, workspace.record.effective_events(session_id))
    except (msgspec.ValidationError, LookupError, ValueError, TypeError) as error:
        raise UsageError(f"The drill {session_id} cannot be shown: {error}") from error
    return drill, names_in(workspace.record, drill)


def usable_banks(workspace: Workspace, bank_ids: Iterable[str]) -> dict[str, Bank]:
    """Return those of some banks that can be used now, by id."""
    banks = {}
    for bank in dict.fromkeys(bank_ids):
        try:
            banks[bank] = workspace.library.bank(bank)
        except BankError:
            continue
    return banks


def known_header(workspace: Workspace, session_id: str) -> SessionHeader:
    """Return the opening of a session. Raises UsageError where there is no such session."""
    try:
        return workspace.record.header(session_id)
    except (KeyError, ValueError):
        raise UsageError(
            f"There is no session “{session_id}” on record.", "“quiz record list” lists them."
        ) from None


class PastAttempt(NamedTuple):
    """An attempt on record, and what became of it."""

    header: SessionHeader
    event: Event
    is_overridden: bool
    counts: bool
    """Whether it counts: neither it nor its session was undone or voided."""


def past_attempts(record: Record) -> Iterator[PastAttempt]:
    """Yield all attempts on record, session by session, including those that do not count."""
    for header, events in record.everything():
        counting = effective_events(events)
        numbers = {event.n for event in counting}
        right = overridden(counting)
        for event in events:
            if event.kind is EventKind.ATTEMPT:
                yield PastAttempt(header, event, event.n in right, event.n in numbers)


def void_session(workspace: Workspace, session_id: str) -> None:
    """Void a session for good; its events stay on record.

    Raises UsageError where there is no such session.
    """
    known_header(workspace, session_id)
    append_last(workspace, session_id, EventKind.VOID)


def last_result(workspace: Workspace) -> str:
    """Return the id of the learner's last finished exam or drill. Raises UsageError if there is none.

    Raises UsageError where there is neither.
    """
    found = [
        next((told for told in listed if told.is_ended), None)
        for listed in (
            workspace.record.sessions(workspace.learner.id, mode=mode, limit=_LOOKED_AT)
            for mode in (Mode.EXAM, Mode.DRILL)
        )
    ]
    over = [told for told in found if told is not None]
    if not over:
        raise UsageError("No exam or drill is finished yet.", "“quiz exam” and “quiz drill” start one.")
    return max(over, key=lambda told: (told.started, told.id)).id


def session_named(workspace: Workspace, name: str) -> str:
    """Return the id of the one session whose id is or begins with `name`. Raises UsageError otherwise."""
    wanted = name.strip().lower()
    if len(wanted) == _WHOLE_ID:
        return known_header(workspace, wanted).id
    found = []
    if len(wanted) >= _LEAST:
        listed = workspace.record.sessions(limit=_LOOKED_AT)
        found = [told.id for told in listed if told.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{len(found)} sessions have ids that begin with “{name}”.", "Give more of the id.")
    raise UsageError(f"There is no session “{name}” on record.", "“quiz record list” lists them.")
