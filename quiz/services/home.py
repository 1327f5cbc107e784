"""What the home screen says of the banks and the record, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from quiz.banks.library import Card
from quiz.core.content.diagnostics import Finding
from quiz.core.content.item import ItemRef
from quiz.core.events.model import Mode
from quiz.core.scheduling.fsrs_schedule import known_share
from quiz.core.statistics.streak import streak
from quiz.core.text.phrases import count
from quiz.record.read_models import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.core.events.model import Opening
    from quiz.services.workspace import Workspace


class BankLine(msgspec.Struct, frozen=True):
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

    opening: Opening
    title: str
    mode: str
    answered: int
    items: int


class ShelfView(msgspec.Struct, frozen=True):
    """All banks, what is due, and what was left."""

    lines: tuple[BankLine, ...]
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
    tests: tuple[float, ...] = ()
    """Scores of the last tests, 0 to 1, oldest first."""
    leeches: int = 0


def shelf_view(workspace: Workspace) -> ShelfView:
    """Return what the home screen says."""
    standings = workspace.history.standing(workspace.learner.id, workspace.day_end)
    cards = workspace.library.shelf()
    lines = [_line(card, standings.get(card.id)) if card.is_usable else _broken_line(card) for card in cards]
    days = workspace.history.days_active(workspace.learner.id)
    return ShelfView(
        lines=tuple(lines),
        due=sum(line.due for line in lines),
        streak=streak(days, workspace.today),
        unfinished=_left(workspace, cards),
    )


def _line(bank: Card, standing: Standing | None) -> BankLine:
    due, seen = (standing.due, standing.seen) if standing else (0, 0)
    return BankLine(
        key=bank.id,
        title=bank.title,
        items=bank.items,
        due=min(due, bank.items),
        seen=seen,
        new_left=max(0, bank.items - seen),
    )


def _broken_line(card: Card) -> BankLine:
    return BankLine(key=card.id, title=card.title, findings=card.findings)


def _left(workspace: Workspace, cards: Sequence[Card]) -> LeftSession | None:
    for left in workspace.history.unfinished(workspace.learner.id):
        opening = left.opening
        titles = {card.id: card.title for card in cards}
        first = opening.banks[0] if opening.banks else ""
        title = titles.get(first, first) if len(opening.banks) == 1 else count(len(opening.banks), "bank")
        answered = left.attempts
        if opening.mode is Mode.TEST:
            from quiz.services.exam.start import answered_in

            answered = answered_in(workspace, opening)
        elif opening.mode is Mode.DRILL:
            from quiz.services.drill.start import settled_in

            answered = settled_in(workspace.history, opening)
        return LeftSession(opening, title, opening.mode.value, answered, len(opening.items))
    return None


def bank_view(workspace: Workspace, bank_id: str) -> BankView:
    """Return a bank and how well its items are known."""
    contents = workspace.library.contents(bank_id)
    card = workspace.library.card(bank_id)
    now, day_end = workspace.clock.now(), workspace.day_end
    recorded = workspace.history.memories(workspace.learner.id, (bank_id,))
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
    scores = workspace.history.last_scores(workspace.learner.id, bank_id, Mode.TEST)
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
        tests=tuple(scores),
        leeches=sum(memory.is_leech for memory in memories.values()),
    )
