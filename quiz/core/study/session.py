"""Study: one item after the other, each explained, what was missed coming back until it is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from quiz.core.content.grading import Confidence, Response, Verdict
from quiz.core.content.item import ItemRef
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.session import InvalidTransition, ItemLookup, Phase, confidence_meant
from quiz.core.study.near_miss import REMARK, is_asked_again
from quiz.core.study.state import MOST_RETURNS, UNDOABLE, StudyState, flagged_after, is_by_itself


@dataclass(frozen=True)
class StudySession(StudyState):
    """A study session. Every step returns another one; none changes."""

    @classmethod
    def begin(
        cls,
        header: SessionHeader,
        shelf: ItemLookup,
        events: Iterable[Event] = (),
        flagged: frozenset[ItemRef] = frozenset(),
    ) -> StudySession:
        """Start a session, or rebuild it from what was recorded; items gone from their banks are left out.

        `flagged` are the items that were marked before it.
        """
        queue = tuple(ref for ref in header.items if ref in shelf)
        session = cls(header, shelf, queue, Phase.ANSWERING if queue else Phase.FINISHED, flagged=flagged)
        for event in events:
            session = session.apply(event)
        return session

    def submit(
        self, response: Response, *, at: int, duration_ms: int, confidence: Confidence | None = None
    ) -> Event:
        """Grade a response to the current item and return the attempt. Raises InvalidTransition."""
        return self.answered(response, at=at, duration_ms=duration_ms, confidence=confidence)[0]

    def answered(
        self,
        response: Response,
        *,
        at: int,
        duration_ms: int,
        confidence: Confidence | None = None,
        **body: Any,
    ) -> tuple[Event, StudySession]:
        """Grade a response to the current item; return the attempt and where it leads.

        What is neither right nor wrong is asked for again, once: then it is a draft that is returned.

        `body` is what else is recorded of it.

        Raises:
            InvalidTransition: no item awaits a response."""
        self._require(Phase.ANSWERING)
        placed = self.placed
        grade = placed.grade(response)
        given: dict[str, Any] = {"duration_ms": max(0, duration_ms), "response": response}
        if is_asked_again(grade, self.log, placed.ref):
            draft = self._event(EventKind.DRAFT, at, **given, body={REMARK: grade.remark})
            return draft, self.apply(draft)
        event = self._event(
            EventKind.ATTEMPT,
            at,
            **given,
            score=grade.score,
            verdict=grade.verdict,
            confidence=confidence_meant(confidence, is_asked=self.asks_confidence),
            body=body,
        )
        return event, replace(self.apply(event), graded=grade)

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
        return self._event(EventKind.FLAG, at, body={"flagged": self.placed.ref not in self.flagged})

    def override(self, at: int) -> Event:
        """Say that the typed response being reviewed was right. Raises InvalidTransition a second time."""
        self._require(Phase.REVIEWING)
        if not self.can_override:
            raise InvalidTransition("There is nothing to overrule.")
        return self._event(EventKind.OVERRIDE, at, target=self._attempt_number)

    def rate(self, rating: int, at: int) -> Event:
        """Give the attempt being reviewed a rating of one's own, 1 to 4."""
        self._require(Phase.REVIEWING)
        if rating not in {1, 2, 3, 4}:
            raise ValueError(f"A rating is 1, 2, 3 or 4, not {rating}.")
        return self._event(EventKind.RATE, at, target=self._attempt_number, body={"rating": rating})

    def settle(self, elsewhere: Iterable[ItemRef], at: int) -> Event:
        """Leave out items that were answered in another window meanwhile."""
        return self._event(EventKind.NOTE, at, body={"elsewhere": [list(ref) for ref in elsewhere]})

    def add(self, items: Iterable[ItemRef], at: int) -> Event:
        """Ask more items, after all that are still to be asked."""
        return self._event(EventKind.NOTE, at, body={"added": [list(ref) for ref in items]})

    def end(self, at: int) -> Event:
        """Finish the session."""
        return self._event(EventKind.END, at)

    def undo(self, at: int) -> Event:
        """Take back the last thing done. Raises InvalidTransition where there is none."""
        for place in range(len(self.log) - 1, -1, -1):
            if self.log[place].kind in UNDOABLE and not is_by_itself(self.log[place]):
                target, *also = (event.n for event in self.log[place:])
                return Event(n=self.n + 1, kind=EventKind.UNDO, at=at, target=target, body={"also": also})
        raise InvalidTransition("There is nothing to undo.")

    def advance(self, at: int | None = None) -> StudySession:
        """Go on from a reviewed attempt to the next item, or to the end if there is none or time is up.

        At a known time, an item that was answered only just now gives way to those that were not; where there
        are no others and it was missed before as well, the session ends and it waits for its schedule.
        """
        self._require(Phase.REVIEWING)
        minutes = self.settings.minutes
        is_over = not self.queue or (minutes is not None and self.answering_ms >= minutes * 60_000)
        is_over = is_over or (at is not None and self.needs_rest(at))
        phase = Phase.FINISHED if is_over else Phase.ANSWERING
        return replace(self, queue=self.rested_first(at), phase=phase, attempt=None)

    def give_up(self, ref: ItemRef, at: int) -> Event:
        """Take an item out until tomorrow that came back as often as it may today."""
        return Event(
            n=self.n + 1, kind=EventKind.BURY, at=at, bank=ref.bank, item=ref.item, body={"by_itself": True}
        )

    def apply(self, event: Event) -> StudySession:
        """Return where the session stands after an event."""
        if event.kind is EventKind.UNDO:
            return replace(self._as_before(event.target or 0), n=event.n)
        if self._has_moved_on(event):
            return replace(self, phase=Phase.ANSWERING, attempt=None).apply(event)
        after = replace(self, n=event.n, log=(*self.log, event), before=self)
        match event.kind:
            case EventKind.ATTEMPT:
                return replace(after, graded=None)._queued(event, is_pass=(event.score or 0.0) >= 1)
            case EventKind.OVERRIDE:
                return after._requeued(event, is_pass=True)
            case EventKind.RATE:
                return after._requeued(event, is_pass=int(event.body.get("rating", 3)) > 1)
            case EventKind.SKIP:
                was_skipped = any(e.kind is EventKind.SKIP and e.ref == event.ref for e in self.log)
                rest = self._without({event.ref})
                return after._answering((*rest, event.ref) if rest and not was_skipped else rest)
            case EventKind.SUSPEND | EventKind.BURY:
                return after if is_by_itself(event) else after._answering(self._without({event.ref}))
            case EventKind.FLAG:
                return replace(after, flagged=flagged_after(self.flagged, event))
            case EventKind.NOTE:
                return after._noted(event)
            case EventKind.END:
                return replace(after, phase=Phase.FINISHED, attempt=None)
        return after

    def _noted(self, note: Event) -> StudySession:
        """Return the session after items were left out of it, or added to it."""
        if "elsewhere" in note.body:
            return self._answering(self._without({ItemRef(*ref) for ref in note.body["elsewhere"]}))
        more = [ref for ref in self.added_by((note,)) if ref in self.shelf and ref not in self.queue]
        return self._answering((*self.queue, *dict.fromkeys(more))) if more else self

    def _has_moved_on(self, event: Event) -> bool:
        """Say whether an event tells that the attempt being reviewed was left: going on is no event."""
        if self.phase is not Phase.REVIEWING or self.attempt is None or not event.item:
            return False
        return (
            event.kind in {EventKind.ATTEMPT, EventKind.SKIP, EventKind.DRAFT}
            or event.ref != self.attempt.ref
        )

    def _queued(self, event: Event, *, is_pass: bool) -> StudySession:
        """Take the attempted item from the queue, and put it back further on if it is not known yet.

        Once it came back as often as it may on a day, it waits for tomorrow.
        """
        ref = event.ref
        if ref not in self.shelf:
            return self._answering(self.queue)
        rights = self.rights.get(ref, 0) + is_pass
        rest = self._without({ref})
        has_returned_enough = self.attempts_today(ref) > MOST_RETURNS
        if rights < self.settings.criterion and not has_returned_enough:
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
