"""What the record says of the item at hand and of its topic, for the rail beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.grading import Verdict
from quiz.core.scheduling.study_day import day_of
from quiz.core.text.phrases import past_day

if TYPE_CHECKING:
    from quiz.core.session import BankItem
    from quiz.services.workspace import Workspace

MOST_MARKS = 10
"""How many of an item's last attempts are told."""
MOST_ITEMS = 2000
"""Up to how many items of a bank it is worked out how well a topic is known: it must not take long."""


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


def item_past(workspace: Workspace, bank_item: BankItem) -> ItemPast:
    """Read what the record says of an item."""
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
        tuple(
            Verdict.CORRECT if one.is_overridden else one.event.verdict or Verdict.of(one.score)
            for one in reversed(last)
        ),
        memory.attempts if memory is not None else 0,
        when,
        bank_item.topic,
        share,
    )
