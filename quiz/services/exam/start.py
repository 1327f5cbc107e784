"""Starting an exam and continuing one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.grading import is_empty
from quiz.core.events.model import EventKind, Mode, SessionHeader
from quiz.core.exam.blueprint import SEEDS, Blueprint, drawn
from quiz.core.exam.form_code import FormCode, form_code
from quiz.core.exam.settings import ExamSettings, exam_settings
from quiz.core.session import ItemLookup, Phase
from quiz.errors import UsageError
from quiz.services.exam.live import LiveExam
from quiz.services.nothing_to_ask import nothing_in_exam

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

_LOOKED_AT = 1000
"""Among how many of the latest exams a form is looked for."""
USUAL_ITEMS = 20
"""How many items a first exam asks by default."""


def new_seed(workspace: Workspace) -> int:
    """Return the seed of a form that most likely nobody has taken yet."""
    return workspace.rng.randrange(SEEDS)


def usual_settings(workspace: Workspace, bank_ids: Sequence[str] = ()) -> ExamSettings:
    """Return the settings of the learner's last exam, without those of its banks, or the defaults.

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
    """Start an exam on some banks, or on all, and record its start.

    The same seed, settings and banks give the same form. Raises UsageError where no item fits the settings or
    they name an unknown topic, BankError for an unusable bank.
    """
    banks = workspace.whole_banks(bank_ids)
    check_choice(banks, settings)
    seed = new_seed(workspace) if seed is None else seed
    items = drawn(banks, settings.blueprint, seed)
    if not items:
        raise nothing_in_exam(workspace, bank_ids)
    config = workspace.config
    chosen = msgspec.structs.replace(settings, form=str(form_code(banks, settings, seed)))
    told = {
        "policy": {**workspace.policy, "feeds_schedule": config.tests_feed_study},
        "test": msgspec.json.decode(msgspec.json.encode(chosen)),
    }
    asked = tuple(dict.fromkeys(sorted(ref.bank for ref in items)))
    header = workspace.header(Mode.EXAM, asked, seed, told, items)
    return LiveExam.start(workspace.record, workspace.clock, header, workspace.lookup(banks))


def with_code(
    workspace: Workspace, bank_ids: Sequence[str], settings: ExamSettings, code: FormCode
) -> ExamSettings:
    """Return settings that give the form of a code: those given, or where nothing is, those on record.

    Raises UsageError where the banks or the settings are not those that the code was made of; the items that
    were changed since are named where the form is on record.
    """
    banks = workspace.whole_banks(bank_ids)
    told = msgspec.structs.replace(settings, items=code.items)
    is_usual = told.weights and told.blueprint == Blueprint(items=code.items)
    if form_code(banks, told, code.seed) == code:
        return told
    known = header_of_form(workspace, code)
    if known is not None and is_usual:
        before = exam_settings(known)
        told = msgspec.structs.replace(
            told,
            topics=before.topics,
            tags=before.tags,
            counts=before.counts,
            shuffle=before.shuffle,
            weights=before.weights,
        )
        if form_code(banks, told, code.seed) == code:
            return told
    changed = changed_since(workspace, known, banks) if known is not None else ()
    raise UsageError(
        f"The code {code} was made from another state of these banks, or with other settings.",
        f"Changed since: {', '.join(changed)}." if changed else "Name the same banks, topics and tags.",
    )


def header_of_form(workspace: Workspace, code: FormCode) -> SessionHeader | None:
    """Return the opening of the newest exam on record that has a form; None where there is none."""
    for told in workspace.record.sessions(mode=Mode.EXAM, limit=_LOOKED_AT):
        header = workspace.record.header(told.id)
        if exam_settings(header).form == str(code):
            return header
    return None


def changed_since(workspace: Workspace, header: SessionHeader, banks: Sequence[Bank]) -> tuple[str, ...]:
    """Return the items of an exam on record that are other ones in the banks now, or gone."""
    now = {ref: bank_item.item.fingerprint for ref, bank_item in ItemLookup.of(*banks).items()}
    then = {event.ref: event.fingerprint for event in workspace.record.events(header.id) if event.fingerprint}
    return tuple(str(ref) for ref in header.items if ref in then and now.get(ref) != then[ref])


def resume_exam(workspace: Workspace, header: SessionHeader) -> LiveExam:
    """Continue an exam that was left. It is handed in at once if its time ran out meanwhile.

    Raises BankError where one of its banks cannot be used now; the exam can be continued once it can.
    """
    lookup = workspace.lookup(workspace.whole_banks(header.banks))
    workspace.take(header.id)
    return LiveExam.resume(workspace.record, workspace.clock, header, lookup)


def hand_in_left(workspace: Workspace, header: SessionHeader) -> LiveExam:
    """Hand in an exam that was left, without continuing it. Raises BankError as `resume_exam` does."""
    live = resume_exam(workspace, header)
    if live.session.phase is not Phase.FINISHED:
        live.hand_in()
    return live


def answered_in(workspace: Workspace, header: SessionHeader) -> int:
    """Count the items of an exam that have a response so far."""
    given = {
        event.ref: event.response
        for event in workspace.record.events(header.id)
        if event.kind in {EventKind.DRAFT, EventKind.ATTEMPT}
    }
    return sum(response is not None and not is_empty(response) for response in given.values())


def check_choice(banks: Sequence[Bank], settings: ExamSettings) -> None:
    """Raise UsageError where the settings name topics or tags that are in none of the banks."""
    topics = dict.fromkeys(topic for bank in banks for topic in bank.topics)
    tags = dict.fromkeys(tag for bank in banks for item in bank.items for tag in item.tags)
    check_names("topic", (*settings.topics, *settings.counts), topics)
    check_names("tag", settings.tags, tags)


def check_names(what: str, named: Iterable[str], known: Iterable[str]) -> None:
    """Raise UsageError where a named topic or tag does not exist."""
    there = list(known)
    for name in named:
        if name not in there:
            close = get_close_matches(name, there, 1)
            raise UsageError(
                f"There is no {what} “{name}” in these banks.",
                f"Did you mean “{close[0]}”?" if close else f"There are: {', '.join(there) or 'none'}.",
            )
