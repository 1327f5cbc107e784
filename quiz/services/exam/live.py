"""An exam in progress. A response is recorded before anything else happens."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from quiz.clock import Clock
from quiz.core.content.grading import Confidence, Entered, Response
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.exam.clock import ClockReading, RunningClock, announcement
from quiz.core.exam.session import AnswerState, By, ExamSession
from quiz.core.session import InvalidTransition, ItemLookup, Phase
from quiz.record.interface import Record
from quiz.services.live_session import LiveSession

SETTLE_MS = 1500
"""Milliseconds without a keystroke after which a typed response is recorded."""


class LiveExam(LiveSession[ExamSession]):
    """An exam with its record and its clock.

    Every step checks the clock first: where time has run out, the exam is handed in with what was given in
    time. A response that could not be saved is saved with the next step.
    """

    def __init__(self, record: Record, clock: Clock, session: ExamSession) -> None:
        super().__init__(record, clock, session, session.at)
        self._running = RunningClock.begin(
            clock.now(), clock.passed(), session.at, clock.boot(), session.reading
        )
        self._left_ms = self.left_ms()
        self._given: Response | None = None
        """The response to the current item that is not recorded yet."""
        self._given_at = 0

    @classmethod
    def start(cls, record: Record, clock: Clock, header: SessionHeader, lookup: ItemLookup) -> LiveExam:
        """Start an exam, record its start and show its first item."""
        session = ExamSession.begin(header, lookup)
        shown = _with_reading(session.show(0, header.started), clock.passed(), clock.boot)
        record.start_with(header, [shown])
        return cls(record, clock, session.apply(shown))

    @classmethod
    def resume(cls, record: Record, clock: Clock, header: SessionHeader, lookup: ItemLookup) -> LiveExam:
        """Continue an exam where its record ends. It is handed in at once if its time ran out meanwhile."""
        live = cls(record, clock, ExamSession.begin(header, lookup, record.events(header.id)))
        at = live.now()
        if not live._is_over(at):
            live.append(live.session.resume(at, live._running.set_back_ms))
            live._close_used_up(at)
        return live

    def _time(self) -> int:
        self._running = self._running.went_on(self._clock.now(), self._clock.passed())
        return self._running.at

    def append(self, *events: Event, leading_to: ExamSession | None = None) -> None:
        """Save events with what both clocks show, all or none, and stand where they lead."""
        passed = self._clock.passed() - (0 if self._as_of is None else self._time() - self._as_of)
        super().append(
            *(_with_reading(event, passed, self._clock.boot) for event in events), leading_to=leading_to
        )

    def left_ms(self) -> int | None:
        """Return the milliseconds left for the whole exam; None without a limit."""
        return self.session.timing.left_ms(self.now())

    def item_left_ms(self) -> int | None:
        """Return the milliseconds left for the current item; None without a limit."""
        return self.session.timing.item_left_ms(self.session.ref, self.now())

    def tick(self) -> str:
        """Do what is due by the clock, and return what to announce, usually an empty text.

        Call this about once a second. It records a typed response that has not changed for a while, moves on
        from an item whose time is used up, and hands the exam in when its time is over.
        """
        if self.session.phase is Phase.FINISHED:
            return ""
        at = self.now()
        if self._is_over(at):
            return ""
        self._close_used_up(at)
        if self._given is not None and at - self._given_at >= SETTLE_MS:
            self.append(*self._keeping())
        limit, before = self.session.settings.limit_ms, self._left_ms
        self._left_ms = self.session.timing.left_ms(at)
        if limit is None or before is None or self._left_ms is None:
            return ""
        return announcement(limit, before, self._left_ms)

    def change(self, response: Response) -> None:
        """Take note of the response so far.

        It is recorded at once when it is complete, and when typing pauses, and in any case before the learner
        moves on.
        """
        at = self.now()
        if self._is_over(at) or self.session.is_closed(self.session.ref, at):
            return
        self._given, self._given_at = response, at
        if not isinstance(response, Entered) and self.session.interaction.is_complete(response):
            self.append(*self._keeping())

    def answer(self, response: Response, confidence: Confidence | None = None) -> bool:
        """Submit a response and go to the next item; return whether there was one.

        With feedback at once the item stays, and its verdict may be shown.
        """
        at = self.now()
        if self._is_over(at):
            return True
        event = self.session.answer(response, at, confidence)
        after = self.session if event is None else self.session.apply(event)
        going = [] if after.settings.is_at_once else self._going_on(after, at)
        self.append(*([] if event is None else [event]), *going)
        return bool(going) or after.settings.is_at_once

    def advance(self) -> bool:
        """Go to the next item; return whether there was one. An item left empty is marked as skipped."""
        at = self.now()
        if self._is_over(at):
            return True
        events = self._keeping()
        after = self._after(events)
        if after.phase is Phase.ANSWERING and after.answer_state(after.ref) is AnswerState.EMPTY:
            events.append(after.skip(at))
            after = after.apply(events[-1])
        going = self._going_on(after, at)
        self.append(*events, *going)
        return bool(going)

    def go_back(self) -> bool:
        """Go to the previous item; return whether there was one."""
        place = self.session.next_place(self.now(), by=-1)
        if place is not None:
            self.go_to(place)
        return place is not None

    def go_to(self, place: int) -> None:
        """Go to the item at a place, from 0."""
        at = self.now()
        if self._is_over(at) or place == self.session.place:
            return
        events = self._keeping()
        self.append(*events, self._after(events).show(place, at))

    def flag(self) -> None:
        """Flag the current item, or remove its flag."""
        at = self.now()
        if not self._is_over(at):
            events = self._keeping()
            self.append(*events, self._after(events).flag(at))

    def keep(self) -> None:
        """Record the response so far."""
        if not self._is_over(self.now()):
            self.append(*self._keeping())

    def hand_in(self) -> None:
        """Hand the exam in. All attempts and the end are recorded together."""
        at = self.now()
        if not self._is_over(at):
            events = self._keeping()
            self.append(*events, *self._after(events).hand_in(at))

    def leave(self) -> None:
        """Leave the exam to continue it later; its clock goes on."""
        at = self.now()
        if not self._is_over(at):
            events = self._keeping()
            self.append(*events, self._after(events).leave(at))

    def _is_over(self, at: int) -> bool:
        """Hand the exam in if its time has run out; return whether it is handed in."""
        if self.session.phase is Phase.FINISHED:
            return True
        ran_out_at = self.session.ran_out_at(at)
        if ran_out_at is None:
            return False
        events = self._keeping()
        after = self._after(events)
        self.append(*events, *after.hand_in(max(ran_out_at, after.at), By.CLOCK))
        return True

    def _close_used_up(self, at: int) -> None:
        """Move on from an item whose time is used up; with feedback at once, submit its response first."""
        session = self.session
        if session.phase is not Phase.ANSWERING or not session.timing.is_used_up(session.ref, at):
            return
        events = self._keeping()
        after = self._after(events)
        closing = after.close(at)
        if closing is not None:
            self.append(*events, closing)
            return
        place = after.next_place(at)
        if place is None:
            place = next(place for place in range(len(after.items)) if after.can_show(place, at))
        self.append(*events, after.show(place, at))

    def _keeping(self) -> list[Event]:
        """Return the event that records the response so far, if there is one to record."""
        if self._given is None or self.session.phase is not Phase.ANSWERING:
            return []
        try:
            event = self.session.draft(self._given, max(self._given_at, self.session.at))
        except InvalidTransition:
            return []
        return [] if event is None else [event]

    def _going_on(self, after: ExamSession, at: int) -> list[Event]:
        place = after.next_place(at)
        return [] if place is None else [after.show(place, at)]

    def _stand(self, session: ExamSession) -> None:
        self._given = None
        super()._stand(session)


def _with_reading(event: Event, passed: int, boot: Callable[[], str]) -> Event:
    """Return a note with what the clock shows that nobody can set; any other event as it is."""
    if event.kind is not EventKind.NOTE:
        return event
    return msgspec.structs.replace(event, body={**event.body, **ClockReading(event.at, passed, boot()).body})
