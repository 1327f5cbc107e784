"""The result of a study session as plain values, for the end screen and for reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import isclose

import msgspec

from quiz.core.content.grading import Confidence, Grade, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.effective import overridden
from quiz.core.events.model import Event
from quiz.core.scheduling.fsrs_schedule import Memory
from quiz.core.session import BankItem
from quiz.core.study.session import StudySession
from quiz.core.text.phrases import clock, count


class WorthAnother(msgspec.Struct, frozen=True):
    """An item to look at once more, and why."""

    ref: ItemRef
    stem: str
    key: str
    rationale: str
    verdict: Verdict | None
    """The verdict on its first attempt that was not right; None if it was only flagged."""
    missed: str
    """What was wrong with the attempt: how many parts were right, and what the others should have been.

    Empty if the whole key says it.
    """
    misses: int
    was_sure: bool
    """Whether the learner was sure of a wrong answer."""
    is_flagged: bool
    is_leech: bool


class StudyResult(msgspec.Struct, frozen=True):
    """A study session's figures."""

    asked: int
    """How many different items were answered."""
    right_at_once: int
    """How many of them were right at the first attempt."""
    right_later: int
    """How many were right at a later attempt."""
    attempts: int
    learnt: tuple[ItemRef, ...]
    """Items that were new and left the session known."""
    duration_ms: int
    worth: tuple[WorthAnother, ...]
    """Those that the learner was sure of and got wrong first, then by misses."""
    overrides: int
    sure: int
    sure_and_right: int
    right_stems: tuple[str, ...]
    """What was asked by those that were right at the first attempt, in the order of the session."""

    @property
    def score(self) -> float:
        """The share that was right at the first attempt, 0 to 1."""
        return self.right_at_once / self.asked if self.asked else 0.0

    @property
    def not_right_yet(self) -> int:
        """How many items were never right."""
        return self.asked - self.right_at_once - self.right_later

    @property
    def in_words(self) -> str:
        """Say what became of the questions that were answered, after how many of them there are."""
        if not self.asked:
            return "Nothing was answered"
        told = [f"{self.right_later} after another go"] if self.right_later else []
        told += [f"{self.not_right_yet} not yet"] if self.not_right_yet else []
        return ", ".join(["right the first time", *told])

    @property
    def work_in_words(self) -> str:
        """Say how many new questions were learned, and how many answers that took in what time."""
        told = [f"{len(self.learnt)} new learned"] if self.learnt else []
        told.append(f"{count(self.attempts, 'answer')} in {clock(self.duration_ms)}")
        return " · ".join(told)

    @property
    def missed(self) -> tuple[ItemRef, ...]:
        """The items that were not right at some attempt."""
        return tuple(item.ref for item in self.worth if item.misses)


def study_result(session: StudySession, memories: Mapping[ItemRef, Memory]) -> StudyResult:
    """Return the result of a session; `memories` are the present memories of its items."""
    counted_right = overridden(session.log)
    attempts = [event for event in session.attempts if event.ref in session.lookup]
    first: dict[ItemRef, Event] = {}
    for event in attempts:
        first.setdefault(event.ref, event)

    def is_right(event: Event) -> bool:
        return event.verdict is Verdict.CORRECT or event.n in counted_right

    right = {event.ref for event in attempts if is_right(event)}
    right_at_once = sum(is_right(event) for event in first.values())
    given = Counter(event.ref for event in attempts)
    sure = [event for event in attempts if event.confidence is Confidence.SURE]
    return StudyResult(
        asked=len(first),
        right_at_once=right_at_once,
        right_later=len(right) - right_at_once,
        attempts=len(attempts),
        learnt=tuple(
            ref
            for ref in first
            if (memory := memories.get(ref)) is not None
            and memory.reviews == 1
            and memory.attempts <= given[ref]
            and ref not in session.queue
            and ref in right
        ),
        duration_ms=session.answering_ms,
        worth=_worth(session, attempts, memories, is_right),
        overrides=len(counted_right),
        sure=len(sure),
        sure_and_right=sum(is_right(event) for event in sure),
        right_stems=tuple(
            session.lookup[ref].item.headline for ref, event in first.items() if is_right(event)
        ),
    )


def _worth(
    session: StudySession,
    attempts: Sequence[Event],
    memories: Mapping[ItemRef, Memory],
    is_right: Callable[[Event], bool],
) -> tuple[WorthAnother, ...]:
    """Return the items that were missed or flagged, those with a sure wrong answer first."""
    missed = [event for event in attempts if not is_right(event)]
    misses = Counter(event.ref for event in missed)
    first = {event.ref: event for event in reversed(missed)}
    sure = {event.ref for event in missed if event.confidence is Confidence.SURE}
    listed = [ref for ref in session.items if ref in misses or ref in session.flagged]
    found = []
    for ref in listed:
        if ref not in session.lookup:
            continue
        bank_item = session.lookup[ref]
        memory, miss = memories.get(ref), first.get(ref)
        found.append(
            WorthAnother(
                ref,
                bank_item.item.headline,
                bank_item.item.key_text(),
                bank_item.item.rationale,
                (miss.verdict or Verdict.SKIPPED) if miss else None,
                _missed_parts(bank_item, miss) if miss else "",
                misses[ref],
                was_sure=ref in sure,
                is_flagged=ref in session.flagged,
                is_leech=memory is not None and memory.is_leech,
            )
        )
    return tuple(sorted(found, key=lambda item: (not item.was_sure, -item.misses)))


def _missed_parts(bank_item: BankItem, miss: Event) -> str:
    """Say how many labelled parts of a response were right, and what the others should have been.

    Nothing is said where the parts do not make up the score, such as the places of an order.
    """
    grade = bank_item.grade(miss.response) if miss.response is not None else Grade(0.0)
    parts, right = grade.parts, sum(part.is_right for part in grade.parts)
    if len(parts) < 2 or not all(part.label and part.expected for part in parts):
        return ""
    if not isclose(grade.score, right / len(parts)):
        return ""
    due = ", ".join(f"{part.label}: {part.expected}" for part in parts if not part.is_right)
    return f"{right} of {len(parts)} right; {due}" if right and due else ""
