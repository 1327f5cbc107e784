"""Tests that are on record: what each came to, whatever became of its banks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.core.content.bank import Bank
from quiz.core.events.model import EventKind, Mode, Opening
from quiz.core.exam.result import TestResult, result_of
from quiz.core.exam.session import TestSession
from quiz.core.item_result import item_results, share_of
from quiz.core.session import Shelf
from quiz.errors import BankError, UsageError

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

MOST_EARLIER = 12
"""How many earlier tests a result is compared with."""
_MOST_SEARCHED = 1000
_WHOLE_ID = 36


def found_test(workspace: Workspace, name: str) -> str:
    """Return the id of the test whose id is or begins with `name`. Raises UsageError unless it is one."""
    wanted = name.strip().lower()
    if len(wanted) == _WHOLE_ID:
        return wanted
    found = [
        told.id
        for told in workspace.history.sessions(mode=Mode.TEST, limit=_MOST_SEARCHED)
        if told.id.startswith(wanted)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{len(found)} tests have ids that begin with “{name}”.", "Give more of the id.")
    raise UsageError(f"There is no test “{name}” on record.", "Leave the id out for the last test.")


def finished_test(workspace: Workspace, session_id: str) -> TestSession:
    """Return a test that was handed in, with those of its banks that can be used now.

    Raises UsageError where there is no such test or it is not handed in.
    """
    try:
        opening = workspace.history.opening(session_id)
        events = workspace.history.live_events(session_id)
    except (KeyError, ValueError):
        raise UsageError(f"There is no session “{session_id}” on record.") from None
    if opening.mode is not Mode.TEST:
        raise UsageError(f"The session “{session_id}” is no test.")
    session = TestSession.begin(opening, Shelf.of(*_usable(workspace, opening)), events)
    if session.ended is None:
        raise UsageError("This test is not handed in yet.", "Go on with it from the home screen.")
    return session


def result_of_test(workspace: Workspace, session: TestSession) -> TestResult:
    """Return what a finished test came to, beside the learner's earlier tests on the same banks."""
    opening = session.opening
    names = {learner.id: learner.name for learner in workspace.history.learners()}
    titles = {placed.bank.bank: placed.bank.title for placed in session.shelf.values()}
    return result_of(
        session,
        learner=names.get(opening.learner, ""),
        bank_titles=[titles.get(bank, bank) for bank in opening.banks],
        earlier=earlier_shares(workspace, opening),
    )


def earlier_shares(workspace: Workspace, opening: Opening) -> tuple[float, ...]:
    """Return the shares, 0 to 1, of a learner's earlier tests on the same banks, oldest first."""
    history = workspace.history
    shares: list[float] = []
    for told in history.sessions(opening.learner, opening.banks[0], Mode.TEST, 200, opening.id):
        if told.is_ended and set(told.banks) == set(opening.banks):
            attempts = [e for e in history.live_events(told.id) if e.kind is EventKind.ATTEMPT]
            if attempts:
                shares.append(share_of(item_results(history.opening(told.id), attempts, (), Shelf())))
        if len(shares) == MOST_EARLIER:
            break
    return tuple(reversed(shares))


def _usable(workspace: Workspace, opening: Opening) -> list[Bank]:
    banks = []
    for bank_id in opening.banks:
        try:
            banks += workspace.banks([bank_id])
        except BankError:
            continue
    return banks
