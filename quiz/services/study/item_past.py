"""What the record says of the item at hand and of its topic, for the rail beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.grading import Verdict
from quiz.core.content.response_text import response_text
from quiz.core.scheduling.study_day import day_of
from quiz.core.text.phrases import past_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.core.session import BankItem
    from quiz.record.read_models import Attempted
    from quiz.services.workspace import Workspace

MOST_MARKS = 10
"""How many of an item's last attempts are told."""
MOST_ITEMS = 2000
"""Up to how many items of a bank it is worked out how well a topic is known: it must not take long."""


class PastAnswer(msgspec.Struct, frozen=True):
    """An attempt at an item in words."""

    verdict: Verdict
    day: date
    response: str
    """What was given, on one line; empty if it was left empty."""
    after: timedelta | None
    """The time since the attempt before; None for the first that was read."""


class ItemPast(msgspec.Struct, frozen=True):
    """An item's last attempts and how well its topic is known."""

    marks: tuple[Verdict, ...]
    """What came of the last attempts, oldest first."""
    attempts: int
    last: str
    """When the last attempt was, in words; empty where there was none."""
    topic: str
    topic_share: float | None
    """What is known of the topic, 0 to 1; None where it is not worked out."""
    answers: tuple[PastAnswer, ...] = ()
    """The last attempts in words, newest first, where they were asked for."""


def item_past(workspace: Workspace, bank_item: BankItem, *, has_answers: bool = False) -> ItemPast:
    """Read what the record says of an item, with what was answered if `has_answers`."""
    learner = workspace.learner.id
    memory = workspace.record.memory(learner, bank_item.ref)
    last = workspace.record.attempts_at(learner, bank_item.ref, MOST_MARKS) if memory is not None else []
    when = ""
    if last:
        told, starts_at = last[0], workspace.config.day_starts_at
        when = past_day(day_of(told.event.at, told.header.zone, starts_at), workspace.today)
    share = None
    bank = bank_item.bank
    if bank_item.item.topic and len(bank.items) <= MOST_ITEMS:
        names = [item.id for item in bank.items if item.topic == bank_item.item.topic]
        share = workspace.held(learner, bank.bank).of(bank.bank, names).share
    return ItemPast(
        tuple(_verdict(one) for one in reversed(last)),
        memory.attempts if memory is not None else 0,
        when,
        bank_item.topic,
        share,
        _answers(last, workspace.config.day_starts_at) if has_answers else (),
    )


def _verdict(one: Attempted) -> Verdict:
    return Verdict.CORRECT if one.is_overridden else one.event.verdict or Verdict.of(one.score)


def _answers(last: Sequence[Attempted], starts_at: int) -> tuple[PastAnswer, ...]:
    before = [*(one.event.at for one in last[1:]), None]
    return tuple(
        PastAnswer(
            _verdict(one),
            day_of(one.event.at, one.header.zone, starts_at),
            response_text(one.event.response),
            None if earlier is None else timedelta(milliseconds=one.event.at - earlier),
        )
        for one, earlier in zip(last, before, strict=True)
    )
