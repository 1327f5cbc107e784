"""Exams: responses may be changed until all are handed in, and no verdict is shown before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec

from quiz.core.content.grading import Confidence, Grade, Response, Verdict, is_empty
from quiz.core.content.interaction import Interaction
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.exam.clock import ClockReading
from quiz.core.exam.settings import ExamSettings, exam_settings
from quiz.core.exam.timing import Timing
from quiz.core.session import BankItem, InvalidTransition, ItemLookup, Phase, arrangement, confidence_meant


class By(StrEnum):
    """Who handed the exam in."""

    LEARNER = "learner"
    CLOCK = "clock"


class AnswerState(StrEnum):
    """How complete the response to an item is."""

    EMPTY = "empty"
    BEGUN = "begun"
    """Something was given, but not all that the item asks for."""
    ANSWERED = "answered"


@dataclass(frozen=True)
class ExamSession:
    """An exam. Steps return a new exam."""

    header: SessionHeader
    lookup: ItemLookup = field(repr=False)
    items: tuple[ItemRef, ...]
    """The form, without items that are gone from their banks."""
    timing: Timing
    n: int = 0
    """The number of the last event."""
    at: int = 0
    """The time of the last event, in milliseconds since 1970 UTC."""
    place: int = 0
    """The place of the current item, from 0."""
    drafts: Mapping[ItemRef, Event] = field(default_factory=dict)
    """The last response to each item."""
    attempts: Mapping[ItemRef, Event] = field(default_factory=dict)
    """The responses handed in."""
    flagged: frozenset[ItemRef] = frozenset()
    ended: Event | None = None
    reading: ClockReading | None = None
    """The last recorded reading of the clock that is never set."""
    set_back_ms: int = 0
    """By how much the wall clock was set back while the exam was left, at most."""

    @classmethod
    def begin(cls, header: SessionHeader, lookup: ItemLookup, events: Iterable[Event] = ()) -> ExamSession:
        """Start an exam, or rebuild it from its events."""
        items = lookup.held(header.items)
        settings = exam_settings(header)
        timing = Timing(header.started, settings.limit_ms, settings.item_limit_ms)
        session = cls(header, lookup, items, timing, at=header.started)
        for event in events:
            session = session.apply(event)
        return session

    @cached_property
    def settings(self) -> ExamSettings:
        """The settings that the exam was started with."""
        return exam_settings(self.header)

    @property
    def phase(self) -> Phase:
        """Answering, reviewing the verdict on a submitted item, or finished."""
        if self.ended is not None or not self.items:
            return Phase.FINISHED
        return Phase.REVIEWING if self.ref in self.attempts else Phase.ANSWERING

    @property
    def ref(self) -> ItemRef:
        """The current item. Raises InvalidTransition where none is left."""
        if not self.items:
            raise InvalidTransition("No item of this exam is left.")
        return self.items[self.place]

    @property
    def current(self) -> BankItem:
        """The current item in its bank."""
        return self.lookup[self.ref]

    @property
    def interaction(self) -> Interaction:
        """The current item's interaction, with its options in the form's order."""
        return arrangement(self.header.seed, self.ref, 0, self.current.item)

    @property
    def grade(self) -> Grade:
        """The grade of the current item. Raises InvalidTransition if its verdict may not be shown yet."""
        if self.phase is not Phase.REVIEWING:
            raise InvalidTransition("Verdicts are shown when the exam is handed in.")
        return self._graded(self.ref, self.attempts[self.ref].response)

    def response(self, ref: ItemRef) -> Response | None:
        """Return the last response to an item, if there is any."""
        held = self.attempts.get(ref) or self.drafts.get(ref)
        return held.response if held is not None else None

    def answer_state(self, ref: ItemRef) -> AnswerState:
        """Return how complete the response to an item is."""
        response = self.response(ref)
        if response is None or is_empty(response):
            return AnswerState.EMPTY
        is_complete = self.lookup[ref].item.interaction().is_complete(response)
        return AnswerState.ANSWERED if is_complete else AnswerState.BEGUN

    def places(self, standing: AnswerState) -> tuple[int, ...]:
        """Return the places, from 0, of the items in a state."""
        return tuple(place for place, ref in enumerate(self.items) if self.answer_state(ref) is standing)

    @property
    def is_all_submitted(self) -> bool:
        """Whether handing in would change nothing."""
        return all(ref in self.attempts for ref in self.items)

    def is_closed(self, ref: ItemRef, at: int) -> bool:
        """Return whether the response to an item can no longer be changed."""
        return self.ended is not None or ref in self.attempts or self.timing.is_used_up(ref, at)

    def can_show(self, place: int, at: int) -> bool:
        """Return whether the item at a place can be shown: unless its time is used up."""
        ref = self.items[place]
        return ref in self.attempts or not self.is_closed(ref, at)

    def next_place(self, at: int, by: int = 1) -> int | None:
        """Return the place of the next or previous item that can be shown, or None at the end."""
        place = self.place + by
        while 0 <= place < len(self.items):
            if self.can_show(place, at):
                return place
            place += by
        return None

    def ran_out_at(self, at: int) -> int | None:
        """Return when the time ran out, if it has by `at`: for the whole exam, or for the last open item."""
        deadline = self.timing.deadline
        if deadline is not None and at >= deadline:
            return deadline
        if (
            self.settings.is_at_once
            or not self.items
            or not all(self.is_closed(ref, at) for ref in self.items)
        ):
            return None
        used_up_at = self.timing.used_up_at(self.ref)
        return at if used_up_at is None else min(at, used_up_at)

    # Commands. Each returns the event to be recorded.

    def show(self, place: int, at: int) -> Event:
        """Show the item at a place. Raises InvalidTransition if its time is used up."""
        if self.phase is Phase.FINISHED or not 0 <= place < len(self.items):
            raise InvalidTransition("There is no such item to go to.")
        if not self.can_show(place, at):
            raise InvalidTransition("The time for this item is used up.")
        return self._about(self.items[place], EventKind.NOTE, at, body={"shown": True})

    def draft(self, response: Response, at: int, confidence: Confidence | None = None) -> Event | None:
        """Record a response to the current item; returns None if it is unchanged.

        A stated confidence remains valid as long as the response is the same.
        """
        self._require_open(at)
        held = self.drafts.get(self.ref)
        if held is None:
            says_nothing = is_empty(response)
        else:
            says_nothing = held.response == response and confidence in {None, held.confidence}
        if says_nothing:
            return None
        return self._about(self.ref, EventKind.DRAFT, at, response=response, confidence=confidence)

    def answer(self, response: Response, at: int, confidence: Confidence | None = None) -> Event | None:
        """Submit a response: as a draft, or as an attempt with feedback at once. Returns None if it is
        unchanged.

        Where confidence is asked and not given, it is what was said of the same response before, else fairly
        sure.
        """
        meant = self._meant(response, confidence)
        if not self.settings.is_at_once:
            return self.draft(response, at, meant)
        self._require_open(at)
        return self._attempt(self.ref, at, response, meant)

    def close(self, at: int) -> Event | None:
        """Submit the response to an item whose time is used up; None unless feedback is at once."""
        if not self.settings.is_at_once or self.phase is not Phase.ANSWERING:
            return None
        return self._attempt_of_draft(self.ref, at)

    def skip(self, at: int) -> Event:
        """Leave the current item unanswered."""
        self._require_open(at)
        return self._about(self.ref, EventKind.SKIP, at)

    def flag(self, at: int) -> Event:
        """Flag the current item to look at again, or remove its flag."""
        if self.phase is Phase.FINISHED:
            raise InvalidTransition("The exam is handed in.")
        return self._about(self.ref, EventKind.FLAG, at)

    def leave(self, at: int) -> Event:
        """Leave the exam. Its time goes on."""
        return Event(n=self.n + 1, kind=EventKind.NOTE, at=at, body={"left": True})

    def resume(self, at: int, set_back_ms: int = 0) -> Event:
        """Take up the exam again; `set_back_ms` is by how much the wall clock was set back meanwhile."""
        said = {"set_back_ms": set_back_ms} if set_back_ms else {}
        return Event(n=self.n + 1, kind=EventKind.NOTE, at=at, body={"resumed": True, **said})

    def hand_in(self, at: int, by: By = By.LEARNER) -> tuple[Event, ...]:
        """Hand in all responses: an attempt for every item that has none yet, then the end.

        Items without a response are skipped and score 0. Raises InvalidTransition a second time.
        """
        if self.ended is not None:
            raise InvalidTransition("The exam is handed in.")
        attempts = [self._attempt_of_draft(ref, at) for ref in self.items if ref not in self.attempts]
        end = Event(n=self.n + 1, kind=EventKind.END, at=at, body={"by": by.value})
        return tuple(
            msgspec.structs.replace(event, n=self.n + place)
            for place, event in enumerate((*attempts, end), 1)
        )

    def apply(self, event: Event) -> ExamSession:
        """Return the exam after an event."""
        after = replace(self, n=event.n, at=max(self.at, event.at))
        match event.kind:
            case EventKind.DRAFT:
                return replace(after, drafts={**self.drafts, event.ref: event})
            case EventKind.ATTEMPT:
                attempts = {**self.attempts, event.ref: event}
                return replace(after, attempts=attempts, timing=self.timing.shown(None, event.at))
            case EventKind.FLAG:
                return replace(after, flagged=self.flagged ^ {event.ref})
            case EventKind.NOTE:
                return after._with_clock_of(event)._noted(event, self.at)
            case EventKind.END:
                return replace(after, ended=event, timing=self.timing.shown(None, event.at))
        return after

    def _with_clock_of(self, note: Event) -> ExamSession:
        """Return the exam with a note's readings of the computer's clocks."""
        said = note.body.get("set_back_ms")
        most = max(self.set_back_ms, said if isinstance(said, int) else 0)
        return replace(self, reading=ClockReading.of(note) or self.reading, set_back_ms=most)

    def _noted(self, note: Event, last_at: int) -> ExamSession:
        """Return the exam after a note; `last_at` is the time of the event before it."""
        timing, body = self.timing, note.body
        if body.get("shown"):
            is_here = note.ref in self.items
            runs = is_here and note.ref not in self.attempts
            place = self.items.index(note.ref) if is_here else self.place
            return replace(self, place=place, timing=timing.shown(note.ref if runs else None, note.at))
        if body.get("left") and not timing.goes_on_alone:
            return replace(self, timing=timing.shown(None, note.at))
        if body.get("resumed") and not timing.goes_on_alone:
            is_asked = self.phase is Phase.ANSWERING
            stopped = timing.shown(None, last_at)
            return replace(self, timing=stopped.shown(self.ref if is_asked else None, note.at))
        return self

    def _meant(self, response: Response, said: Confidence | None) -> Confidence | None:
        """Return the confidence in a response, given what the learner said of it, if anything."""
        if not self.settings.confidence:
            return None
        held = self.drafts.get(self.ref)
        before = held.confidence if held is not None and held.response == response else None
        return confidence_meant(said or before, is_asked=True)

    def _attempt_of_draft(self, ref: ItemRef, at: int) -> Event:
        held = self.drafts.get(ref)
        if held is None or held.response is None or is_empty(held.response):
            return self._attempt(ref, at, None, None)
        meant = confidence_meant(held.confidence, is_asked=self.settings.confidence)
        return self._attempt(ref, at, held.response, meant)

    def _attempt(
        self, ref: ItemRef, at: int, response: Response | None, confidence: Confidence | None
    ) -> Event:
        grade = self._graded(ref, response)
        weight = self.lookup[ref].item.weight if self.settings.weights else 1.0
        return self._about(
            ref,
            EventKind.ATTEMPT,
            at,
            duration_ms=self.timing.spent_on(ref, at),
            response=response,
            score=grade.score,
            verdict=Verdict.SKIPPED if response is None else grade.verdict,
            confidence=confidence,
            body={} if weight == 1 else {"weight": weight},
        )

    def _graded(self, ref: ItemRef, response: Response | None) -> Grade:
        bank_item = self.lookup[ref]
        return Grade(0.0) if response is None else bank_item.grade(response)

    def _require_open(self, at: int) -> None:
        if self.phase is not Phase.ANSWERING:
            raise InvalidTransition("This response cannot be changed any more.")
        if self.is_closed(self.ref, at):
            raise InvalidTransition("The time for this item is used up.")

    def _about(self, ref: ItemRef, kind: EventKind, at: int, **more: Any) -> Event:
        item = self.lookup[ref].item
        return Event(
            n=self.n + 1, kind=kind, at=at, bank=ref.bank, item=ref.item, fingerprint=item.fingerprint, **more
        )
