"""What the home screen says of the banks and the record, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from quiz.banks.library import BankSummary
from quiz.core.content.diagnostics import Finding
from quiz.core.content.item import ItemRef
from quiz.core.events.model import Mode
from quiz.core.scheduling.fsrs_schedule import known_share
from quiz.core.statistics.streak import streak
from quiz.core.text.phrases import count
from quiz.record.read_models import BankProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.core.events.model import SessionHeader
    from quiz.services.workspace import Workspace


class BankRow(msgspec.Struct, frozen=True):
    """A bank as a line of the menu."""

    key: str
    title: str
    items: int = 0
    due: int = 0
    seen: int = 0
    new_left: int = 0
    """How many items were never answered."""
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> int:
        """How many errors keep it off the menu."""
        return sum(finding.is_error for finding in self.findings)

    @property
    def is_usable(self) -> bool:
        """Whether it can be opened."""
        return not self.errors


class LeftSession(msgspec.Struct, frozen=True):
    """A session that was not finished."""

    header: SessionHeader
    title: str
    mode: str
    answered: int
    items: int


class HomeView(msgspec.Struct, frozen=True):
    """All banks, what is due, and what was left."""

    lines: tuple[BankRow, ...]
    due: int
    streak: int
    unfinished: LeftSession | None


class BankView(msgspec.Struct, frozen=True):
    """A bank and how well it is known."""

    title: str
    summary: str
    items: int
    topics: int
    notes: int
    sources: int
    due: int
    new_left: int
    known: float
    """The share of items, 0 to 1, that would be recalled now."""
    by_topic: tuple[tuple[str, float], ...] = ()
    exams: tuple[float, ...] = ()
    """Scores of the last exams, 0 to 1, oldest first."""
    leeches: int = 0


def home_view(workspace: Workspace) -> HomeView:
    """Return what the home screen says."""
    standings = workspace.record.standing(workspace.learner.id, workspace.day_end)
    cards = workspace.library.shelf()
    lines = [_line(card, standings.get(card.id)) if card.is_usable else _broken_line(card) for card in cards]
    days = workspace.record.days_active(workspace.learner.id)
    return HomeView(
        lines=tuple(lines),
        due=sum(line.due for line in lines),
        streak=streak(days, workspace.today),
        unfinished=_left(workspace, cards),
    )


def _line(bank: BankSummary, standing: BankProgress | None) -> BankRow:
    due, seen = (standing.due, standing.seen) if standing else (0, 0)
    return BankRow(
        key=bank.id,
        title=bank.title,
        items=bank.items,
        due=min(due, bank.items),
        seen=seen,
        new_left=max(0, bank.items - seen),
    )


def _broken_line(card: BankSummary) -> BankRow:
    return BankRow(key=card.id, title=card.title, findings=card.findings)


def _left(workspace: Workspace, cards: Sequence[BankSummary]) -> LeftSession | None:
    for left in workspace.record.unfinished(workspace.learner.id):
        header = left.header
        titles = {card.id: card.title for card in cards}
        first = header.banks[0] if header.banks else ""
        title = titles.get(first, first) if len(header.banks) == 1 else count(len(header.banks), "bank")
        answered = left.attempts
        if header.mode is Mode.EXAM:
            from quiz.services.exam.start import answered_in

            answered = answered_in(workspace, header)
        elif header.mode is Mode.DRILL:
            from quiz.services.drill.start import settled_in

            answered = settled_in(workspace.record, header)
        return LeftSession(header, title, header.mode.value, answered, len(header.items))
    return None


def bank_view(workspace: Workspace, bank_id: str) -> BankView:
    """Return a bank and how well its items are known."""
    contents = workspace.library.contents(bank_id)
    card = workspace.library.card(bank_id)
    now, day_end = workspace.clock.now(), workspace.day_end
    recorded = workspace.record.memories(workspace.learner.id, (bank_id,))
    memories = {item.ref: recorded[item.ref] for item in contents.items if item.ref in recorded}
    by_topic: dict[str, list[ItemRef]] = {topic: [] for topic in contents.topics}
    for item in contents.items:
        by_topic.setdefault(item.topic, []).append(item.ref)
    topics = [
        (
            title,
            known_share(
                [memories[ref] for ref in by_topic[topic] if ref in memories], len(by_topic[topic]), now
            ),
        )
        for topic, title in contents.topics.items()
    ]
    scores = workspace.record.last_scores(workspace.learner.id, bank_id, Mode.EXAM)
    return BankView(
        title=card.title,
        summary=card.summary,
        items=card.items,
        topics=card.topics,
        notes=card.notes,
        sources=card.sources,
        due=sum(memory.is_due(day_end) for memory in memories.values()),
        new_left=card.items - sum(not memory.is_new for memory in memories.values()),
        known=known_share(list(memories.values()), card.items, now),
        by_topic=tuple(topics),
        exams=tuple(scores),
        leeches=sum(memory.is_leech for memory in memories.values()),
    )
