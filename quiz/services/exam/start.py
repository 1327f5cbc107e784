"""Starting an exam and going on with one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.grading import is_empty
from quiz.core.events.model import EventKind, Mode, SessionHeader
from quiz.core.exam.blueprint import SEEDS, drawn, form_code
from quiz.core.exam.settings import ExamSettings, exam_settings
from quiz.core.session import Phase
from quiz.errors import UsageError
from quiz.services.exam.live import LiveExam

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

USUAL_ITEMS = 20
"""How many items a first exam asks if nothing is said."""


def new_seed(workspace: Workspace) -> int:
    """Return the seed of a form that nobody has taken yet, most likely."""
    return workspace.rng.randrange(SEEDS)


def usual_settings(workspace: Workspace, bank_ids: Sequence[str] = ()) -> ExamSettings:
    """Return what the learner's last exam was told, without what belongs to its banks; at first a default.

    On a single bank, what the learner set for it counts.
    """
    usual = _last_settings(workspace)
    own = workspace.config.bank.get(bank_ids[0]) if len(bank_ids) == 1 else None
    said = {"pass_mark": own.pass_mark, "confidence": own.confidence} if own is not None else {}
    changes: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    return msgspec.structs.replace(usual, **changes)


def _last_settings(workspace: Workspace) -> ExamSettings:
    for told in workspace.record.sessions(workspace.learner.id, mode=Mode.EXAM, limit=1):
        before = exam_settings(workspace.record.header(told.id))
        return msgspec.structs.replace(before, topics=(), tags=(), counts={}, form="")
    return ExamSettings(items=USUAL_ITEMS, confidence=workspace.config.confidence)


def start_exam(
    workspace: Workspace, bank_ids: Sequence[str], settings: ExamSettings, seed: int | None = None
) -> LiveExam:
    """Begin an exam on some banks, or on all, and put its start on record.

    The same seed, settings and banks give the same form. Raises UsageError where no item fits the settings
    or they name a topic that is not there, BankError for a bank that cannot be used.
    """
    banks = workspace.banks(bank_ids)
    check_choice(banks, settings)
    seed = new_seed(workspace) if seed is None else seed
    items = drawn(banks, settings.blueprint, seed)
    if not items:
        raise UsageError("There is nothing to ask in this exam.", "Choose more topics, tags or items.")
    config = workspace.config
    chosen = msgspec.structs.replace(settings, form=form_code(seed))
    told = {
        "policy": {**workspace.policy, "feeds_schedule": config.tests_feed_study},
        "test": msgspec.json.decode(msgspec.json.encode(chosen)),
    }
    asked = tuple(dict.fromkeys(sorted(ref.bank for ref in items)))
    header = workspace.header(Mode.EXAM, asked, seed, told, items)
    return LiveExam.start(workspace.record, workspace.clock, header, workspace.lookup(banks))


def resume_exam(workspace: Workspace, header: SessionHeader) -> LiveExam:
    """Go on with an exam that was left; it is handed in at once if its time ran out meanwhile.

    Raises BankError where one of its banks cannot be used now: the exam waits until it can.
    """
    shelf = workspace.lookup(workspace.banks(header.banks))
    return LiveExam.resume(workspace.record, workspace.clock, header, shelf)


def hand_in_left(workspace: Workspace, header: SessionHeader) -> LiveExam:
    """Hand in an exam that was left, without going on with it. Raises BankError as `resume_test` does."""
    live = resume_exam(workspace, header)
    if live.session.phase is not Phase.FINISHED:
        live.hand_in()
    return live


def answered_in(workspace: Workspace, header: SessionHeader) -> int:
    """Count the items of an exam that something was given to so far."""
    given = {
        event.ref: event.response
        for event in workspace.record.events(header.id)
        if event.kind in {EventKind.DRAFT, EventKind.ATTEMPT}
    }
    return sum(response is not None and not is_empty(response) for response in given.values())


def check_choice(banks: Sequence[Bank], settings: ExamSettings) -> None:
    """Raise UsageError where the settings name topics or tags that none of the banks has."""
    topics = dict.fromkeys(topic for bank in banks for topic in bank.topics)
    tags = dict.fromkeys(tag for bank in banks for item in bank.items for tag in item.tags)
    check_names("topic", (*settings.topics, *settings.counts), topics)
    check_names("tag", settings.tags, tags)


def check_names(what: str, named: Iterable[str], known: Iterable[str]) -> None:
    """Raise UsageError where one of the topics or tags that were named is not there."""
    there = list(known)
    for name in named:
        if name not in there:
            close = get_close_matches(name, there, 1)
            raise UsageError(
                f"There is no {what} “{name}” in these banks.",
                f"Did you mean “{close[0]}”?" if close else f"There are: {', '.join(there) or 'none'}.",
            )
