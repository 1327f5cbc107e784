"""Study: one item after the other, each explained, with missed items asked again until they are right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from quiz.core.content.grading import Confidence, Response, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.effective import targets_of, undo
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.session import InvalidTransition, ItemLookup, Phase, confidence_meant
from quiz.core.study.clarification import REMARK, needs_clarification
from quiz.core.study.state import MOST_RETURNS, UNDOABLE, StudyState, flagged_after, is_by_itself


@dataclass(frozen=True)
class StudySession(StudyState):
    """A study session. Steps return a new session."""

    @classmethod
    def begin(
        cls,
        header: SessionHeader,
        lookup: ItemLookup,
        events: Iterable[Event] = (),
        flagged: frozenset[ItemRef] = frozenset(),
    ) -> StudySession:
        """Start a session, or rebuild it from its events. Items gone from their banks are left out.

        `flagged` are the items that were flagged before it.
        """
        queue = lookup.held(header.items)
        phase = Phase.ANSWERING if queue else Phase.FINISHED
        session = cls(header, lookup, queue, phase, flagged=flagged)
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
        """Grade a response to the current item; return the attempt and the session after it.

        A response that is neither right nor wrong becomes a draft, once, and is asked for again. `body` is
        added to the attempt's.

        Raises:
            InvalidTransition: no item awaits a response.
        """
        self._require(Phase.ANSWERING)
        bank_item = self.current
        grade = bank_item.grade(response)
        given: dict[str, Any] = {"duration_ms": max(0, duration_ms), "response": response}
        if needs_clarification(grade, self.log, bank_item.ref):
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
        """Put the current item off: to the end, or the second time out of the session."""
        self._require(Phase.ANSWERING)
        return self._event(EventKind.SKIP, at, verdict=Verdict.SKIPPED)

    def suspend(self, at: int) -> Event:
        """Suspend the current item until it is resumed."""
        self._require(Phase.ANSWERING, Phase.REVIEWING)
        return self._event(EventKind.SUSPEND, at)

    def bury(self, at: int) -> Event:
        """Bury the current item until tomorrow."""
        self._require(Phase.ANSWERING, Phase.REVIEWING)
        return self._event(EventKind.BURY, at)

    def flag(self, at: int) -> Event:
        """Flag the current item, or remove its flag."""
        self._require(Phase.ANSWERING, Phase.REVIEWING)
        return self._event(EventKind.FLAG, at, body={"flagged": self.current.ref not in self.flagged})

    def override(self, at: int) -> Event:
        """Count the typed response being reviewed as right. Raises InvalidTransition a second time."""
        self._require(Phase.REVIEWING)
        if not self.can_override:
            raise InvalidTransition("There is nothing to override.")
        return self._event(EventKind.OVERRIDE, at, target=self._attempt_number)

    def rate(self, rating: int, at: int) -> Event:
        """Give the attempt being reviewed a rating, 1 to 4."""
        self._require(Phase.REVIEWING)
        if rating not in {1, 2, 3, 4}:
            raise ValueError(f"A rating is 1, 2, 3 or 4, not {rating}.")
        return self._event(EventKind.RATE, at, target=self._attempt_number, body={"rating": rating})

    def settle(self, elsewhere: Iterable[ItemRef], at: int) -> Event:
        """Leave out items that were answered in another window meanwhile."""
        return self._event(EventKind.NOTE, at, body={"elsewhere": [list(ref) for ref in elsewhere]})

    def add(self, items: Iterable[ItemRef], at: int) -> Event:
        """Add items after the present ones."""
        return self._event(EventKind.NOTE, at, body={"added": [list(ref) for ref in items]})

    def end(self, at: int) -> Event:
        """Finish the session."""
        return self._event(EventKind.END, at)

    def undo(self, at: int) -> Event:
        """Undo the last step. Raises InvalidTransition where there is none."""
        for place in range(len(self.log) - 1, -1, -1):
            if self.log[place].kind in UNDOABLE and not is_by_itself(self.log[place]):
                return undo(self.n + 1, at, self.log[place:])
        raise InvalidTransition("There is nothing to undo.")

    def advance(self, at: int | None = None) -> StudySession:
        """Go from a reviewed attempt to the next item, or to the end if there is none or the time is up.

        If the time is given, an item answered just now gives way to others; if there are none and it was
        missed before as well, the session ends and the item waits for its schedule.
        """
        self._require(Phase.REVIEWING)
        minutes = self.settings.minutes
        is_over = not self.queue or (minutes is not None and self.answering_ms >= minutes * 60_000)
        is_over = is_over or (at is not None and self.needs_rest(at))
        phase = Phase.FINISHED if is_over else Phase.ANSWERING
        return replace(self, queue=self.rested_first(at), phase=phase, attempt=None)

    def asking(self, ref: ItemRef) -> StudySession:
        """Return the session with an item asked next, if it is still to be asked, and the others after it."""
        queue = (ref, *self._without({ref})) if ref in self.queue else self.queue
        return replace(self, queue=queue, phase=Phase.ANSWERING, attempt=None)

    def give_up(self, ref: ItemRef, at: int) -> Event:
        """Bury an item until tomorrow that came back as often as it may today."""
        return Event(
            n=self.n + 1, kind=EventKind.BURY, at=at, bank=ref.bank, item=ref.item, body={"by_itself": True}
        )

    def apply(self, event: Event) -> StudySession:
        """Return the session after an event."""
        if event.kind is EventKind.UNDO:
            return self._undone(event)
        if self._has_moved_on(event):
            return self.asking(event.ref).apply(event)
        if event.kind is EventKind.NOTE and self.phase is Phase.REVIEWING:  # it is written in going on
            return self.advance(event.at).apply(event)
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

    def _undone(self, undo: Event) -> StudySession:
        """Return the session without the events that an undo takes back."""
        gone = targets_of(undo)
        first = min(gone, default=undo.n)
        session = self._as_before(first)
        for event in self.log:
            if event.n > first and event.n not in gone:
                session = session.apply(event)
        return replace(session, n=undo.n)

    def _noted(self, note: Event) -> StudySession:
        """Return the session after items were left out or added."""
        if "elsewhere" in note.body:
            return self._answering(self._without({ItemRef(*ref) for ref in note.body["elsewhere"]}))
        more = [ref for ref in self.added_by((note,)) if ref in self.lookup and ref not in self.queue]
        return self._answering((*self.queue, *dict.fromkeys(more))) if more else self

    def _has_moved_on(self, event: Event) -> bool:
        """Return whether an event shows that the learner went on to its item: going on is not an event."""
        if self.phase is not Phase.REVIEWING or self.attempt is None or not event.item:
            return False
        return (
            event.kind in {EventKind.ATTEMPT, EventKind.SKIP, EventKind.DRAFT}
            or event.ref != self.attempt.ref
        )

    def _queued(self, event: Event, *, is_pass: bool) -> StudySession:
        """Remove the attempted item from the queue, and insert it again further on if it is not known yet.

        An item that came back as often as it may on one day waits for tomorrow.
        """
        ref = event.ref
        if ref not in self.lookup:
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
        """Queue the reviewed attempt's item again, as if it had passed or failed."""
        attempt = next((e for e in self.log if e.n == event.target), None)
        if attempt is None:
            return self
        earlier = self._as_before(attempt.n)
        base = replace(self, queue=earlier.queue, rights=earlier.rights)
        return base._queued(attempt, is_pass=is_pass)

    def _as_before(self, n: int) -> StudySession:
        """Return the session before the event of that number."""
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
        bank_item = self.current
        return Event(
            n=self.n + 1,
            kind=kind,
            at=at,
            bank=bank_item.bank.bank,
            item=bank_item.item.id,
            fingerprint=bank_item.item.fingerprint,
            **more,
        )
