"""Study: one item after the other, each explained, what was missed coming back until it is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from quiz.core.content.grading import Confidence, Entered, Grade, Response, Verdict
from quiz.core.content.interaction import Interaction
from quiz.core.content.item import ItemRef
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.session import BankItem, InvalidTransition, ItemLookup, Phase, arrangement
from quiz.core.study.near_miss import REMARK, is_asked_again, near_miss_in

GIVEN = frozenset({EventKind.ATTEMPT, EventKind.SKIP, EventKind.DRAFT})
"""What can only be given to an item that is asked."""
UNDOABLE = frozenset(
    {
        EventKind.ATTEMPT,
        EventKind.SKIP,
        EventKind.SUSPEND,
        EventKind.BURY,
        EventKind.OVERRIDE,
        EventKind.RATE,
    }
)


class StudySettings(msgspec.Struct, frozen=True):
    """What a study session can be told."""

    criterion: int = 1
    """How often an item must be right before it leaves the session, 1 to 3."""
    gap: int = 4
    """How many other items come, if there are as many, before a missed one comes back."""
    minutes: int | None = None
    """After how many minutes of answering the session ends by itself."""
    confidence: bool = False
    """Whether the learner is asked how sure they are."""


@dataclass(frozen=True)
class StudySession:
    """Where a study session stands. Every step returns another one; none changes."""

    header: SessionHeader
    shelf: ItemLookup = field(repr=False)
    queue: tuple[ItemRef, ...]
    """What is still to be asked; the first is the current item."""
    phase: Phase = Phase.ANSWERING
    n: int = 0
    """The number of the last event."""
    log: tuple[Event, ...] = ()
    """The events that count, undone ones left out."""
    rights: Mapping[ItemRef, int] = field(default_factory=dict)
    flagged: frozenset[ItemRef] = frozenset()
    attempt: Event | None = None
    """The attempt that is being reviewed."""
    before: StudySession | None = field(default=None, repr=False)
    """Where the session stood before the last event."""

    @classmethod
    def begin(cls, header: SessionHeader, shelf: ItemLookup, events: Iterable[Event] = ()) -> StudySession:
        """Start a session, or rebuild it from what was recorded; items gone from their banks are left out."""
        queue = tuple(ref for ref in header.items if ref in shelf)
        session = cls(header, shelf, queue, Phase.ANSWERING if queue else Phase.FINISHED)
        for event in events:
            session = session.apply(event)
        return session

    @property
    def settings(self) -> StudySettings:
        """What the session was told."""
        return msgspec.convert(self.header.settings.get("study", {}), StudySettings)

    @property
    def placed(self) -> BankItem:
        """The item that is asked or reviewed. Raises InvalidTransition when the session is finished."""
        if self.phase is Phase.REVIEWING and self.attempt is not None and self.attempt.ref in self.shelf:
            return self.shelf[self.attempt.ref]
        if self.phase is Phase.FINISHED or not self.queue:
            raise InvalidTransition("The session is finished.")
        return self.shelf[self.queue[0]]

    @property
    def visit(self) -> int:
        """How often the current item was attempted in this session before."""
        ref = self.placed.ref
        times = sum(event.kind is EventKind.ATTEMPT and event.ref == ref for event in self.log)
        return times - (self.phase is Phase.REVIEWING)

    @property
    def interaction(self) -> Interaction:
        """The current item's interaction, with its options in this session's order."""
        placed = self.placed
        return arrangement(self.header.seed, placed.ref, self.visit, placed.item)

    @property
    def near_miss(self) -> Event | None:
        """The response to the current item that is to be said more exactly, if there is one."""
        return near_miss_in(self.log, self.placed.ref) if self.phase is Phase.ANSWERING else None

    @property
    def grade(self) -> Grade:
        """The grade of the attempt being reviewed. Raises InvalidTransition in any other phase."""
        if self.phase is not Phase.REVIEWING or self.attempt is None or self.attempt.response is None:
            raise InvalidTransition("No attempt is being reviewed.")
        placed = self.placed
        grade = placed.grade(self.attempt.response)
        if self.is_overridden:
            return msgspec.structs.replace(grade, score=1.0, notice="Counted as right: you said so.")
        return grade

    @property
    def is_overridden(self) -> bool:
        """Whether the learner said that the attempt being reviewed was right."""
        return self._about_attempt(EventKind.OVERRIDE) is not None

    @property
    def rating(self) -> int | None:
        """The rating given by hand to the attempt being reviewed, if any."""
        event = self._about_attempt(EventKind.RATE)
        return None if event is None else int(event.body["rating"])

    @property
    def attempts(self) -> tuple[Event, ...]:
        """The attempts that count, in their order."""
        return tuple(event for event in self.log if event.kind is EventKind.ATTEMPT)

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to undo."""
        return any(event.kind in UNDOABLE for event in self.log)

    @property
    def attempt_ref(self) -> ItemRef | None:
        """The item of the attempt being reviewed."""
        return None if self.attempt is None else self.attempt.ref

    @property
    def comes_back(self) -> bool:
        """Whether the item being reviewed comes back in this session."""
        return self.attempt is not None and self.attempt.ref in self.queue

    def submit(
        self, response: Response, *, at: int, duration_ms: int, confidence: Confidence | None = None
    ) -> Event:
        """Grade a response to the current item and return the attempt, or a draft where it is asked again.

        Raises:
            InvalidTransition: no item awaits a response."""
        self._require(Phase.ANSWERING)
        placed = self.placed
        grade = placed.grade(response)
        given: dict[str, Any] = {"duration_ms": max(0, duration_ms), "response": response}
        if is_asked_again(grade, self.log, placed.ref):
            return self._event(EventKind.DRAFT, at, **given, body={REMARK: grade.remark})
        return self._event(
            EventKind.ATTEMPT,
            at,
            **given,
            score=grade.score,
            verdict=grade.verdict,
            confidence=confidence,
        )

    def skip(self, at: int) -> Event:
        """Put the current item off: to the end, or out of the session the second time."""
        self._require(Phase.ANSWERING)
        return self._event(EventKind.SKIP, at, verdict=Verdict.SKIPPED)

    def suspend(self, at: int) -> Event:
        """Take the current item out until it is resumed by hand."""
        self._require(Phase.ANSWERING, Phase.REVIEWING)
        return self._event(EventKind.SUSPEND, at)

    def bury(self, at: int) -> Event:
        """Take the current item out until tomorrow."""
        self._require(Phase.ANSWERING, Phase.REVIEWING)
        return self._event(EventKind.BURY, at)

    def flag(self, at: int) -> Event:
        """Mark the current item to look at again, or take the mark away."""
        self._require(Phase.ANSWERING, Phase.REVIEWING)
        return self._event(EventKind.FLAG, at)

    def override(self, at: int) -> Event:
        """Say that the typed response being reviewed was right. Raises InvalidTransition a second time."""
        self._require(Phase.REVIEWING)
        if not self.can_override:
            raise InvalidTransition("There is nothing to overrule.")
        return self._event(EventKind.OVERRIDE, at, target=self._attempt_number)

    @property
    def can_override(self) -> bool:
        """Whether the response being reviewed was typed, refused, and not overruled yet."""
        attempt = self.attempt
        return (
            self.phase is Phase.REVIEWING
            and attempt is not None
            and isinstance(attempt.response, Entered)
            and (attempt.score or 0.0) < 1
            and not self.is_overridden
        )

    def rate(self, rating: int, at: int) -> Event:
        """Give the attempt being reviewed a rating of one's own, 1 to 4."""
        self._require(Phase.REVIEWING)
        if rating not in {1, 2, 3, 4}:
            raise ValueError(f"A rating is 1, 2, 3 or 4, not {rating}.")
        return self._event(EventKind.RATE, at, target=self._attempt_number, body={"rating": rating})

    def settle(self, elsewhere: Iterable[ItemRef], at: int) -> Event:
        """Leave out items that were answered in another window meanwhile."""
        return self._event(EventKind.NOTE, at, body={"elsewhere": [list(ref) for ref in elsewhere]})

    def end(self, at: int) -> Event:
        """Finish the session."""
        return self._event(EventKind.END, at)

    def undo(self, at: int) -> Event:
        """Take back the last thing done. Raises InvalidTransition where there is none."""
        for place in range(len(self.log) - 1, -1, -1):
            if self.log[place].kind in UNDOABLE:
                target, *also = (event.n for event in self.log[place:])
                return Event(n=self.n + 1, kind=EventKind.UNDO, at=at, target=target, body={"also": also})
        raise InvalidTransition("There is nothing to undo.")

    def advance(self) -> StudySession:
        """Go on from a reviewed attempt to the next item, or to the end if there is none or time is up."""
        self._require(Phase.REVIEWING)
        minutes = self.settings.minutes
        is_over = not self.queue or (minutes is not None and self.answering_ms >= minutes * 60_000)
        return replace(self, phase=Phase.FINISHED if is_over else Phase.ANSWERING, attempt=None)

    @property
    def answering_ms(self) -> int:
        """How long answering has taken so far."""
        return sum(event.duration_ms or 0 for event in self.attempts)

    def apply(self, event: Event) -> StudySession:
        """Return where the session stands after an event."""
        if event.kind is EventKind.UNDO:
            return replace(self._as_before(event.target or 0), n=event.n)
        if self._has_moved_on(event):
            return replace(self, phase=Phase.ANSWERING, attempt=None).apply(event)
        after = replace(self, n=event.n, log=(*self.log, event), before=self)
        match event.kind:
            case EventKind.ATTEMPT:
                return after._queued(event, is_pass=(event.score or 0.0) >= 1)
            case EventKind.OVERRIDE:
                return after._requeued(event, is_pass=True)
            case EventKind.RATE:
                return after._requeued(event, is_pass=int(event.body.get("rating", 3)) > 1)
            case EventKind.SKIP:
                was_skipped = any(e.kind is EventKind.SKIP and e.ref == event.ref for e in self.log)
                rest = self._without({event.ref})
                return after._answering((*rest, event.ref) if rest and not was_skipped else rest)
            case EventKind.SUSPEND | EventKind.BURY:
                return after._answering(self._without({event.ref}))
            case EventKind.FLAG:
                return replace(after, flagged=self.flagged ^ {event.ref})
            case EventKind.NOTE if "elsewhere" in event.body:
                gone = {ItemRef(*ref) for ref in event.body["elsewhere"]}
                return after._answering(self._without(gone))
            case EventKind.END:
                return replace(after, phase=Phase.FINISHED, attempt=None)
        return after

    def _has_moved_on(self, event: Event) -> bool:
        """Say whether an event tells that the attempt being reviewed was left: going on is no event."""
        if self.phase is not Phase.REVIEWING or self.attempt is None or not event.item:
            return False
        return (
            event.kind in {EventKind.ATTEMPT, EventKind.SKIP, EventKind.DRAFT}
            or event.ref != self.attempt.ref
        )

    def _queued(self, event: Event, *, is_pass: bool) -> StudySession:
        """Take the attempted item from the queue, and put it back further on if it is not known yet."""
        ref = event.ref
        if ref not in self.shelf:
            return self._answering(self.queue)
        rights = self.rights.get(ref, 0) + is_pass
        rest = self._without({ref})
        if rights < self.settings.criterion:
            place = min(self.settings.gap, len(rest))
            rest = (*rest[:place], ref, *rest[place:])
        return replace(
            self, queue=rest, phase=Phase.REVIEWING, attempt=event, rights={**self.rights, ref: rights}
        )

    def _requeued(self, event: Event, *, is_pass: bool) -> StudySession:
        """Queue the reviewed attempt's item again, as though it had passed or failed."""
        attempt = next((e for e in self.log if e.n == event.target), None)
        if attempt is None:
            return self
        earlier = self._as_before(attempt.n)
        base = replace(self, queue=earlier.queue, rights=earlier.rights)
        return base._queued(attempt, is_pass=is_pass)

    def _as_before(self, n: int) -> StudySession:
        """Return where the session stood before the event of that number."""
        state: StudySession = self
        while state.before is not None and state.log and state.log[-1].n >= n:
            state = state.before
        return state

    def _answering(self, queue: tuple[ItemRef, ...]) -> StudySession:
        return replace(self, queue=queue, phase=Phase.ANSWERING if queue else Phase.FINISHED, attempt=None)

    def _without(self, refs: set[ItemRef]) -> tuple[ItemRef, ...]:
        return tuple(ref for ref in self.queue if ref not in refs)

    def _about_attempt(self, kind: EventKind) -> Event | None:
        n = self.attempt.n if self.attempt is not None else None
        return next((e for e in reversed(self.log) if e.kind is kind and e.target == n), None)

    @property
    def _attempt_number(self) -> int | None:
        return None if self.attempt is None else self.attempt.n

    def _require(self, *phases: Phase) -> None:
        if self.phase not in phases:
            raise InvalidTransition(f"The session is {self.phase}.")

    def _event(self, kind: EventKind, at: int, **more: Any) -> Event:
        """Return the next event about the current item, or about the session where it is finished."""
        if kind in {EventKind.END, EventKind.NOTE}:
            return Event(n=self.n + 1, kind=kind, at=at, **more)
        placed = self.placed
        return Event(
            n=self.n + 1,
            kind=kind,
            at=at,
            bank=placed.bank.bank,
            item=placed.item.id,
            fingerprint=placed.item.fingerprint,
            **more,
        )
