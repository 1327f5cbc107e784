"""What there is to study today; starting a study session and continuing one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Any

from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Mode, SessionHeader
from quiz.core.scheduling.policy import policy_of
from quiz.core.scheduling.study_selection import (
    Candidate,
    StudyQueue,
    WorthAsking,
    study_queue,
    worth_asking,
)
from quiz.core.session import ItemLookup
from quiz.core.study.choosing import chosen_items
from quiz.core.study.session import StudySession
from quiz.core.study_filter import Purpose, StudyOrder
from quiz.core.text.phrases import count
from quiz.errors import BankError, RecordConflict
from quiz.services.left_sessions import end_session
from quiz.services.study.choosing import items_chosen, standing_now
from quiz.services.study.daily_limits import DailyLimits, daily_limits
from quiz.services.study.live import LiveStudy
from quiz.services.study.new_items import as_banks_say, strict_banks

if TYPE_CHECKING:
    from quiz.core.study_filter import StudyFilter
    from quiz.services.workspace import Workspace


IN_USE_MS = 600_000
"""For how long after its last step a window on another machine may still be at a session."""


def queue_for(workspace: Workspace, study_filter: StudyFilter, seed: int) -> StudyQueue:
    """Return what there is to study today, in the usual order."""
    limits = daily_limits(workspace, study_filter.more_new)
    return study_queue(
        _worth_asking(workspace, study_filter, limits),
        new_left=limits.new,
        due_left=limits.due,
        seed=seed,
        limit=study_filter.limit,
        in_order=strict_banks(workspace),
    )


def _worth_asking(workspace: Workspace, study_filter: StudyFilter, limits: DailyLimits) -> WorthAsking:
    """Return the items that are due or new.

    Unless banks are named, those with nothing due are read only until there are enough new items for today: a
    thousand banks need not be read to start with the first one.
    """
    day_end, library = workspace.day_end, workspace.library
    enough = limits.new if study_filter.limit is None else min(limits.new, study_filter.limit)
    is_any = not (study_filter.topics or study_filter.tags or study_filter.kinds or study_filter.states)
    standing = None if is_any else standing_now(workspace, study_filter.states)
    found = WorthAsking([], [], [])
    all_held = workspace.record.held_items(workspace.learner.id)
    for bank in study_filter.banks or [summary.id for summary in library.usable()]:
        held = all_held.get(bank, {})
        is_due_in = any(memory.is_due(day_end) for memory in held.values())
        if len(found.new) >= enough and not is_due_in and not study_filter.banks:
            continue
        asked: Sequence[Candidate] = library.contents(bank).items
        if standing is not None:
            asked = chosen_items(asked, study_filter, standing)
        due, since, new = worth_asking(asked, held, day_end)
        found.due.extend(due)
        found.since.extend(since)
        found.new.extend(as_banks_say(workspace, new, limits.by_bank, study_filter.more_new))
    return found


def open_study(workspace: Workspace, study_filter: StudyFilter) -> LiveStudy | None:
    """Continue the unfinished study session of today, adding what else there is to study today.

    Starts a new one if there is none or it asks none of the wanted banks; only one study session is open at a
    time, and none goes on from day to day. Returns None where there is nothing to study.

    Raises BankError where a bank of that session is still being read.
    """
    left = _taken_up(workspace)
    wanted = set(study_filter.banks)
    is_elsewhere = left is not None and bool(wanted) and not wanted & set(left.banks)
    if left is None or is_elsewhere or study_filter.is_narrowed or not policy_of(left).feeds_schedule:
        return start_study(workspace, study_filter)
    try:
        live = resume_study(workspace, left)
    except BankError:
        if workspace.library.put_off:  # it may be this bank that is still being read
            raise
        return start_study(workspace, study_filter)
    _end_left(workspace, but=left)
    live.add(*_fold(workspace, study_filter, live))
    return live if live.session.queue else start_study(workspace, study_filter)


def _fold(
    workspace: Workspace, study_filter: StudyFilter, live: LiveStudy
) -> tuple[Sequence[ItemRef], ItemLookup]:
    """Return what there is to study today beyond a session's remaining items, and its banks' items."""
    waiting = set(live.session.queue)
    held = workspace.record.held_items(workspace.learner.id)
    memories = [held.get(ref.bank, {}).get(ref.item) for ref in waiting]
    new_waiting = sum(memory is None or not memory.attempts for memory in memories)
    queue = queue_for(workspace, study_filter, live.session.header.seed)
    new = [ref for ref in queue.new if ref not in waiting]
    room = max(0, daily_limits(workspace, study_filter.more_new).new - new_waiting)
    more = StudyQueue(tuple(ref for ref in queue.due if ref not in waiting), tuple(new[:room])).items
    return more, workspace.items_of(dict.fromkeys(ref.bank for ref in more))


def start_study(
    workspace: Workspace, study_filter: StudyFilter, items: Sequence[ItemRef] | None = None
) -> LiveStudy | None:
    """Start a study session on what is chosen, or on given items; None where there is nothing.

    An unfinished study session is ended: what it did not ask stays due or new. Nothing is recorded before the
    first step.
    """
    seed = workspace.rng.getrandbits(32)
    refs = tuple(items) if items is not None else items_for(workspace, study_filter, seed)
    if not refs:
        return None
    banks = tuple(dict.fromkeys(ref.bank for ref in refs))
    config = workspace.config
    settings = {
        "policy": _policy(workspace, study_filter),
        "study": {
            "criterion": config.criterion,
            "minutes": study_filter.minutes,
            "confidence": config.confidence,
            "confidence_by_bank": {
                bank: own.confidence for bank, own in config.bank.items() if own.confidence is not None
            },
        },
    }
    lookup = workspace.items_of(banks)
    header = workspace.header(Mode.STUDY, banks, seed, settings, refs)
    _end_left(workspace)
    return LiveStudy.start(workspace.record, workspace.clock, header, lookup)


def items_for(workspace: Workspace, study_filter: StudyFilter, seed: int) -> tuple[ItemRef, ...]:
    """Return the items that a session asks now, in their order. Raises BankError."""
    if study_filter.purpose is Purpose.TODAY and study_filter.order is StudyOrder.USUAL:
        return queue_for(workspace, study_filter, seed).items
    return tuple(items_chosen(workspace, study_filter, Random(seed)))


def _policy(workspace: Workspace, study_filter: StudyFilter) -> dict[str, Any]:
    is_practice = study_filter.purpose is Purpose.CRAM
    return {**workspace.policy, **({"feeds_schedule": False} if is_practice else {})}


def resume_study(workspace: Workspace, header: SessionHeader) -> LiveStudy:
    """Continue a study session, without banks that are gone or broken.

    Raises:
        BankError: none of its banks can be used now.
    """
    workspace.take(header.id)
    events = workspace.record.events(header.id)
    asked = dict.fromkeys((*header.banks, *(ref.bank for ref in StudySession.added_by(events))))
    usable = {bank.id for bank in workspace.library.usable()}
    lookup = workspace.items_of(bank for bank in asked if bank in usable)
    if not lookup:
        raise BankError(
            f"The session asks from {', '.join(header.banks)}, which cannot be read now.",
            "Open quiz with that file, or end the session.",
        )
    return LiveStudy.resume(workspace.record, workspace.clock, header, lookup)


def said_of_left_out(workspace: Workspace, banks: Sequence[str]) -> list[str]:
    """Return a sentence for each of some banks, or of all, of which items are wrong and are not asked."""
    return [
        f"{count(summary.left_out, 'question')} of “{summary.title}” cannot be asked: "
        f"“quiz check {summary.path}” says why."
        for summary in workspace.library.summaries()
        if summary.left_out and (not banks or summary.id in banks)
    ]


def _taken_up(workspace: Workspace) -> SessionHeader | None:
    """Return the study session left today and be at it, unless another program just took it up."""
    left = workspace.unfinished(Mode.STUDY)
    if left is None or left.started < workspace.day_start or not workspace.take(left.id):
        return None
    return left


def _end_left(workspace: Workspace, but: SessionHeader | None = None) -> None:
    """End unfinished study sessions, except one and those that another window or device may be using."""
    before = workspace.clock.now() - IN_USE_MS
    for left in workspace.record.unfinished(workspace.learner.id, Mode.STUDY):
        is_left = left.last_at < before and not workspace.is_others(left.header)
        if is_left and (but is None or left.header.id != but.id):
            with suppress(RecordConflict):  # another window has just ended it
                end_session(workspace, left.header)
