"""Results of exams on record, even where their banks are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.core.events.model import EventKind, Mode, SessionHeader
from quiz.core.exam.result import ExamResult, result_of
from quiz.core.exam.session import ExamSession
from quiz.core.item_result import item_results, share_of
from quiz.core.session import ItemLookup
from quiz.errors import UsageError
from quiz.services.past_sessions import known_header, usable_banks

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

MOST_EARLIER = 12
"""How many earlier exams a result is compared with."""


def finished_exam(workspace: Workspace, session_id: str) -> ExamSession:
    """Return a finished exam, with those of its banks that can be used now.

    Raises UsageError where there is no such exam or it is not handed in.
    """
    header = known_header(workspace, session_id)
    if header.mode is not Mode.EXAM:
        raise UsageError(f"The session “{session_id}” is not an exam.")
    lookup = workspace.lookup(usable_banks(workspace, header.banks).values())
    session = ExamSession.begin(header, lookup, workspace.record.effective_events(session_id))
    if session.ended is None:
        raise UsageError("This exam is not handed in yet.", "Continue it from the home screen.")
    return session


def result_of_exam(workspace: Workspace, session: ExamSession) -> ExamResult:
    """Return the result of a finished exam, beside the learner's earlier exams on the same banks."""
    header = session.header
    names = {learner.id: learner.name for learner in workspace.record.learners()}
    titles = session.lookup.titles
    return result_of(
        session,
        learner=names.get(header.learner, ""),
        bank_titles=[titles.get(bank, bank) for bank in header.banks],
        earlier=earlier_shares(workspace, header),
    )


def earlier_shares(workspace: Workspace, header: SessionHeader) -> tuple[float, ...]:
    """Return the shares, 0 to 1, of a learner's earlier exams on the same banks, oldest first."""
    record = workspace.record
    shares: list[float] = []
    for told in record.sessions(header.learner, header.banks[0], Mode.EXAM, 200, header.id):
        if told.is_ended and set(told.banks) == set(header.banks):
            attempts = [e for e in record.effective_events(told.id) if e.kind is EventKind.ATTEMPT]
            if attempts:
                shares.append(share_of(item_results(record.header(told.id), attempts, (), ItemLookup())))
        if len(shares) == MOST_EARLIER:
            break
    return tuple(reversed(shares))
